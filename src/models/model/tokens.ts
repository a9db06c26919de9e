/**
 * Counts tokens with a real tokenizer: `o200k_base`, or `cl100k_base` for OpenAI's older models. Other
 * providers do not publish their tokenizers in a usable form. Their counts are approximations, about a tenth
 * off for prose and more for code and other scripts. The tokenizer's name says so.
 */
import type { Message } from '../../contracts/handoff/messages.js';
import type { ModelRequest } from './model.js';

/** Counts tokens; `name` tells readers of the numbers how. */
export interface Tokenizer {
  /** E.g. `o200k_base`, or `o200k_base, approximately` for a model with another tokenizer. */
  readonly name: string;
  readonly count: (text: string) => number;
}

type Encoding = 'o200k_base' | 'cl100k_base';
type Count = (text: string, options: { readonly disallowedSpecial: Set<string> }) => number;

/** The tokens that a chat format adds to each message. */
const PER_MESSAGE = 4;

/** A longer run of one kind of character is counted in pieces, because merging takes quadratic time. */
const LONGEST_RUN = 128;
const RUNS = new RegExp(
  `[\\p{L}\\p{M}]{${LONGEST_RUN}}|[^\\s\\p{L}\\p{N}]{${LONGEST_RUN}}|\\s{${LONGEST_RUN}}`,
  'gu',
);

/** Text that looks like a special token counts as normal text. */
const PLAIN = { disallowedSpecial: new Set<string>() } as const;

const OWN = /^(?:openai\/)?(?:gpt-|chatgpt-|o\d|text-embedding-|codex-|offline$|scripted$)/;
const OLDER = /^(?:openai\/)?(?:gpt-4(?![o.\d])|gpt-3\.5|text-embedding-)/;

const loaded = new Map<Encoding, Promise<Count>>();

/**
 * The tokenizer for a model, by the model's name. Its tables are loaded at the first use, which takes a tenth
 * of a second, and 70 MB while the process lives.
 */
export async function loadTokenizer(modelName?: string): Promise<Tokenizer> {
  const encoding: Encoding = modelName !== undefined && OLDER.test(modelName) ? 'cl100k_base' : 'o200k_base';
  const count = await load(encoding);
  const exact = modelName === undefined || OWN.test(modelName);
  return {
    name: exact ? encoding : `${encoding}, approximately`,
    count: (text) => splitIntoPieces(text).reduce((sum, piece) => sum + count(piece, PLAIN), 0),
  };
}

/** The tokens of a text, as the model counts them; see {@link loadTokenizer}. */
export async function countTokens(text: string, modelName?: string): Promise<number> {
  return (await loadTokenizer(modelName)).count(text);
}

/** The tokens of a message, including the overhead of the chat format. */
export function countMessage(message: Message, { count }: Tokenizer): number {
  const calls = message.role === 'assistant' ? (message.toolCalls ?? []) : [];
  const called = calls.map(({ name, args, malformed }) => `${name} ${malformed ?? JSON.stringify(args)}`);
  return PER_MESSAGE + [message.content, ...called].reduce((sum, text) => sum + count(text), 0);
}

/** The tokens of a request before its conversation: the system prompt, the tools, and the output schema. */
export function countFixed(
  { system, tools, output }: Pick<ModelRequest, 'system' | 'tools' | 'output'>,
  { count }: Tokenizer,
): number {
  const shapes = [...tools, ...(output === undefined ? [] : [output])].map((shape) => JSON.stringify(shape));
  return [system, ...shapes].reduce((sum, text) => sum + count(text), PER_MESSAGE);
}

/** Cuts only very long runs; each cut adds at most one token. */
function splitIntoPieces(text: string): string[] {
  return text.length <= LONGEST_RUN ? [text] : text.replace(RUNS, '$&\0').split('\0');
}

function load(encoding: Encoding): Promise<Count> {
  const known = loaded.get(encoding);
  if (known !== undefined) return known;
  const loading = (
    encoding === 'o200k_base'
      ? import('gpt-tokenizer/encoding/o200k_base')
      : import('gpt-tokenizer/encoding/cl100k_base')
  ).then(({ countTokens: count }): Count => count);
  loaded.set(encoding, loading);
  return loading;
}
