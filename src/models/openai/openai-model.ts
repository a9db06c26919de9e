/**
 * A model behind the chat-completions interface: OpenAI's own, or any compatible server. One call of
 * `generate` is one HTTP request. It never retries, because Temporal does.
 */
import { defined } from '../../contracts/data/defined.js';
import OpenAI from 'openai';
import type { ChatCompletionCreateParamsNonStreaming } from 'openai/resources/chat/completions.js';
import { isJsonObject, type Json } from '../../contracts/data/json.js';
import type { Model, ModelRequest, ModelResponse } from '../model/model.js';
import { toResponse } from './answer.js';
import { toChatMessages, toChatTool } from './conversation.js';
import { embed } from './embeddings.js';
import { createUselessAnswerError } from './failure.js';
import { buildOutputFormat } from './output-format.js';
import { sendWithTimeout } from './send-timed.js';
import { readOpenaiSettings, type OpenAIModelOptions, type OpenAISettings } from './settings.js';

export type { OpenAIModelOptions } from './settings.js';

/** The client requires a key even for a server that needs none. */
const NO_KEY = 'no-key';

/**
 * Makes a model that calls a provider over HTTP. Options take precedence over the variables `BATON_MODEL`,
 * `OPENAI_BASE_URL` and `OPENAI_API_KEY`; `OPENAI_ORG_ID` and `OPENAI_PROJECT_ID` are sent along. Nothing is
 * sent before the first `generate`. If the provider counts no tokens, the usage is an estimate: a quarter of
 * the characters.
 *
 * `generate` throws `ModelError` for every failure of the provider. These are retried: 408, 409, 429, 5xx, a
 * lost connection, a timeout, and a body that is not JSON or has no choice. Any other 4xx is not. The
 * provider's `x-should-retry`, `retry-after-ms` and `retry-after` are respected. An abort by the caller is an
 * `AbortError`.
 *
 * @throws {BatonError} `MODEL_NOT_CONFIGURED` at once, when there is neither a key nor a base URL, or no
 * model name.
 */
export function openaiModel(options: OpenAIModelOptions = {}): Model {
  const settings = readOpenaiSettings(options);
  const client = createClient(settings);
  return {
    name: settings.model,
    offline: false,
    ...defined({ contextTokens: settings.contextTokens }),
    generate: (request, { signal }) => ask(client, settings, request, signal),
    ...(settings.embeddingModel === undefined
      ? {}
      : { embed: embed(client, settings, settings.embeddingModel) }),
  };
}

function createClient(settings: OpenAISettings): OpenAI {
  return new OpenAI({
    apiKey: settings.apiKey ?? NO_KEY,
    baseURL: settings.baseURL,
    // Keeps the client from reading variables itself: an admin key must not be sent.
    adminAPIKey: null,
    organization: settings.organization ?? null,
    project: settings.project ?? null,
    maxRetries: 0,
    timeout: settings.timeoutMs,
    // With OPENAI_LOG=debug the client would write prompts to stdout, into the CLI's JSON.
    logLevel: 'off',
    fetch: fetchUnwrapped,
  });
}

/** Gemini wraps its error in a list, which the client would treat as a missing body. */
async function fetchUnwrapped(...asked: Parameters<typeof fetch>): Promise<Response> {
  const response = await fetch(...asked);
  if (response.ok) return response;
  const text = await response.text();
  const { status, statusText, headers } = response;
  return new Response(unwrapList(text), { status, statusText, headers });
}

function unwrapList(text: string): string {
  if (!text.trimStart().startsWith('[')) return text;
  try {
    const [first] = JSON.parse(text) as readonly Json[];
    return first === undefined ? text : JSON.stringify(first);
  } catch {
    return text;
  }
}

async function ask(
  client: OpenAI,
  settings: OpenAISettings,
  request: ModelRequest,
  signal: AbortSignal,
): Promise<ModelResponse> {
  const format = request.output === undefined ? undefined : buildOutputFormat(request.output);
  const params: ChatCompletionCreateParamsNonStreaming = {
    model: settings.model,
    messages: toChatMessages(request),
    ...(request.tools.length === 0 ? {} : { tools: request.tools.map(toChatTool) }),
    ...(format === undefined ? {} : { response_format: format.responseFormat }),
    ...defined({ temperature: settings.temperature }),
  };
  const body = await sendWithTimeout(settings, signal, (options) =>
    client.chat.completions.create(params, options).asResponse(),
  );
  const response = toResponse(body, request, settings.model);
  if (response === undefined)
    throw createUselessAnswerError(settings, `without a choice that can be read${describeOtherAnswer(body)}`);
  return format === undefined ? response : { ...response, content: format.unwrap(response.content) };
}

/** Some gateways report an error of the model behind them with status 200. */
function describeOtherAnswer(body: Json): string {
  const error = isJsonObject(body) ? body['error'] : undefined;
  const message = isJsonObject(error) ? error['message'] : error;
  return typeof message === 'string' ? `, but with an error: ${message}` : '.';
}
