/** What differs between two values, line by line of their JSON. Pure. */
import type { Json } from '../../contracts/data/json.js';

export interface DiffLine {
  readonly kind: 'same' | 'gone' | 'new';
  readonly text: string;
}

/** More lines than this are not compared one with another: the table would not fit into memory. */
const LARGEST = 2_000;

/** The lines of both, in order; every line of `before` is `same` or `gone`, every one of `after` `same` or `new`. */
export function findDifference(before: Json, after: Json): DiffLine[] {
  const [old, now] = [before, after].map((value) => JSON.stringify(value, null, 2).split('\n'));
  if (old === undefined || now === undefined) return [];
  if (old.length > LARGEST || now.length > LARGEST)
    return [...toDiffLines('gone', old), ...toDiffLines('new', now)];
  const common = computeCommonLengths(old, now);
  const found: DiffLine[] = [];
  let [at, to] = [0, 0];
  while (at < old.length || to < now.length) {
    const [left, right] = [old[at], now[to]];
    if (left !== undefined && left === right) {
      found.push({ kind: 'same', text: left });
      at += 1;
      to += 1;
    } else if (
      left !== undefined &&
      (right === undefined || readLength(common, at + 1, to) >= readLength(common, at, to + 1))
    ) {
      found.push({ kind: 'gone', text: left });
      at += 1;
    } else if (right !== undefined) {
      found.push({ kind: 'new', text: right });
      to += 1;
    }
  }
  return found;
}

function toDiffLines(kind: DiffLine['kind'], texts: readonly string[]): DiffLine[] {
  return texts.map((text) => ({ kind, text }));
}

/** By where both begin: how many lines they have in common from there, in order. */
function computeCommonLengths(old: readonly string[], now: readonly string[]): Uint16Array[] {
  const table = Array.from({ length: old.length + 1 }, () => new Uint16Array(now.length + 1));
  for (let at = old.length - 1; at >= 0; at -= 1) {
    for (let to = now.length - 1; to >= 0; to -= 1) {
      const row = table[at];
      if (row === undefined) continue;
      row[to] =
        old[at] === now[to]
          ? readLength(table, at + 1, to + 1) + 1
          : Math.max(readLength(table, at + 1, to), readLength(table, at, to + 1));
    }
  }
  return table;
}

function readLength(table: readonly Uint16Array[], at: number, to: number): number {
  return table[at]?.[to] ?? 0;
}
