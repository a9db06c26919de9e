/** The difference between two values, line by line of their JSON. Pure. */
import { diffArrays } from 'diff';
import type { Json } from '../../contracts/data/json.js';

export interface DiffLine {
  readonly kind: 'same' | 'gone' | 'new';
  readonly text: string;
}

/** If more lines differ, they are not compared one by one, because that would take too long. */
const LARGEST = 2_000;

/** The lines of both values, in order. Lines of `before` are `same` or `gone`, lines of `after` are `same` or `new`. */
export function findDifference(before: Json, after: Json): DiffLine[] {
  const [old = [], now = []] = [before, after].map((value) => JSON.stringify(value, null, 2).split('\n'));
  const parts = diffArrays(old, now, { maxEditLength: LARGEST }) ?? [
    { removed: true, added: false, value: old },
    { removed: false, added: true, value: now },
  ];
  return parts.flatMap(({ removed, added, value }) =>
    value.map((text) => ({ kind: removed ? 'gone' : added ? 'new' : 'same', text }) as const),
  );
}
