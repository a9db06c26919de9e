/** The provider's address, the model's name and the key: from options first, then from variables. */
import { type BatonError, createNoModelError } from '../../contracts/errors.js';
import { MODEL_ANSWER_MS } from '../../contracts/data/duration.js';

/** The model, its address and its settings. Missing options are read from variables. */
export interface OpenAIModelOptions {
  /** The model's name at the provider. Default: `BATON_MODEL`. */
  readonly model?: string;
  /**
   * The embedding model, for routing by similarity. Default: `BATON_EMBEDDING_MODEL`, else OpenAI's own model
   * when OpenAI is the provider. Another server provides embeddings only if you set a model.
   */
  readonly embeddingModel?: string;
  /**
   * The root URL of the provider's API, with its version, e.g. `http://127.0.0.1:8080/v1`. Default:
   * `OPENAI_BASE_URL`.
   */
  readonly baseURL?: string;
  /** Default: `OPENAI_API_KEY`. Optional for a server with a base URL. */
  readonly apiKey?: string;
  /** Sent only if set, because some models refuse any value. */
  readonly temperature?: number;
  /**
   * The size of the context window, input and output together. Default: `BATON_CONTEXT_TOKENS`. The context
   * that a handoff passes to its receiver is made to fit. Without it, only contracts limit a context.
   */
  readonly contextTokens?: number;
  /**
   * The time from the request to the last byte of the answer, in milliseconds. Default 120,000, at most
   * 540,000. Node stops waiting for headers at 300,000.
   */
  readonly timeoutMs?: number;
  /** The source of variables. Default: `process.env`. */
  readonly env?: NodeJS.ProcessEnv;
}

export interface OpenAISettings {
  readonly model: string;
  readonly embeddingModel: string | undefined;
  readonly baseURL: string;
  /** Host and port of the base URL, the only part that messages and screens can show. */
  readonly host: string;
  /** Undefined for a server without a key. */
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
      'No model provider is configured: set OPENAI_API_KEY, or OPENAI_BASE_URL for your own server.',
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

/** Whether variables name a provider: a key, or a base URL. */
export function hasProvider(env: NodeJS.ProcessEnv): boolean {
  return readOption(env['OPENAI_API_KEY']) !== undefined || readOption(env['OPENAI_BASE_URL']) !== undefined;
}

function readOption(value: string | undefined): string | undefined {
  const text = value?.trim();
  return text === undefined || text === '' ? undefined : text;
}

/** The URL itself is never shown, because it can contain a password. */
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
