/**
 * Text from others between the runtime's own lines. It can't start a line of the runtime: every character that anyone
 * may treat as the end of a line counts as one.
 */
import type { Json } from './json.js';

const LINE_ENDS = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/g;
/** Line ends that JSON does not escape. They can only be inside its strings. */
const UNESCAPED = /[\u0085\u2028\u2029]/g;

/** Indents every line of a text but the first, which follows the runtime's own text. */
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
