/** The delay that a receiver requests. */

/** If a receiver requests more, Baton retries sooner, because a notice expires after a day. */
const LIMIT_MS = 60 * 60_000;

/** Reads the header `Retry-After`, in seconds or as an HTTP date; undefined when it is not readable. */
export function readRetryAfterMs(header: string | undefined, now = Date.now()): number | undefined {
  if (header === undefined) return undefined;
  const wait = /^\s*\d+\s*$/.test(header) ? Number(header) * 1000 : parseDate(header) - now;
  return wait > 0 ? Math.min(wait, LIMIT_MS) : undefined;
}

/** NaN for a text that is not an HTTP date: `Date.parse` accepts almost any text with a digit. */
function parseDate(header: string): number {
  return /^\s*(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)/i.test(header) ? Date.parse(header) : NaN;
}
