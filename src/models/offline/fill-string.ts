/** A text for a field: what the material says about it, within the required length and format. */
import { selectRelevant } from './bm25.js';
import { extractAnswer, joinTexts, listMaterialSentences, joinMaterial } from './extract.js';
import type { JsonSchema } from './json-schema.js';
import type { Material } from './material.js';
import { tokenize } from './words.js';

/** Fields that contain the answer. */
const ANSWERS = new Set([
  'answer',
  'body',
  'content',
  'message',
  'output',
  'report',
  'response',
  'result',
  'summary',
  'text',
  'value',
]);
/** Fields that contain the topic in one line. */
const TITLES = new Set(['headline', 'name', 'question', 'subject', 'title', 'topic']);
const TITLE_LENGTH = 80;
const SENTENCES = 2;

/** Obvious placeholder values, for formats without a match in the material. */
const NOTHING: Readonly<Record<string, string>> = {
  'date-time': '1970-01-01T00:00:00Z',
  date: '1970-01-01',
  time: '00:00:00Z',
  'local-time': '00:00:00',
  duration: 'PT0S',
  email: 'nobody@example.invalid',
  hostname: 'example.invalid',
  uri: 'https://example.invalid/',
  uuid: '00000000-0000-0000-0000-000000000000',
  ipv4: '0.0.0.0',
  ipv6: '::',
};

interface StringFilling {
  readonly agent: string;
  /** Whether a text matches the whole schema of the field. */
  readonly fits: (text: string) => boolean;
  /** Inside a list, each item is exactly one sentence. */
  readonly inList: boolean;
}

/** Fills a string field. A format or pattern is met by a word of the material, or by a placeholder. */
export function fillString(
  schema: JsonSchema,
  name: string,
  material: Material,
  filling: StringFilling,
): string {
  const format = typeof schema['format'] === 'string' ? schema['format'] : undefined;
  if (format !== undefined || schema['pattern'] !== undefined) {
    const words = joinMaterial(material).split(/[\s,;<>"'“”()[\]]+/);
    const stripped = words.flatMap((word) => [word, word.replace(/[.!?:]+$/, '')]);
    const found = stripped.find((word) => word !== '' && filling.fits(word));
    if (found !== undefined) return found;
    const empty = format === undefined ? undefined : NOTHING[format];
    const nothing = empty ?? Object.values(NOTHING).find(filling.fits);
    if (nothing !== undefined) return nothing;
  }
  return fitLength(findText(schema, name, material, filling), schema);
}

function findText(
  schema: JsonSchema,
  name: string,
  material: Material,
  { agent, inList }: StringFilling,
): string {
  const words = tokenize(name);
  const available = listMaterialSentences(material);
  if (inList && available.length > 0) return joinTexts(available);
  if (words.some((word) => TITLES.has(word)))
    return findTitle(material, available) ?? extractAnswer(agent, material);
  if (name === '' || words.some((word) => ANSWERS.has(word))) return extractAnswer(agent, material);
  const description = typeof schema['description'] === 'string' ? schema['description'] : '';
  const about = selectRelevant(available, `${words.join(' ')} ${description}`, SENTENCES);
  const chosen = about.length > 0 ? about : selectRelevant(available, material.question, SENTENCES);
  if (chosen.length > 0) return joinTexts(chosen.map(({ text }) => text));
  return extractAnswer(agent, material);
}

function findTitle({ question }: Material, available: readonly string[]): string | undefined {
  const title = (question || available[0])?.replace(/\s+/g, ' ').trim();
  return title !== undefined && title.length > TITLE_LENGTH
    ? `${title.slice(0, TITLE_LENGTH - 1).trimEnd()}…`
    : title;
}

function fitLength(text: string, schema: JsonSchema): string {
  const { minLength, maxLength } = schema;
  const cut = typeof maxLength === 'number' && text.length > maxLength ? shorten(text, maxLength) : text;
  return typeof minLength === 'number' ? cut.padEnd(minLength, '.') : cut;
}

function shorten(text: string, length: number): string {
  return length < 1 ? '' : `${text.slice(0, length - 1).trimEnd()}…`;
}
