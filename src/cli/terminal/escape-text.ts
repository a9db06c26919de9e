/** What comes from models, tools and callers, fit for a terminal: nothing of it moves the cursor, changes colours or is unseen. */
import { makeVisible } from '../../contracts/data/visible-text.js';

/** The same value, with every text in it fit for a terminal. Line breaks stay; a tab is four spaces. */
export function escapeText<T>(value: T): T {
  return clean(value) as T;
}

function clean(value: unknown): unknown {
  if (typeof value === 'string') return cleanText(value);
  if (Array.isArray(value)) return value.map(clean);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [cleanText(name), clean(part)]));
}

function cleanText(text: string): string {
  return makeVisible(text.replace(/\r\n/g, '\n').replace(/\t/g, '    '));
}

/** The colours of the palette: what else a text says to a terminal is none of ours. */
const COLOURS = new RegExp(`(${String.fromCharCode(27)}\\[(?:0|1|2|22|31|32|33|36|39)m)`);

/** A line as it goes out: whatever has not been escaped where it came from is escaped here. */
export function escapeLine(line: string): string {
  return line
    .split(COLOURS)
    .map((part, index) => (index % 2 === 1 ? part : makeVisible(part)))
    .join('');
}
