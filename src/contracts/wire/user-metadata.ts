/**
 * What Temporal keeps beside a command or a run for people to read. Its limits are in bytes, and what is above them fails
 * the workflow task, again and again, on servers that hold to them: 400 for a summary, 20,000 for details.
 */
import { cutToJsonBytes } from '../data/within-bytes.js';

/** What a payload says of itself counts too. */
const ENVELOPE_BYTES = 40;

/** A summary that a server takes, whatever it is written in. */
export function toSummaryText(text: string): string {
  return cutToJsonBytes(text, 400 - ENVELOPE_BYTES);
}

/** Details that a server takes, with a line or two around them; more than that nobody reads. */
export function toDetailsText(text: string): string {
  return cutToJsonBytes(text, 16_000);
}
