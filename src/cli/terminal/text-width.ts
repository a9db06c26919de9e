/** Text on a grid of columns: how wide it is, cut to a width, broken into lines. Colour codes take no room. */
import type { Json } from '../../contracts/data/json.js';
import { findCut } from '../../contracts/data/preview.js';
import { stripVTControlCharacters } from 'node:util';

/** Characters that a terminal draws two columns wide: East Asian wide forms and pictographs. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
const COMBINING = /\p{Mn}|\p{Me}|[\u200b-\u200f]|\ufe0f/u;
const ESCAPES = new RegExp(`${String.fromCharCode(27)}\\[[0-9;?]*[A-Za-z]`, 'y');

function countColumns(character: string): number {
  if (COMBINING.test(character)) return 0;
  return WIDE.test(character) ? 2 : 1;
}

export function measureWidth(text: string): number {
  let width = 0;
  for (const character of stripVTControlCharacters(text)) width += countColumns(character);
  return width;
}

/** Cuts a line to so many columns, with an ellipsis; colours that were opened are closed. */
export function truncate(line: string, columns: number): string {
  if (measureWidth(line) <= columns) return line;
  let kept = '';
  let width = 0;
  let coloured = false;
  for (let at = 0; at < line.length;) {
    ESCAPES.lastIndex = at;
    const escape = ESCAPES.exec(line)?.[0];
    if (escape !== undefined) {
      kept += escape;
      coloured = true;
      at += escape.length;
      continue;
    }
    const character = String.fromCodePoint(line.codePointAt(at) ?? 32);
    width += countColumns(character);
    if (width > columns - 1) break;
    kept += character;
    at += character.length;
  }
  // What is cut is no number that looks like another.
  const plain = stripVTControlCharacters(line);
  const shown = stripVTControlCharacters(kept).length;
  if (findCut(plain, shown) < shown) kept = kept.replace(/\S+$/, '');
  return `${kept.trimEnd()}…${coloured ? '\u001b[0m' : ''}`;
}

export function pad(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - measureWidth(text)));
}

/** A text as it is, any other value as JSON. */
export function formatValue(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
}

/** A text in one line. */
export function toOneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** Breaks text at spaces into lines of at most so many columns; a longer word stands alone. Newlines stay. */
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

/** Text in lines of at most so many columns, the first behind a prefix, the rest below its end. */
export function wrapUnder(first: string, text: string, width: number): string[] {
  const indent = measureWidth(first);
  return hang(wrap(text, width - indent), first, ' '.repeat(indent));
}

/** Joins lines under a first prefix and a rest prefix. */
export function hang(lines: readonly string[], first: string, rest: string): string[] {
  return lines.map((line, index) => `${index === 0 ? first : rest}${line}`.trimEnd());
}
