/** How long a receiver asks to be left alone. */

/** A receiver that asks for more is asked again sooner: a day is all that a notice has. */
const LIMIT_MS = 60 * 60_000;

/** From the header `Retry-After`, in seconds or as an HTTP date; undefined when it says nothing that can be read. */
export function readRetryAfterMs(header: string | undefined, now = Date.now()): number | undefined {
  if (header === undefined) return undefined;
  const wait = /^\s*\d+\s*$/.test(header) ? Number(header) * 1000 : parseDate(header) - now;
  return wait > 0 ? Math.min(wait, LIMIT_MS) : undefined;
}

/** NaN for what is no HTTP date: `Date.parse` would find one in almost anything with a digit. */
function parseDate(header: string): number {
  return /^\s*(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)/i.test(header) ? Date.parse(header) : NaN;
}
