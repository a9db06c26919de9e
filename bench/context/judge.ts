/** Whether a text says an item: both of its parts, near each other. Other words may stand between and around them. */
import type { Item } from './scenario.js';

/** In characters of the normalised text: a record, or a question with its answer, is not longer. */
const NEAR = 400;

export function present({ subject, value }: Item, text: string): boolean {
  return presentIn(normalise(text), normalise(subject), normalise(value));
}

/** Many items against one text, which is normalised once. */
export function presentAmong(items: readonly Item[], text: string): Set<Item> {
  const within = normalise(text);
  return new Set(
    items.filter(({ subject, value }) => presentIn(within, normalise(subject), normalise(value))),
  );
}

function presentIn(text: string, subject: string, value: string): boolean {
  for (let at = text.indexOf(value); at !== -1; at = text.indexOf(value, at + 1)) {
    const around = text.slice(Math.max(0, at - NEAR), at + value.length + NEAR);
    if (around.includes(subject)) return true;
  }
  return false;
}

/** Lower case, without marks and JSON's escapes: words with one space between them, and at both ends. */
export function normalise(text: string): string {
  const words = text
    .replace(/\\[nrt]/g, ' ')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
  return ` ${words} `;
}
