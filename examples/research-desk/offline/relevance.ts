/** How well a statement answers a question: which of the question's words it covers, weighed by their rarity. */
import type { SearchResult } from '../team.js';
import { queryTerms } from '../corpus/query.js';
import { type AnswerKind, answerKinds, counts } from './answer-kinds.js';
import { singular, stem, terms as stemsOf, tokenize } from '../text.js';
import type { Intent } from './question.js';
import { LEANING, type Passage, type Statement } from './statements.js';

export interface CoreTerm {
  readonly word: string;
  readonly stem: string;
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
    if (body >= PART_VALUE && !isPackage) inText += 1;
  }
  const total = core.reduce((sum, { weight }) => sum + weight, 0);
  const onlyPackages = core.every(({ word }) => packageWords.has(word));
  return { coverage: total === 0 ? 0 : covered / total, matched, inText: onlyPackages ? matched : inText };
}

/** The stems of a text's words as they are written, compound names undivided. */
function wholeStems(text: string): Set<string> {
  return new Set((text.match(/[\p{L}\p{N}\p{M}]+/gu) ?? []).map((word) => stem(word.toLowerCase())));
}

/** `whole` tells a word from a part of a longer name: "parse" stands in `parseURL`, but is not spoken of there. */
function valueIn(term: CoreTerm, stems: ReadonlySet<string>, whole: ReadonlySet<string> = stems): number {
  if (stems.has(term.stem))
    return whole.has(term.stem) || term.partOf !== undefined || !/^[a-z]+$/.test(term.stem) ? 1 : PART_VALUE;
  return term.synonyms.some((synonym) => stems.has(stem(synonym))) ? SYNONYM_VALUE : 0;
}

/** What the form of the question prefers: a definition, a number, a reason, a way to do it. From -0.3 to 0.2. */
export function fitness(
  statement: Statement,
  passage: Passage,
  intent: Intent,
  core: readonly CoreTerm[],
): number {
  const { text } = statement;
  let value = (isNamed(passage, core) ? 0.07 : 0) + (spellsCode(told(text), core) ? 0.05 : 0);
  if (told(text).length < 60 && statement.code === undefined) value -= told(text).length < 30 ? 0.12 : 0.04;
  if (/\?$/.test(text)) value -= 0.15;
  if (LEANING.test(told(text))) value -= 0.08;
  if (/:$/.test(text) && statement.code === undefined) value -= 0.12;
  if (/^(?:`[\w.$]+`|Returns|Throws|See|Default): /.test(text)) value -= 0.1;
  if (/\bdeprecated\b/i.test(text)) value -= 0.2;
  if (
    /^(?:see|refer to|read|check out|for more|more (?:info|details)|learn more|click)\b/i.test(text) &&
    text.length < 160
  )
    value -= 0.15;
  // Of two statements that cover the same, the shorter is the better one to read.
  value += 0.06 * Math.min(1, 140 / Math.max(text.length, 1));
  return value + Math.min(0.2, preference(statement, intent, core));
}

/** What is said of a declaration, without its signature. */
function told(text: string): string {
  return text.replace(/^`[^`]+` — /, '');
}

/** Whether the innermost title is made of words of the question. */
function isNamed({ heading }: Passage, core: readonly CoreTerm[]): boolean {
  const title = tokenize(heading.split(' › ').at(-1) ?? '');
  return (
    title.length > 0 &&
    title.length <= 6 &&
    title.every((word) => core.some((term) => singular(term.word) === singular(word)))
  );
}

/** Whether a word of the question stands in the text as code: `parse`, `.parse()`. */
function spellsCode(text: string, core: readonly CoreTerm[]): boolean {
  const code = [...text.matchAll(/`([^`\n]{1,60})`|\b([\w$.]+)\(/g)].map(
    ([, quoted, called]) => quoted ?? called ?? '',
  );
  const spelled = new Set(
    code.map(
      (piece) =>
        piece
          .replace(/[(<].*$/, '')
          .split('.')
          .at(-1)
          ?.toLowerCase() ?? '',
    ),
  );
  return core.some(({ word }) => spelled.has(word));
}

function preference({ text, code }: Statement, intent: Intent, core: readonly CoreTerm[]): number {
  const opening = told(text).slice(0, 90);
  switch (intent) {
    case 'how':
      return (
        (code === undefined ? 0 : 0.08) +
        (/\b(?:you can|used? to|use|call|set|pass|to \w+,|by \w+ing)\b/i.test(text) ? 0.06 : 0)
      );
    case 'definition': {
      const defines =
        /\b(?:is|are|was|were|means|refers to|represents|provides)\s+(?:an?|the|any|one|what|used)\b/i.test(
          opening,
        );
      const begins = core.some(({ stem: wanted }) => stemsOf(text).slice(0, 3).includes(wanted));
      return (
        (defines && begins ? 0.2 : defines ? 0.06 : begins ? 0.05 : 0) +
        (/— (?:An?|The)\s/.test(opening) ? 0.03 : 0)
      );
    }
    case 'why':
      return /\b(?:because|since|due to|so that|reason|caused?|otherwise)\b/i.test(text) ? 0.12 : 0;
    case 'fact': {
      const shown = core.some(({ kind }) => kind?.shows.test(text));
      const counted = core
        .filter(({ base }) => base === 1)
        .slice(0, 2)
        .some(({ stem: wanted }) => counts(text, wanted, stemsOf));
      return shown || counted ? 0.14 : /\d/.test(text) ? 0.05 : 0;
    }
    case 'behaviour':
      return /\b(?:by default|will|is (?:thrown|returned|displayed|called|ignored|rejected)|throws|returns|when|if)\b/i.test(
        text,
      )
        ? 0.07
        : 0;
    case 'which':
      return /;|,.*,|\bone of\b|"\w+"\s*\||\b(?:following|available|supported|options?)\b/i.test(text)
        ? 0.06
        : 0;
    case 'yes-no':
      return /\b(?:supports?|can|cannot|can't|allows?|does not|doesn't|must|only|not)\b/i.test(text)
        ? 0.06
        : 0;
    case 'compare':
      return (
        (core.some(({ word }) =>
          new RegExp(
            `(?<![\\p{L}\\p{N}])${word.replace(/[^\p{L}\p{N}]/gu, '\\$&')}(?![\\p{L}\\p{N}])`,
            'iu',
          ).test(opening),
        )
          ? 0.06
          : 0) +
        (/\b(?:instead|unlike|whereas|while|in contrast|rather than|same as|alias|difference|compared|however|avoid)\b/i.test(
          text,
        )
          ? 0.1
          : 0)
      );
    case 'open':
      return 0;
  }
}
