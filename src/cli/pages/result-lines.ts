/** A run's result for a person: text as text, Markdown as Markdown, values by name. Only --json prints it in full. */
import { isJsonObject, type Json } from '../../contracts/data/json.js';
import { formatMarkdown } from '../terminal/markdown.js';
import type { LineStyle } from '../terminal/palette.js';
import { pluralize } from '../../client/text/plural.js';
import { hang, measureWidth } from '../terminal/text-width.js';

export interface ResultStyle extends LineStyle {
  /** The maximum number of lines; without it, all lines. */
  readonly longest?: number;
}

/** Long enough for a report, and short enough to keep the earlier output on the screen. */
export const LONGEST_RESULT = 80;

export function formatResult(result: Json, style: ResultStyle): string[] {
  const lines = formatValue(result, style);
  const { longest = lines.length } = style;
  if (lines.length <= longest) return lines;
  const hidden = lines.length - longest;
  return [
    ...lines.slice(0, longest),
    style.palette.quiet(`… ${pluralize(hidden, 'more line')}; --json prints all of it`),
  ];
}

function formatValue(value: Json, style: ResultStyle): string[] {
  if (typeof value === 'string') return formatMarkdown(value, style);
  if (Array.isArray(value))
    return value.length === 0 ? ['none'] : value.flatMap((item) => formatItem(item, style));
  if (!isJsonObject(value)) return [value === null ? 'nothing' : String(value)];
  const entries = Object.entries(value);
  return entries.length === 0
    ? ['nothing']
    : entries.flatMap(([name, part]) => formatPart(name, part, style));
}

function formatItem(item: Json, style: ResultStyle): string[] {
  return hang(formatValue(item, { ...style, width: style.width - 2 }), `${style.palette.quiet('•')} `, '  ');
}

/** On the line of its name if it fits, else below it. */
function formatPart(name: string, part: Json, style: ResultStyle): string[] {
  const { palette, width } = style;
  const below = formatValue(part, { ...style, width: width - 2 });
  const [only = ''] = below;
  const small = typeof part !== 'object' || part === null || only === 'none' || only === 'nothing';
  const fits = below.length === 1 && measureWidth(name) + 2 + measureWidth(only) <= width;
  if (small && fits) return [`${palette.quiet(`${name}:`)} ${only}`.trimEnd()];
  return [palette.quiet(`${name}:`), ...hang(below, '  ', '  ')];
}
