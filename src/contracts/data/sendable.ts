/** What may travel in one piece: above its limit Temporal ends the run, or holds it for ever, with no code of Baton's. */
import { BatonError, type ErrorCode } from '../errors.js';
import { countBytes } from './within-bytes.js';

/** A Temporal server takes 2 MiB by default; a payload has a little around its text. */
export const PAYLOAD_LIMIT_BYTES = 2_000_000;

/**
 * Measures a value before it is sent, as JSON.
 *
 * @param what - names it in the message, as the subject of a sentence.
 * @throws {BatonError} `PAYLOAD_TOO_LARGE`, or what the caller names.
 */
export function assertSendable(what: string, value: unknown, code: ErrorCode = 'PAYLOAD_TOO_LARGE'): void {
  const text = JSON.stringify(value) as string | undefined;
  // No character is longer than three bytes for each unit of its string.
  if (text === undefined || text.length * 3 <= PAYLOAD_LIMIT_BYTES) return;
  const bytes = countBytes(text);
  if (bytes <= PAYLOAD_LIMIT_BYTES) return;
  throw new BatonError(
    code,
    `${what} has ${bytes} bytes; at most ${PAYLOAD_LIMIT_BYTES} can be sent. Send a part of it, or keep it elsewhere and send a reference.`,
    { bytes, limit: PAYLOAD_LIMIT_BYTES },
  );
}
