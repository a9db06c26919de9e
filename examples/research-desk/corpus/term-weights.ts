/** The weight of each word of a query: the rarer in the corpus, the higher. */
import type { PackageMention } from './package-mentions.js';
import { isAliased, type QueryTerm } from './query.js';

export interface CountedTerm extends QueryTerm {
  /** The number of passages that contain the word. */
  readonly passages: number;
  /** The number among the packages that the question names; if it names none, among all. */
  readonly within: number;
}

export interface WeightedTerm extends CountedTerm {
  readonly weight: number;
}

/** Words that describe a package next to its name: "the openai client", "the zod library". */
const APPOSITION = new Set([
  'client',
  'library',
  'package',
  'module',
  'sdk',
  'api',
  'cli',
  'framework',
  'tool',
  'js',
  'schema',
]);
/** The size in passages. */
const SMALL_CORPUS = 500;
const ABSENT_IN_SMALL = 0.5;
const PART_OF_KNOWN = 0.3;
const PART_OF_UNKNOWN = 0.5;

export function weigh(
  terms: readonly CountedTerm[],
  total: { readonly passages: number; readonly within: number },
  mentions: readonly PackageMention[],
): WeightedTerm[] {
  const named = new Set(mentions.filter(({ strength }) => strength >= 0.5).flatMap(({ words }) => words));
  const unknown = new Set(terms.filter(({ passages }) => passages === 0).map(({ word }) => word));
  const split = new Set(terms.flatMap(({ partOf }) => (partOf === undefined ? [] : [partOf])));
  return terms.map((term, at) => {
    // A word that is rare here may be common elsewhere, so both rarities count.
    const rarity = (rarityOf(term.passages, total.passages) + rarityOf(term.within, total.within)) / 2;
    const beside = named.has(terms[at - 1]?.word ?? '') && APPOSITION.has(term.word);
    // A known compound is searched as one word. An unknown one is probably a name that the corpus does not
    // have: its parts help to find related text, but do not replace it.
    const asCompound = unknown.has(term.word) && split.has(term.word) ? PART_OF_UNKNOWN : 1;
    const asPart = term.partOf === undefined ? 1 : unknown.has(term.partOf) ? PART_OF_UNKNOWN : PART_OF_KNOWN;
    // In a small corpus a word can be missing by chance; in a large one its absence means something.
    const small = total.passages < SMALL_CORPUS ? ABSENT_IN_SMALL : 1;
    const absent = term.passages > 0 ? 1 : isAliased(term.word) ? 0 : small;
    const base = beside ? Math.min(term.base, 0.25) : term.base;
    return {
      ...term,
      weight: base * absent * asCompound * asPart * rarity,
    };
  });
}

/** At most the rarity of a word in three passages, because a rarer one may be a typo. */
function rarityOf(passages: number, total: number): number {
  const rarity = Math.log(1 + (Math.max(0, total - passages) + 0.5) / (passages + 0.5));
  return Math.min(rarity, Math.log(1 + total / 3));
}
