/** A table as wide as the terminal: columns as wide as they need, the flexible one takes what is left. */
import type { LineStyle } from './palette.js';
import { pad, truncate, measureWidth } from './text-width.js';

export interface Column {
  readonly title: string;
  /** Shrinks when the row does not fit; the others keep their width. */
  readonly flexible?: boolean;
}

const GAP = '  ';
const NARROWEST = 12;

export function formatTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  options: LineStyle,
): string[] {
  const wanted = columns.map(({ title }, index) =>
    Math.max(measureWidth(title), ...rows.map((row) => measureWidth(row[index] ?? ''))),
  );
  const widths = fitColumns(columns, wanted, options.width - GAP.length * (columns.length - 1));
  const line = (cells: readonly string[]): string =>
    widths
      .map((width, index) => pad(truncate(cells[index] ?? '', width), width))
      .join(GAP)
      .trimEnd();
  return [options.palette.quiet(line(columns.map(({ title }) => title))), ...rows.map(line)];
}

function fitColumns(columns: readonly Column[], wanted: readonly number[], available: number): number[] {
  const widths = [...wanted];
  let over = widths.reduce((sum, width) => sum + width, 0) - available;
  for (const [index, column] of columns.entries()) {
    if (over <= 0) break;
    const width = widths[index];
    if (!column.flexible || width === undefined) continue;
    const cut = Math.min(over, Math.max(0, width - NARROWEST));
    widths[index] = width - cut;
    over -= cut;
  }
  return widths;
}
