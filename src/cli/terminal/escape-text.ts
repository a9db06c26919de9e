/** Makes text of models, tools and callers safe for a terminal: it cannot move the cursor, change colours, or hide. */
import { makeVisible } from '../../contracts/data/visible-text.js';
import { joinLines } from './text-width.js';

/** Returns the value with every text in it made safe for a terminal. Line breaks stay; a tab becomes four spaces. */
export function escapeText<T>(value: T): T {
  return clean(value, cleanText) as T;
}

/** For lists: as {@link escapeText}, and each text is one line, so that none can look like a row of the list. */
export function escapeToLines<T>(value: T): T {
  return clean(value, (text) => joinLines(cleanText(text))) as T;
}

function clean(value: unknown, toSafe: (text: string) => string): unknown {
  if (typeof value === 'string') return toSafe(value);
  if (Array.isArray(value)) return value.map((item) => clean(item, toSafe));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [toSafe(name), clean(part, toSafe)]));
}

function cleanText(text: string): string {
  return makeVisible(text.replace(/\r\n/g, '\n').replace(/\t/g, '    '));
}

/** The colours of the palette; every other escape sequence is foreign. */
const COLOURS = new RegExp(`(${String.fromCharCode(27)}\\[(?:0|1|2|22|31|32|33|36|39)m)`);

/** The last step before output: escapes what was not escaped at its source. */
export function escapeLine(line: string): string {
  return line
    .split(COLOURS)
    .map((part, index) => (index % 2 === 1 ? part : makeVisible(part)))
    .join('');
}
