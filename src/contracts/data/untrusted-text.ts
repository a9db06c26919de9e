/**
 * What others wrote, as it stands among the runtime's own lines: it begins none of them. Whatever anybody may take
 * for the end of a line counts as one.
 */
import type { Json } from './json.js';

const LINE_ENDS = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/g;
/** Those of them that JSON leaves as they are; they can stand in its strings only. */
const UNESCAPED = /[\u0085\u2028\u2029]/g;

/** The further lines of a text are indented; the first stands behind something of the runtime's. */
export function indentText(text: string, by: string): string {
  return text.replace(LINE_ENDS, `\n${by}`);
}

/** A text as one line. */
export function toOneLine(text: string): string {
  return text.trim().replace(/\s*[\n\r\v\f\u0085\u2028\u2029]\s*/g, ' ');
}

/** A value as JSON; without `indent` it is one line. */
export function toJsonText(value: Json, indent?: number): string {
  return JSON.stringify(value, null, indent).replace(
    UNESCAPED,
    (end) => `\\u${end.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
