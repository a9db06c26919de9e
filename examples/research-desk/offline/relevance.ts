/** How well a statement answers a question: the words of the question that it covers, weighted by rarity. */
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
  /** The kind of answer, if a text can show it without the word: a temperature, an amount of money. */
  readonly kind?: AnswerKind;
  readonly base: number;
  /** The word does not occur in the corpus. */
  readonly unknown: boolean;
}

const SYNONYM_VALUE = 0.5;
/** The value of a synonym, if the documents never use the reader's word. */
const ONLY_SYNONYM_VALUE = 0.8;
const TITLE_VALUE = 0.9;
const SHOWN_VALUE = 0.8;
const PART_VALUE = 0.75;
/** Names in an example count less than the same words in a sentence. */
const CODE_VALUE = 0.3;
/** The value of another package's text, if the question names only one package. */
const ELSEWHERE = 0.6;
/** The part of the coverage that must be in two adjacent sentences. */
const CLOSE = 0.6;

/** The words of a question with the weights that the search reported. */
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
  /** The share of the question's words that the statement covers, by weight: 0 to 1. */
  readonly coverage: number;
  /** Whether it covers enough words for an answer: two, if the question has two. */
  readonly enough: boolean;
  /** The number of words in the text itself, literally, not only in its titles. */
  readonly inText: number;
  /** Whether it mentions the first important word: in "how many people", the people. */
  readonly first: boolean;
}

export function relevanceOf(
  statement: Statement,
  passage: Passage,
  core: readonly CoreTerm[],
  packages: readonly string[],
): Relevance {
  const said = withoutTypes(statement.text);
  const text = new Set(stemsOf(said));
  const stretches = stretchesOf(said);
  const whole = wholeStems(said);
  const spelled = new Set(tokenize(statement.text));
  const packageWords = packageWordsOf(core, packages);
  const compounds = new Set(core.flatMap(({ partOf }) => (partOf === undefined ? [] : [partOf])));
  const code = new Set(stemsOf(statement.code ?? ''));
  const title = titleOf(passage, packages);
  const owned = packages.includes(passage.package ?? '');
  const onlyPackages = asksForPackages(core, packageWords);
  const spokenIn = stretches.map(() => 0);
  let covered = 0;
  let total = 0;
  let matched = 0;
  let inText = 0;
  let first = true;
  const leading = core.find(({ base }) => base === 1);
  for (const term of core) {
    const isPackage = packageWords.has(term.word);
    // "commander" and "command" have the same stem, so a package's name must match literally.
    const body = isPackage ? Number(spelled.has(term.word)) : bodyValue(term, statement.text, text, whole);
    // An identifier is normal in code.
    const inCode = (compounds.has(term.word) ? TITLE_VALUE : CODE_VALUE) * valueIn(term, code);
    const value = Math.max(body, TITLE_VALUE * valueIn(term, title), inCode, Number(isPackage && owned));
    if (value > 0 && !isPackage) matched += 1;
    // Every statement of a package covers the package's name, so the name distinguishes none of them.
    if (!isPackage && !onlyPackages) {
      covered += value * term.weight;
      total += term.weight;
      for (const [at, stretch] of stretches.entries())
        spokenIn[at] = (spokenIn[at] ?? 0) + term.weight * Math.max(valueIn(term, stretch), value - body);
    }
    if (term === leading && value === 0) first = false;
    if (body >= PART_VALUE && !isPackage) inText += 1;
  }
  const together = Math.min(covered, Math.max(0, ...spokenIn));
  const share = CLOSE * together + (1 - CLOSE) * covered;
  return {
    coverage: total > 0 ? share / total : core.length === 0 ? 0 : owned ? 1 : ELSEWHERE,
    enough: matched >= Math.min(2, weightyWords(core, packageWords)),
    inText: onlyPackages ? 1 : inText,
    first,
  };
}

/** The value of a word in the statement's own text. */
function bodyValue(
  term: CoreTerm,
  text: string,
  stems: ReadonlySet<string>,
  whole: Parameters<typeof valueIn>[2],
): number {
  return Math.max(term.kind?.shows.test(text) === true ? SHOWN_VALUE : 0, valueIn(term, stems, whole));
}

/** Whether the question is about packages as a whole. */
function asksForPackages(core: readonly CoreTerm[], packageWords: ReadonlySet<string>): boolean {
  return packageWords.size > 0 && core.every(({ word, base }) => packageWords.has(word) || base < 0.5);
}

function weightyWords(core: readonly CoreTerm[], packageWords: ReadonlySet<string>): number {
  return core.filter(
    ({ partOf, base, word }) => partOf === undefined && base === 1 && !packageWords.has(word),
  ).length;
}

/** The words of the question that name a package, literally or without their ending: "temporal" for "temporalio". */
function packageWordsOf(core: readonly CoreTerm[], packages: readonly string[]): Set<string> {
  const words = core.map(({ word }) => word);
  return new Set(
    packages.flatMap((name) => {
      const parts = tokenize(name);
      const exact = words.filter((word) => parts.includes(word));
      if (exact.length > 0) return exact;
      return words.filter((word) =>
        parts.some((part) => word.length >= 5 && part.startsWith(word) && part.length - word.length <= 2),
      );
    }),
  );
}

/** The words of each two adjacent sentences. */
function stretchesOf(text: string): Set<string>[] {
  const pieces = text.split(/(?<=[.!?;:])\s+|\s—\s/).map((piece) => stemsOf(piece));
  return pieces.map((piece, at) => new Set([...piece, ...(pieces[at + 1] ?? [])]));
}

/** Of a declaration's signature only the name, because its types are names of other things. */
function withoutTypes(text: string): string {
  return text.replace(/^`((?:[\w$]+ )*["'\w$]+)[^`]*` — /, '`$1` — ');
}

/** The stems in the titles of a statement. A package that the question names repeats its own name everywhere. */
function titleOf(passage: Passage, packages: readonly string[]): Set<string> {
  const own = new Set(packages.includes(passage.package ?? '') ? tokenize(passage.package ?? '') : []);
  const words = tokenize(`${passage.heading} ${placeOf(passage)}`).filter((word) => !own.has(word));
  return new Set(words.flatMap((word) => stemsOf(word)));
}

/** Folder and name of the file, without the package's own. */
function placeOf(passage: Passage): string {
  const parts = passage.file.split(/[\\/]/);
  const owned = passage.package === undefined ? -1 : parts.lastIndexOf('node_modules');
  const depth = (passage.package ?? '').split('/').length;
  return parts.slice(Math.max(parts.length - 2, owned < 0 ? 0 : owned + 1 + depth)).join(' ');
}

/** The stems of a text's words as written, with compound names undivided. */
function wholeStems(text: string): Set<string> {
  return new Set((text.match(/[\p{L}\p{N}\p{M}]+/gu) ?? []).map((word) => stem(word.toLowerCase())));
}

/** `whole` separates a word from a part of a longer name: "parse" occurs in `parseURL`, but that is another topic. */
function valueIn(term: CoreTerm, stems: ReadonlySet<string>, whole: ReadonlySet<string> = stems): number {
  if (term.forms.some((form) => stems.has(stem(form)))) return 1;
  if (stems.has(term.stem))
    return whole.has(term.stem) || term.partOf !== undefined || !/^[a-z]+$/.test(term.stem) ? 1 : PART_VALUE;
  if (!term.synonyms.some((synonym) => stems.has(stem(synonym)))) return 0;
  return term.unknown ? ONLY_SYNONYM_VALUE : SYNONYM_VALUE;
}
