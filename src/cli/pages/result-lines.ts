/** A run's result for a person: text as text, Markdown as Markdown, values by their names; whole only with --json. */
import { isJsonObject, type Json } from '../../contracts/data/json.js';
import { markdownLines } from '../terminal/markdown.js';
import type { Palette } from '../terminal/palette.js';
import { plural } from '../terminal/plural.js';
import { hang, widthOf } from '../terminal/text-width.js';

export interface ResultStyle {
  readonly width: number;
  readonly palette: Palette;
  /** At most so many lines; without it, all. */
  readonly longest?: number;
}

/** Long enough for a report, short enough that what was said before it is still on the screen. */
export const LONGEST_RESULT = 80;

export function resultLines(result: Json, style: ResultStyle): string[] {
  const lines = valueLines(result, style);
  const { longest = lines.length } = style;
  if (lines.length <= longest) return lines;
  const hidden = lines.length - longest;
  return [
    ...lines.slice(0, longest),
    style.palette.quiet(`… ${plural(hidden, 'more line')}; --json prints all of it`),
  ];
}

function valueLines(value: Json, style: ResultStyle): string[] {
  if (typeof value === 'string') return markdownLines(value, style);
  if (Array.isArray(value))
    return value.length === 0 ? ['none'] : value.flatMap((item) => itemLines(item, style));
  if (!isJsonObject(value)) return [value === null ? 'nothing' : String(value)];
  const entries = Object.entries(value);
  return entries.length === 0 ? ['nothing'] : entries.flatMap(([name, part]) => partLines(name, part, style));
}

function itemLines(item: Json, style: ResultStyle): string[] {
  return hang(valueLines(item, { ...style, width: style.width - 2 }), `${style.palette.quiet('•')} `, '  ');
}

/** On the line of its name where it fits there, else below it. */
function partLines(name: string, part: Json, style: ResultStyle): string[] {
  const { palette, width } = style;
  const below = valueLines(part, { ...style, width: width - 2 });
  const [only = ''] = below;
  const small = typeof part !== 'object' || part === null || only === 'none' || only === 'nothing';
  const fits = below.length === 1 && widthOf(name) + 2 + widthOf(only) <= width;
  if (small && fits) return [`${palette.quiet(`${name}:`)} ${only}`.trimEnd()];
  return [palette.quiet(`${name}:`), ...hang(below, '  ', '  ')];
}
