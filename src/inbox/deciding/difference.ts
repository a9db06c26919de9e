/** What differs between two values, line by line of their JSON. Pure. */
import { diffArrays } from 'diff';
import type { Json } from '../../contracts/data/json.js';

export interface DiffLine {
  readonly kind: 'same' | 'gone' | 'new';
  readonly text: string;
}

/** Where more lines than this differ, they are not compared one with another: it would take too long. */
const LARGEST = 2_000;

/** The lines of both, in order; every line of `before` is `same` or `gone`, every one of `after` `same` or `new`. */
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
