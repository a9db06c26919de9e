/** Texts that a server or a history takes up to so many bytes of, whatever they are written in. */

const ELLIPSIS_BYTES = 3;

/** The text, or its beginning and an ellipsis: at most `max` bytes of UTF-8 in all. No character is cut in two. */
export function withinBytes(text: string, max: number): string {
  return within(text, max, utf8Bytes);
}

/** The same for a text that is sent as JSON: its escapes count too, and the quotes around it. */
export function withinJsonBytes(text: string, max: number): string {
  return within(text, max - 2, (character) => utf8Bytes(JSON.stringify(character)) - 2);
}

function within(text: string, max: number, bytesOf: (character: string) => number): string {
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

function utf8Bytes(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x1_0000 ? 3 : 4;
  }
  return bytes;
}
