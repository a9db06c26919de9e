/** Groups neighbouring sentences: a paragraph, a list, a table, a piece of code. */
import type { sentences } from '../text.js';

export type Sentence = ReturnType<typeof sentences>[number];

const ITEM = /^\s*(?:[-*+•]|\d{1,9}[.)])\s/;

export interface Group {
  readonly kind: Sentence['kind'];
  readonly units: Sentence[];
}

/** Sentences of one paragraph, adjacent items, rows of one table, one piece of code. */
export function toGroups(source: string, units: readonly Sentence[]): Group[] {
  const groups: Group[] = [];
  for (const unit of units) {
    const group = groups.at(-1);
    const before = group?.units.at(-1);
    const apart =
      before === undefined ||
      /\n[ \t]*\n/.test(source.slice(before.end, unit.start)) ||
      unit.heading !== before.heading;
    const together = group?.kind === unit.kind && unit.kind !== 'code' && (!apart || unit.kind === 'item');
    if (together) group.units.push(unit);
    else groups.push({ kind: unit.kind, units: [unit] });
  }
  return groups;
}

/** Whether a sentence is the first of its list item. */
export function beginsItem(source: string, unit: Sentence): boolean {
  return ITEM.test(source.slice(unit.start, unit.start + 12));
}
