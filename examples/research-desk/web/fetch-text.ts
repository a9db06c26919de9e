/**
 * Fetches text from hosts on a list. Every rule is necessary: the URLs that a model requests come from
 * documents that anyone may have written.
 */
import { allowList } from './allow-list.js';
import { readText } from './body.js';
import { get } from './connect.js';
import type { FetchOutcome } from './fetch-outcome.js';
import { DEFAULT_POLICY, type FetchPolicy } from './policy.js';
import { FetchFailure, Refusal } from './refusal.js';

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/**
 * Fetches `address` by the rules of the policy, without credentials and cookies. Each redirect is followed
 * and checked like the first URL. Errors are outcomes. Nothing changes anywhere, so a repeat is safe.
 *
 * @throws the signal's reason when it aborts; an Error when the policy is invalid.
 */
export async function fetchText(
  address: string,
  settings: Partial<FetchPolicy>,
  signal?: AbortSignal,
): Promise<FetchOutcome> {
  const policy = { ...DEFAULT_POLICY, ...settings };
  const allowed = allowList(policy.allow);
  const time = AbortSignal.timeout(policy.timeMs);
  const either = signal === undefined ? time : AbortSignal.any([signal, time]);
  try {
    return await follow(address, policy, allowed, either);
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof Refusal) return { outcome: 'refused', reason: error.message };
    if (time.aborted)
      return { outcome: 'failed', reason: `There was no full answer within ${policy.timeMs / 1000} s.` };
    return { outcome: 'failed', reason: error instanceof Error ? reasonOf(error) : String(error) };
  }
}

async function follow(
  address: string,
  policy: FetchPolicy,
  allowed: (url: URL) => boolean,
  signal: AbortSignal,
): Promise<FetchOutcome> {
  let url = permitted(address, undefined, allowed);
  for (let redirects = 0; ; redirects += 1) {
    const answer = await get(url, policy, signal);
    // The connection is closed in any case, and errors during closing have no effect.
    answer.on('error', () => {});
    try {
      const status = answer.statusCode ?? 0;
      const { location } = answer.headers;
      if (!REDIRECTS.has(status) || location === undefined) {
        const body = await readText(answer, policy.maxBytes);
        return { outcome: 'ok', url: url.href, status, ...body };
      }
      if (redirects >= policy.maxRedirects)
        throw new FetchFailure(`More than ${policy.maxRedirects} redirects, the last one to ${location}.`);
      url = permitted(location, url, allowed);
    } finally {
      answer.destroy();
    }
  }
}

/** @throws {Refusal} for an address that the rules forbid before it is resolved. */
function permitted(address: string, base: URL | undefined, allowed: (url: URL) => boolean): URL {
  const from = base === undefined ? '' : ` (a redirect from ${base.href})`;
  if (!URL.canParse(address, base?.href)) throw new Refusal(`"${address}" is not a URL${from}.`);
  const url = new URL(address, base);
  url.hash = '';
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw new Refusal(`Only http and https are fetched, not ${url.protocol}${from}`);
  if (url.username !== '' || url.password !== '') throw new Refusal(`The URL holds credentials${from}.`);
  if (!allowed(url)) throw new Refusal(`${url.host} is not on the list of hosts that may be asked${from}.`);
  return url;
}

/** An error after several addresses has no message; the error of each attempt has one. */
function reasonOf(error: Error): string {
  const tries: unknown = error instanceof AggregateError ? error.errors : [];
  const first: unknown = Array.isArray(tries) ? tries[0] : undefined;
  return first instanceof Error ? first.message : error.message || error.name;
}
