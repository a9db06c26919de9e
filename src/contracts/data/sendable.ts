/** What may travel in one piece: above its limit Temporal ends the run, or holds it for ever, with no code of Baton's. */
import { BatonError, type ErrorCode } from '../errors.js';
import { countBytes } from './within-bytes.js';

/** A Temporal server takes 2 MiB by default; a payload has a little around its text. */
export const PAYLOAD_LIMIT_BYTES = 2_000_000;

/** Below this many characters it is enough to know how many bytes there can be. */
const SHORT = 20_000;

/**
 * Measures a value before it is sent, as JSON.
 *
 * @returns how many bytes it has; of what is short, how many it has at most.
 * @param what - names it in the message, as the subject of a sentence.
 * @throws {BatonError} `PAYLOAD_TOO_LARGE`, or what the caller names.
 */
export function assertSendable(what: string, value: unknown, code: ErrorCode = 'PAYLOAD_TOO_LARGE'): number {
  const text = (JSON.stringify(value) as string | undefined) ?? '';
  // No character is longer than three bytes for each unit of its string.
  if (text.length <= SHORT) return text.length * 3;
  const bytes = countBytes(text);
  if (bytes <= PAYLOAD_LIMIT_BYTES) return bytes;
  throw new BatonError(
    code,
    `${what} has ${bytes} bytes; at most ${PAYLOAD_LIMIT_BYTES} can be sent. Send a part of it, or keep it elsewhere and send a reference.`,
    { bytes, limit: PAYLOAD_LIMIT_BYTES },
  );
}
