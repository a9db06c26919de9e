/** Sends one request with a limit for the whole exchange; the client's own timeout ends at the headers. */
import type { Json } from '../../contracts/data/json.js';
import { clip } from '../../contracts/data/preview.js';
import { abortError, ModelError } from '../model/model.js';
import { judgeFailure, createUselessAnswerError } from './failure.js';
import type { OpenAISettings } from './settings.js';

/** Far above any answer, and above the embeddings of a hundred texts. */
const BODY_LIMIT = 32 * 1024 * 1024;

/**
 * Returns the body of the answer, as JSON.
 *
 * @throws {ModelError} for every failure of the provider; an abort by the caller is an `AbortError`.
 */
export async function sendWithTimeout(
  settings: OpenAISettings,
  signal: AbortSignal,
  request: (options: { readonly signal: AbortSignal }) => Promise<Response>,
): Promise<Json> {
  const deadline = new AbortController();
  const stop = (): void => deadline.abort();
  const timer = setTimeout(stop, settings.timeoutMs);
  signal.addEventListener('abort', stop, { once: true });
  try {
    if (signal.aborted) throw abortError(signal);
    const response = await request({ signal: deadline.signal });
    return parseBody(await readText(response, settings), settings);
  } catch (error) {
    if (signal.aborted) throw abortError(signal);
    if (error instanceof ModelError) throw error;
    throw judgeFailure(error, settings, deadline.signal.aborted);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
  }
}

/** A body without an end would fill the worker's memory long before the timeout. */
async function readText(response: Response, settings: OpenAISettings): Promise<string> {
  if (response.body === null) return '';
  const chunks: AsyncIterable<Uint8Array> = response.body;
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of chunks) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > BODY_LIMIT) {
      throw createUselessAnswerError(settings, `with a body of more than ${BODY_LIMIT} characters.`);
    }
  }
  return text + decoder.decode();
}

function parseBody(text: string, settings: OpenAISettings): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    const begins = clip(text, 80);
    throw createUselessAnswerError(
      settings,
      begins === ''
        ? 'with an empty body.'
        : `with a body of ${text.length} characters that is not JSON: ${begins}`,
    );
  }
}
