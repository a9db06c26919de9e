/** Formats checks, one line each by name: the status, the finding, and what to do. */
import type { DocumentOf } from '../../schemas/catalog.js';
import type { LineStyle } from '../terminal/palette.js';
import { wrapUnder } from '../terminal/text-width.js';

export type Check = DocumentOf<'doctor'>['checks'][number];

export function renderChecks(checks: readonly Check[], { width, palette }: LineStyle): string[] {
  const longest = Math.max(...checks.map(({ check }) => check.length));
  return checks.flatMap(({ check, ok, detail, remedy }) => {
    const mark = ok ? palette.good('✓') : palette.bad('✗');
    const advice = remedy && wrapUnder(`${' '.repeat(longest + 4)}→ `, remedy, width);
    return [
      ...wrapUnder(`${mark} ${palette.strong(check.padEnd(longest))}  `, detail, width),
      ...(advice ? advice.map(ok ? palette.quiet : palette.wait) : []),
    ];
  });
}
