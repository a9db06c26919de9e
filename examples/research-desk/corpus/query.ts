/**
 * Builds a search query: the words of a question with their stems, words of similar meaning, and the
 * expression for FTS5. Every word is quoted, so text of a user or a model is never read as query syntax.
 */
import { stem, STOP_WORDS, tokenize } from '../text.js';
import { germanForms, inEnglish, isGerman, isGermanStopWord } from './german.js';
import { otherForms } from './irregular-forms.js';
import { rephrased, synonymsOf } from './synonyms.js';

export interface QueryTerm {
  /** As written, in lower case. */
  readonly word: string;
  readonly stem: string;
  /** Irregular forms of the same word. */
  readonly forms: readonly string[];
  /** Words that match too, with a lower value. */
  readonly synonyms: readonly string[];
  /**
   * How much the word says about the topic, before its rarity is known: 1, less for words that questions are
   * made of.
   */
  readonly base: number;
  /** The compound of this part: `safeParse` for `safe`. */
  readonly partOf?: string;
}

/** Words of questions on any topic. */
const ASKING = new Set(
  `use uses using used usage way ways work works working want need needs get gets make makes making example examples
  explain tell show shows mean means meaning happen happens possible best difference differences different differ
  compare compared comparison versus vs kind kinds type types thing things really actually right correct properly
  correctly exactly help know find give gives take takes say says come comes go goes put many much long often try
  trying tried let able available package packages library libraries module project certain specific certainly
  policy rule rules procedure information info details guidance thing please should could would using about between documentation docs document exist exists existing support supports supported supporting`.split(
    /\s+/,
  ),
);

/** Verbs of doing: documents use other words, or none. */
const DOING = new Set(
  'define declare set add specify perform execute show display call pass provide turn change apply send handle'.split(
    ' ',
  ),
);

const MAX_TERMS = 24;
const DOING_VALUE = 0.5;
const GERMAN_VERB = 0.4;
const ALIASED_VALUE = 0.3;

/** The terms of a text in order, each stem once. */
export function queryTerms(text: string): QueryTerm[] {
  const found = new Map<string, QueryTerm>();
  const german = isGerman(text);
  for (const raw of rephrased(text)
    .split(/[\s,;:!?()[\]{}"'`/#\\|]+/)
    .flatMap(undotted)) {
    const [whole, ...parts] = tokenize(raw);
    if (whole === undefined || (german && isGermanStopWord(whole))) continue;
    const bare = withoutAlias(raw);
    const [name = whole] = bare === raw ? [] : tokenize(bare);
    add(found, name, undefined, german, bare);
    if (name !== whole) addAliased(found, whole);
    for (const part of parts)
      if (part !== name && (part.length > 2 || !/^[a-z\d]+$/.test(part))) add(found, part, name, german, raw);
  }
  const all = [...found.values()];
  // If a question has only asking words ("what is this used for?"), they all count fully.
  const weighty = all.some(({ base }) => base === 1) ? all : all.map((term) => ({ ...term, base: 1 }));
  return weighty.slice(0, MAX_TERMS);
}

/** A dotted name stays whole (`pino.final`); a full stop splits. */
function undotted(piece: string): string[] {
  const bare = piece.replace(/^\.+|\.+$/g, '');
  return /^[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)+$/.test(bare) ? [bare] : piece.split('.');
}

/** The alias of an import, which declarations do not have: the `z` of `z.infer`. */
const ALIAS = /^([a-z]{1,2})\.(?=[A-Za-z_$]{2})/;

function withoutAlias(raw: string): string {
  return raw.replace(ALIAS, '');
}

/** Whether a term is a name with the alias of an import. */
export function isAliased(word: string): boolean {
  return ALIAS.test(word);
}

/** The aliases in a text, each once: `z` for `z.infer`. */
export function aliasesIn(text: string): string[] {
  const words = text.split(/[\s,;:!?()[\]{}"'`/#\\|]+/);
  return [...new Set(words.flatMap((word) => ALIAS.exec(word)?.[1] ?? []))];
}

/** Examples spell the name with its alias: a text that does is better, and one that does not is not worse. */
function addAliased(found: Map<string, QueryTerm>, word: string): void {
  found.set(stem(word), { word, stem: stem(word), forms: [], synonyms: [], base: ALIASED_VALUE });
}

function add(
  found: Map<string, QueryTerm>,
  word: string,
  partOf: string | undefined,
  german: boolean,
  raw: string,
): void {
  if (STOP_WORDS.has(word) || found.has(stem(word)) || word.length > 100 || /^[a-z]$/.test(word)) return;
  // In German, the words that matter are capitalised: nouns.
  const base = baseOf(word, german && /^\p{Ll}/u.test(raw));
  found.set(stem(word), {
    word,
    stem: stem(word),
    forms: german ? germanForms(word) : otherForms(word),
    synonyms: german ? [...synonymsOf(word), ...inEnglish(word)] : synonymsOf(word),
    base,
    ...(partOf === undefined ? {} : { partOf }),
  });
}

function baseOf(word: string, germanSmall: boolean): number {
  if (ASKING.has(word)) return 0.25;
  if (DOING.has(word)) return DOING_VALUE;
  return germanSmall ? GERMAN_VERB : 1;
}

/** A phrase for FTS5. A quote inside is doubled, which is the only escape in its strings. */
export function quoted(text: string): string {
  return `"${text.replaceAll('"', '""').replaceAll('\0', ' ')}"`;
}

/** Matches any of the words, their synonyms, or two neighbours together; `undefined` without words. */
export function matchExpression(
  terms: readonly QueryTerm[],
  { owner }: { owner?: readonly string[] } = {},
): string | undefined {
  const words = new Set(terms.flatMap(({ word, forms, synonyms }) => [word, ...forms, ...synonyms]));
  if (words.size === 0) return undefined;
  const neighbours = terms.slice(1).map(({ word }, at) => `${terms[at]?.word ?? ''} ${word}`);
  const any = [...words, ...neighbours].map(quoted).join(' OR ');
  if (owner === undefined || owner.length === 0) return any;
  return `{package} : (${owner.map(quoted).join(' OR ')}) AND (${any})`;
}
