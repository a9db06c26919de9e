/** A table as wide as the terminal: columns get the width they need, and the flexible one gets the rest. */
import type { LineStyle } from './palette.js';
import { joinLines, pad, truncate, measureWidth } from './text-width.js';

export interface Column {
  readonly title: string;
  /** Shrinks when the row is too wide; the other columns keep their width. */
  readonly flexible?: boolean;
  /** Dropped when the row is still too wide; 1 goes first. */
  readonly optional?: number;
}

const GAP = '  ';
const NARROWEST = 12;

export function formatTable(
  columns: readonly Column[],
  cells: readonly (readonly string[])[],
  { width, palette }: LineStyle,
): string[] {
  const rows = cells.map((row) => row.map(joinLines));
  const wanted = columns.map(({ title }, index) =>
    Math.max(measureWidth(title), ...rows.map((row) => measureWidth(row[index] ?? ''))),
  );
  const shown = chooseColumns(columns, wanted, width);
  const line = (row: readonly string[]): string =>
    shown
      .map(({ index, width: cell }) => pad(truncate(row[index] ?? '', cell), cell))
      .join(GAP)
      .trimEnd();
  return [palette.quiet(line(columns.map(({ title }) => title))), ...rows.map(line)];
}

interface ShownColumn {
  readonly index: number;
  readonly width: number;
}

/** All columns if they fit, even narrow ones; else drops one optional column after another. */
function chooseColumns(
  columns: readonly Column[],
  wanted: readonly number[],
  available: number,
): ShownColumn[] {
  const order = columns
    .flatMap(({ optional }, index) => (optional === undefined ? [] : [{ optional, index }]))
    .toSorted((a, b) => a.optional - b.optional);
  const left = new Set<number>();
  for (;;) {
    const shown = columns.map((_, index) => index).filter((index) => !left.has(index));
    const widths = fitColumns(
      shown.map((index) => ({ width: wanted[index] ?? 0, isFlexible: columns[index]?.flexible ?? false })),
      available - GAP.length * (shown.length - 1),
    );
    const fits = widths.reduce((sum, width) => sum + width + GAP.length, -GAP.length) <= available;
    const next = fits ? undefined : order.shift();
    if (next === undefined) return shown.map((index, at) => ({ index, width: widths[at] ?? 0 }));
    left.add(next.index);
  }
}

function fitColumns(
  columns: readonly { readonly width: number; readonly isFlexible: boolean }[],
  available: number,
): number[] {
  let over = columns.reduce((sum, { width }) => sum + width, 0) - available;
  return columns.map(({ width, isFlexible }) => {
    if (over <= 0 || !isFlexible) return width;
    const cut = Math.min(over, Math.max(0, width - NARROWEST));
    over -= cut;
    return width - cut;
  });
}
