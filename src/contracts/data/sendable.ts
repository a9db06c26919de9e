/**
 * The size limit of a payload. Above its own limit, Temporal ends the run or blocks it forever, without a Baton error
 * code.
 */
import { BatonError, type ErrorCode } from '../errors.js';
import { countBytes } from './within-bytes.js';

/** A Temporal server accepts 2 MiB by default; a payload has some bytes around its text. */
export const PAYLOAD_LIMIT_BYTES = 2_000_000;

/** For texts with at most this many characters, an upper bound of the bytes is enough. */
const SHORT = 20_000;

/**
 * Measures a value as JSON before it is sent.
 *
 * @returns its size in bytes; for a short value an upper bound.
 * @param what - its name in the message, as the subject of a sentence.
 * @throws {BatonError} `PAYLOAD_TOO_LARGE`, or the caller's code.
 */
export function assertSendable(what: string, value: unknown, code: ErrorCode = 'PAYLOAD_TOO_LARGE'): number {
  const text = (JSON.stringify(value) as string | undefined) ?? '';
  // No character needs more than three bytes for each UTF-16 unit.
  if (text.length <= SHORT) return text.length * 3;
  const bytes = countBytes(text);
  if (bytes <= PAYLOAD_LIMIT_BYTES) return bytes;
  throw new BatonError(
    code,
    `${what} has ${bytes} bytes; at most ${PAYLOAD_LIMIT_BYTES} can be sent. Send a part of it, or keep it elsewhere and send a reference.`,
    { bytes, limit: PAYLOAD_LIMIT_BYTES },
  );
}
