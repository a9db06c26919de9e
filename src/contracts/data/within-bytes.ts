/** Texts with a limit in bytes, for servers and histories, in any script. */

const ELLIPSIS_BYTES = 3;
/** The most bytes of one UTF-16 unit, as a JSON escape. */
const MOST_BYTES = 6;

/** The text, or its beginning and an ellipsis: at most `max` bytes of UTF-8 in total. No character is cut in two. */
export function cutToBytes(text: string, max: number): string {
  return cutWithin(text, max, countUtf8Bytes);
}

/** The same for a text that is sent as JSON: its escapes and quotes count too. */
export function cutToJsonBytes(text: string, max: number): string {
  return cutWithin(text, max - 2, countJsonBytes);
}

/** The number of UTF-8 bytes of a text. */
export function countBytes(text: string): number {
  let bytes = 0;
  for (const character of text) bytes += countUtf8Bytes(character);
  return bytes;
}

function cutWithin(text: string, max: number, bytesOf: (character: string) => number): string {
  if (text.length * MOST_BYTES <= max) return text;
  let bytes = 0;
  let length = 0;
  let kept = 0;
  for (const character of text) {
    bytes += bytesOf(character);
    if (bytes > max) return `${text.slice(0, kept).trimEnd()}…`;
    length += character.length;
    if (bytes <= max - ELLIPSIS_BYTES) kept = length;
  }
  return text;
}

function countUtf8Bytes(character: string): number {
  const point = character.codePointAt(0) ?? 0;
  if (point < 0x80) return 1;
  if (point < 0x800) return 2;
  return point < 0x1_0000 ? 3 : 4;
}

/** As `JSON.stringify` writes it: a mark with a short escape takes two bytes, another control character six. */
function countJsonBytes(character: string): number {
  if ('"\\\b\f\n\r\t'.includes(character)) return 2;
  const isHalf = character >= '\uD800' && character <= '\uDFFF' && character.length === 1;
  return character < ' ' || isHalf ? 6 : countUtf8Bytes(character);
}

/** The metadata of a payload counts too. */
const ENVELOPE_BYTES = 40;

/** A summary that a server accepts, in any script. A longer one would fail the workflow task again and again. */
export function toSummaryText(text: string): string {
  return cutToJsonBytes(text, 400 - ENVELOPE_BYTES);
}

/** Details that a server accepts, with a line or two around them; no one reads more than that. */
export function toDetailsText(text: string): string {
  return cutToJsonBytes(text, 16_000);
}
