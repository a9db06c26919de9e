/** How well a statement answers a question: which of the question's words it covers, weighed by their rarity. */
import type { SearchResult } from '../team.js';
import { queryTerms } from '../corpus/query.js';
import { type AnswerKind, answerKinds } from './answer-kinds.js';
import { stem, terms as stemsOf, tokenize } from '../text.js';
import type { Passage, Statement } from './statements.js';

export interface CoreTerm {
  readonly word: string;
  readonly stem: string;
  readonly forms: readonly string[];
  readonly synonyms: readonly string[];
  readonly weight: number;
  readonly partOf?: string;
  /** What the word asks for, where a text can show it without the word: a temperature, an amount of money. */
  readonly kind?: AnswerKind;
  readonly base: number;
  /** Stands nowhere in the corpus. */
  readonly unknown: boolean;
}

const SYNONYM_VALUE = 0.5;
const TITLE_VALUE = 0.9;
const SHOWN_VALUE = 0.8;
const PART_VALUE = 0.75;
/** Names in an example say less than the same words in a sentence. */
const CODE_VALUE = 0.3;

/** The words of a question with the weights that the search reported for them. */
export function coreTerms(question: string, results: readonly SearchResult[]): CoreTerm[] {
  const reported = new Map(results.flatMap(({ terms }) => terms).map((term) => [stem(term.term), term]));
  const weights = [...reported.values()].map(({ weight }) => weight).filter((weight) => weight > 0);
  const usual = weights.reduce((sum, weight) => sum + weight, 0) / Math.max(weights.length, 1) || 1;
  return queryTerms(question)
    .map((term) => {
      const known = reported.get(term.stem);
      const kind = answerKinds.find(({ words }) => words.has(term.word));
      return {
        ...term,
        weight: known?.weight ?? usual * term.base,
        unknown: known?.passages === 0,
        ...(kind ? { kind } : {}),
      };
    })
    .filter(({ weight }) => weight > 0);
}

export interface Relevance {
  /** Share of the question's words that the statement covers, by weight: 0 to 1. */
  readonly coverage: number;
  /** How many of the words it covers, and how many it holds itself, literally, not only in its titles. */
  readonly matched: number;
  readonly inText: number;
  /** Whether it speaks of the first weighty word: in "how many people" of the people. */
  readonly first: boolean;
}

export function relevanceOf(
  statement: Statement,
  passage: Passage,
  core: readonly CoreTerm[],
  packages: readonly string[],
): Relevance {
  const text = new Set(stemsOf(statement.text));
  const whole = wholeStems(statement.text);
  const spelled = new Set(tokenize(statement.text));
  const packageWords = new Set(packages.flatMap((name) => tokenize(name)));
  const code = new Set(stemsOf(statement.code ?? ''));
  const title = new Set(stemsOf(`${passage.heading} ${passage.file.split(/[\\/]/).slice(-2).join(' ')}`));
  const owner = packages.includes(passage.package ?? '')
    ? new Set(stemsOf(passage.package ?? ''))
    : new Set<string>();
  let covered = 0;
  let matched = 0;
  let inText = 0;
  let first = true;
  const leading = core.find(({ base }) => base === 1);
  for (const term of core) {
    const isPackage = packageWords.has(term.word);
    // "commander" and "command" have one stem: a package's name is taken by the letter.
    const shown = term.kind?.shows.test(statement.text) === true ? SHOWN_VALUE : 0;
    const body = isPackage ? (spelled.has(term.word) ? 1 : 0) : Math.max(shown, valueIn(term, text, whole));
    const named = [...owner].some(
      (part) => part === term.stem || (term.stem.length >= 5 && part.startsWith(term.stem)),
    );
    const value = Math.max(
      body,
      TITLE_VALUE * valueIn(term, title),
      CODE_VALUE * valueIn(term, code),
      named ? 1 : 0,
    );
    covered += value * term.weight;
    if (value > 0) matched += 1;
    if (term === leading && value === 0) first = false;
    if (body >= PART_VALUE && !isPackage) inText += 1;
  }
  const total = core.reduce((sum, { weight }) => sum + weight, 0);
  const onlyPackages = core.every(({ word }) => packageWords.has(word));
  return {
    coverage: total === 0 ? 0 : covered / total,
    matched,
    inText: onlyPackages ? matched : inText,
    first,
  };
}

/** The stems of a text's words as they are written, compound names undivided. */
function wholeStems(text: string): Set<string> {
  return new Set((text.match(/[\p{L}\p{N}\p{M}]+/gu) ?? []).map((word) => stem(word.toLowerCase())));
}

/** `whole` tells a word from a part of a longer name: "parse" stands in `parseURL`, but is not spoken of there. */
function valueIn(term: CoreTerm, stems: ReadonlySet<string>, whole: ReadonlySet<string> = stems): number {
  if (term.forms.some((form) => stems.has(stem(form)))) return 1;
  if (stems.has(term.stem))
    return whole.has(term.stem) || term.partOf !== undefined || !/^[a-z]+$/.test(term.stem) ? 1 : PART_VALUE;
  return term.synonyms.some((synonym) => stems.has(stem(synonym))) ? SYNONYM_VALUE : 0;
}
