/** One request to the provider, timed as a whole: the client's own time limit ends at the headers. */
import type { Json } from '../../contracts/json.js';
import { preview } from '../../contracts/preview.js';
import { abortError } from '../aborted.js';
import { ModelError } from '../model.js';
import { judgeFailure, uselessAnswer } from './failure.js';
import type { OpenAISettings } from './settings.js';

/**
 * The body of the answer, as JSON.
 *
 * @throws {ModelError} for every failure of the provider; an abort by the caller is an `AbortError`.
 */
export async function sendTimed(
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
    return parseBody(await response.text(), settings);
  } catch (error) {
    if (signal.aborted) throw abortError(signal);
    if (error instanceof ModelError) throw error;
    throw judgeFailure(error, settings, deadline.signal.aborted);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
  }
}

function parseBody(text: string, settings: OpenAISettings): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    const begins = preview(text, 80);
    throw uselessAnswer(
      settings,
      begins === ''
        ? 'with an empty body.'
        : `with a body of ${text.length} characters that is not JSON: ${begins}`,
    );
  }
}
