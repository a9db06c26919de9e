/** The input of an offline algorithm: the question, and the texts that may answer it. */
import { isJsonObject, type Json } from '../../contracts/data/json.js';
import type { Message } from '../../contracts/handoff/messages.js';
import type { ModelRequest } from '../model/model.js';
import { sentences } from './sentences.js';

export interface Material {
  /** The question; empty when the request contains only texts. */
  readonly question: string;
  /** Texts that may contain an answer, each once, in their original order. */
  readonly texts: readonly string[];
  /** The input's plain values with their names, e.g. `orderId: 4711`: useful, but not sentences. */
  readonly facts: readonly string[];
}

/** Names of fields that contain a question, the most reliable first. */
const QUESTION_KEYS = [
  'question',
  'query',
  'ask',
  'task',
  'goal',
  'topic',
  'request',
  'prompt',
  'subject',
  'title',
];
const INTERROGATIVE =
  /^(?:who|whom|whose|what|when|where|which|why|how|is|are|was|were|do|does|did|can|could|should|would|will|has|have)\b/i;

/** A text of up to this many characters counts as a question alone. In a longer text, the question is searched. */
const SHORT_INPUT = 240;

/**
 * Splits a request into question and material: the input first, then the messages of tools, other agents and
 * people.
 */
export function readMaterial(request: ModelRequest): Material {
  const fromInput = readInputMaterial(
    isEmpty(request.input) ? readTaskText(request.messages) : request.input,
  );
  const fromTalk = request.messages.flatMap((message) => readMessage(message, request.agent));
  const people = request.messages.filter((message) => message.role === 'user' && message.source === 'person');
  const question = [fromInput.question, ...people.map(({ content }) => content)].filter(Boolean).join('\n');
  const texts = new Set([...fromInput.texts, ...fromTalk].map((text) => text.trim()));
  return { question, texts: [...texts].filter((text) => text !== ''), facts: fromInput.facts };
}

/** Every string in a JSON value, in order, with its key. */
export function listStrings(value: Json, key = ''): { readonly key: string; readonly text: string }[] {
  if (typeof value === 'string') return [{ key, text: value }];
  if (Array.isArray(value)) return value.flatMap((item) => listStrings(item, key));
  return isJsonObject(value)
    ? Object.entries(value).flatMap(([name, child]) => listStrings(child, name))
    : [];
}

function readInputMaterial(input: Json): Material {
  if (typeof input === 'string') return readTextMaterial(input);
  const strings = listStrings(input);
  const [only] = strings;
  if (strings.length === 1 && only !== undefined)
    return { ...readTextMaterial(only.text), facts: listFacts(input, only.text) };
  const asked =
    QUESTION_KEYS.map((name) => strings.find(({ key }) => key.toLowerCase() === name)).find(Boolean) ??
    strings.find(({ text }) => text.trim().endsWith('?'));
  const rest = strings.filter((entry) => entry !== asked);
  return {
    question: asked?.text.trim() ?? '',
    texts: rest.filter(isProse).map(({ text }) => text),
    facts: listFacts(input, asked?.text),
  };
}

/** A short text is the question. In a longer text, its questions are; without any, the whole text is material. */
function readTextMaterial(text: string): Material {
  if (text.length <= SHORT_INPUT && sentences(text).length <= 2)
    return { question: text.trim(), texts: [], facts: [] };
  const asked = sentences(text).filter(
    ({ kind, text: sentence }) => kind !== 'code' && (sentence.endsWith('?') || isAsking(sentence)),
  );
  const question = asked.map((sentence) => sentence.text).join(' ');
  const rest = asked.reduceRight((left, { start, end }) => left.slice(0, start) + left.slice(end), text);
  return { question, texts: [rest], facts: [] };
}

/**
 * "How a retry works" is a heading, "how do I retry" a question. Without a question mark, only a short
 * sentence counts.
 */
function isAsking(sentence: string): boolean {
  return INTERROGATIVE.test(sentence) && !/[.!:]$/.test(sentence) && sentence.length < 120;
}

function readMessage(message: Message, agent: string): string[] {
  if (message.role === 'assistant') return message.agent === agent ? [] : listTexts(message.content);
  return message.role === 'tool' && message.ok ? listTexts(message.content) : [];
}

/** The strings in a text that is JSON, or the text itself. */
function listTexts(content: string): string[] {
  try {
    return listStrings(JSON.parse(content) as Json)
      .filter(isProse)
      .map(({ text }) => text);
  } catch {
    return [content];
  }
}

/** More than one word: an id, a path or an address contains no sentences. */
function isProse({ text }: { readonly text: string }): boolean {
  return /\S\s+\S/.test(text);
}

function listFacts(value: Json, except: string | undefined, key = ''): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => listFacts(item, except, key));
  if (isJsonObject(value))
    return Object.entries(value).flatMap(([name, child]) => listFacts(child, except, name));
  if (value === null || value === '' || value === except) return [];
  if (typeof value === 'string' && isProse({ text: value })) return [];
  return [key === '' ? String(value) : `${key}: ${String(value)}`];
}

function readTaskText(messages: readonly Message[]): string {
  return messages
    .flatMap((message) => (message.role === 'user' && message.source === 'task' ? [message.content] : []))
    .join('\n');
}

function isEmpty(input: Json): boolean {
  return input === null || input === '' || (isJsonObject(input) && Object.keys(input).length === 0);
}
