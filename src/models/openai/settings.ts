/** Where the provider is, what the model is called and with which key: from options first, then from variables. */
import { type BatonError, createNoModelError } from '../../contracts/errors.js';
import { MODEL_ANSWER_MS } from '../../contracts/data/duration.js';

/** Which model is asked, where and how; what is left out is read from variables. */
export interface OpenAIModelOptions {
  /** The model as the provider names it; else `BATON_MODEL`. */
  readonly model?: string;
  /**
   * The embedding model, for routing by similarity; else `BATON_EMBEDDING_MODEL`, else OpenAI's own where OpenAI is
   * asked. A server of your own gives embeddings only when one is named.
   */
  readonly embeddingModel?: string;
  /** Root of the provider's API, with its version, e.g. `http://127.0.0.1:8080/v1`; else `OPENAI_BASE_URL`. */
  readonly baseURL?: string;
  /** Else `OPENAI_API_KEY`. A server given by its URL may do without. */
  readonly apiKey?: string;
  /** Left to the provider unless given: some models refuse any. */
  readonly temperature?: number;
  /**
   * How many tokens the model reads and writes together; else `BATON_CONTEXT_TOKENS`. What a handoff shows its
   * receiver is fitted into them. Without it, only contracts bound a context.
   */
  readonly contextTokens?: number;
  /** From the request to the last byte of the answer, in milliseconds; default 120,000, at most 540,000. Node ends a wait for headers at 300,000. */
  readonly timeoutMs?: number;
  /** Where variables are read; default `process.env`. */
  readonly env?: NodeJS.ProcessEnv;
}

export interface OpenAISettings {
  readonly model: string;
  readonly embeddingModel: string | undefined;
  readonly baseURL: string;
  /** Host and port of the base URL: what messages and screens may show. */
  readonly host: string;
  /** Undefined for a server that was given without one. */
  readonly apiKey: string | undefined;
  readonly organization: string | undefined;
  readonly project: string | undefined;
  readonly temperature: number | undefined;
  readonly contextTokens: number | undefined;
  readonly timeoutMs: number;
}

const DEFAULT_BASE_URL = 'https://api.openai.com/v1';
const DEFAULT_EMBEDDING_MODEL = 'text-embedding-3-small';
const DEFAULT_TIMEOUT_MS = 120_000;

/**
 * Reads the settings. An empty variable counts as unset.
 *
 * @throws {BatonError} `MODEL_NOT_CONFIGURED`, naming the variable to set.
 */
export function readOpenaiSettings(options: OpenAIModelOptions): OpenAISettings {
  const env = options.env ?? process.env;
  const apiKey = readOption(options.apiKey) ?? readOption(env['OPENAI_API_KEY']);
  const baseURL = readOption(options.baseURL) ?? readOption(env['OPENAI_BASE_URL']);
  const model = readOption(options.model) ?? readOption(env['BATON_MODEL']);
  if (apiKey === undefined && baseURL === undefined) {
    throw createNotConfiguredError(
      'No model provider is configured: set OPENAI_API_KEY, or OPENAI_BASE_URL for a server of your own.',
    );
  }
  if (model === undefined) {
    throw createNotConfiguredError(
      'A model provider is configured, but no model name: set BATON_MODEL to the name the provider uses, ' +
        'or unset OPENAI_API_KEY and OPENAI_BASE_URL to use the offline models.',
    );
  }
  if (apiKey !== undefined && !/^[\x21-\x7e]+$/.test(apiKey)) {
    throw createNotConfiguredError(
      'OPENAI_API_KEY holds a character that cannot stand in an HTTP header: set it again.',
    );
  }
  const embeddings = readOption(options.embeddingModel) ?? readOption(env['BATON_EMBEDDING_MODEL']);
  return {
    model,
    embeddingModel: embeddings ?? (baseURL === undefined ? DEFAULT_EMBEDDING_MODEL : undefined),
    baseURL: baseURL ?? DEFAULT_BASE_URL,
    host: readHost(baseURL ?? DEFAULT_BASE_URL),
    apiKey,
    organization: readOption(env['OPENAI_ORG_ID']),
    project: readOption(env['OPENAI_PROJECT_ID']),
    temperature: options.temperature,
    contextTokens: checkContext(options.contextTokens ?? readOption(env['BATON_CONTEXT_TOKENS'])),
    timeoutMs: checkTimeout(options.timeoutMs ?? DEFAULT_TIMEOUT_MS),
  };
}

/** Whether variables or options name a provider at all: a key, or a base URL. */
export function hasProvider(env: NodeJS.ProcessEnv): boolean {
  return readOption(env['OPENAI_API_KEY']) !== undefined || readOption(env['OPENAI_BASE_URL']) !== undefined;
}

function readOption(value: string | undefined): string | undefined {
  const text = value?.trim();
  return text === undefined || text === '' ? undefined : text;
}

/** The URL itself is never shown: it may hold a password. */
function readHost(baseURL: string): string {
  const url = URL.canParse(baseURL) ? new URL(baseURL) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw createNotConfiguredError(
      'OPENAI_BASE_URL is not an http or https URL: set it to one, e.g. http://127.0.0.1:8080/v1.',
    );
  }
  if (url.username !== '' || url.password !== '') {
    throw createNotConfiguredError(
      `OPENAI_BASE_URL for ${url.host} holds a user name or password: put the key into OPENAI_API_KEY.`,
    );
  }
  return url.host;
}

function checkTimeout(timeoutMs: number): number {
  if (Number.isInteger(timeoutMs) && timeoutMs >= 1 && timeoutMs <= MODEL_ANSWER_MS) return timeoutMs;
  throw createNotConfiguredError(
    `timeoutMs is ${timeoutMs}, and must be a whole number of milliseconds from 1 to ${MODEL_ANSWER_MS}.`,
  );
}

function checkContext(said: number | string | undefined): number | undefined {
  if (said === undefined) return undefined;
  const tokens = Number(said);
  if (Number.isInteger(tokens) && tokens >= 1) return tokens;
  throw createNotConfiguredError(
    `The model's context (contextTokens, BATON_CONTEXT_TOKENS) is ${said}, and must be a whole number of tokens of at least 1.`,
  );
}

function createNotConfiguredError(message: string): BatonError {
  return createNoModelError(message);
}
