/** How much each word of a query counts: the rarer in the corpus, the more. */
import type { PackageMention } from './package-mentions.js';
import type { QueryTerm } from './query.js';

export interface CountedTerm extends QueryTerm {
  /** In how many passages the word stands. */
  readonly passages: number;
  /** In how many of the packages that the question names; of all, where it names none. */
  readonly within: number;
}

export interface WeightedTerm extends CountedTerm {
  readonly weight: number;
}

/** Words that say what a package is, next to its name: "the openai client", "the zod library". */
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
/** In passages. */
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
    // What is rare here may be a common word elsewhere: both count.
    const rarity = (rarityOf(term.passages, total.passages) + rarityOf(term.within, total.within)) / 2;
    const beside = named.has(terms[at - 1]?.word ?? '') && APPOSITION.has(term.word);
    // A known compound is looked for by itself. An unknown one is likely a name that the corpus does not have: its
    // parts help to find what is near, but do not stand for it.
    const asCompound = unknown.has(term.word) && split.has(term.word) ? PART_OF_UNKNOWN : 1;
    const asPart = term.partOf === undefined ? 1 : unknown.has(term.partOf) ? PART_OF_UNKNOWN : PART_OF_KNOWN;
    // In a small corpus a word may be missing for no reason; in a large one its absence means something.
    const absent = term.passages === 0 && total.passages < SMALL_CORPUS ? ABSENT_IN_SMALL : 1;
    const base = beside ? Math.min(term.base, 0.25) : term.base;
    return {
      ...term,
      weight: base * absent * asCompound * asPart * rarity,
    };
  });
}

/** At most that of a word in three passages: a rarer one may be a slip of the pen. */
function rarityOf(passages: number, total: number): number {
  const rarity = Math.log(1 + (Math.max(0, total - passages) + 0.5) / (passages + 0.5));
  return Math.min(rarity, Math.log(1 + total / 3));
}
