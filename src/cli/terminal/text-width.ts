/** Text on a grid of columns: measures it, cuts it to a width, and breaks it into lines. Colour codes have no width. */
import type { Json } from '../../contracts/data/json.js';
import { findCut } from '../../contracts/data/preview.js';
import measure from 'fast-string-truncated-width';
import { stripVTControlCharacters } from 'node:util';

/** A tab counts as one column; printed text has no tabs. */
const WIDTHS = { tabWidth: 1 };

export function measureWidth(text: string): number {
  return measure(text, {}, WIDTHS).width;
}

/** Makes the text one line, and cuts it to this many columns, with an ellipsis, and closes open colours. */
export function truncate(text: string, columns: number): string {
  const line = joinLines(text);
  const { index, truncated } = measure(line, { limit: columns, ellipsis: '…' }, WIDTHS);
  if (!truncated) return line;
  const fitting = line.slice(0, index);
  // A cut number must not look like another number.
  const shown = stripVTControlCharacters(fitting).length;
  const isWhole = findCut(stripVTControlCharacters(line), shown) >= shown;
  const kept = isWhole ? fitting : fitting.replace(/\S+$/, '');
  return `${kept.trimEnd()}…${kept.includes('\u001b') ? '\u001b[0m' : ''}`;
}

export function pad(text: string, columns: number): string {
  const line = joinLines(text);
  return line + ' '.repeat(Math.max(0, columns - measureWidth(line)));
}

/** A text unchanged, any other value as JSON. */
export function formatValue(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
}

/** Replaces line breaks with spaces, so that a name cannot begin a new line. Other spaces stay. */
export function joinLines(text: string): string {
  return text.replace(/[\n\r\v\f\u0085\u2028\u2029]+/g, ' ');
}

/** A text on one line. */
export function toOneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** Breaks text at spaces into lines of at most this many columns. A longer word gets its own line. Newlines stay. */
export function wrap(text: string, columns: number): string[] {
  return text.split('\n').flatMap((line) => wrapLine(line, Math.max(8, columns)));
}

function wrapLine(line: string, columns: number): string[] {
  const indent = /^\s*/.exec(line)?.[0] ?? '';
  const lines: string[] = [];
  let current: string | undefined;
  for (const word of line.slice(indent.length).split(' ')) {
    const longer: string = current === undefined ? indent + word : `${current} ${word}`;
    if (current !== undefined && measureWidth(longer) > columns) {
      lines.push(current);
      current = indent + word;
    } else {
      current = longer;
    }
  }
  return [...lines, current ?? ''];
}

/** Text in lines of at most this width: the first follows a prefix, the rest are indented to its end. */
export function wrapUnder(name: string, text: string, width: number): string[] {
  const first = joinLines(name);
  const indent = measureWidth(first);
  return hang(wrap(text, width - indent), first, ' '.repeat(indent));
}

/** Joins lines under a first prefix and a rest prefix. */
export function hang(lines: readonly string[], first: string, rest: string): string[] {
  return lines.map((line, index) => `${index === 0 ? first : rest}${line}`.trimEnd());
}
