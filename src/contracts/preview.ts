/** A value in one short line, for a summary or a list: what a person would say of it, not JSON. */
import { isJsonObject, type Json } from './json.js';

/** At most `max` characters; an object's parts share them, so that the last one is seen too. */
export function preview(value: Json | undefined, max = 120): string {
  if (value === undefined) return '';
  return cut(say(value, max), max);
}

function say(value: Json, room: number): string {
  if (typeof value === 'string') return value.replace(/\s+/g, ' ').trim();
  if (Array.isArray(value)) return sayList(value, room);
  if (isJsonObject(value)) return sayObject(value, room);
  return String(value);
}

function sayList(list: readonly Json[], room: number): string {
  if (list.length === 0) return 'none';
  const [first, ...rest] = list;
  const more = rest.length === 0 ? '' : ` and ${rest.length} more`;
  return `${cut(say(first ?? null, room - more.length), room - more.length)}${more}`;
}

function sayObject(object: { [key: string]: Json }, room: number): string {
  const entries = Object.entries(object);
  let left = room;
  const parts = entries.map(([key, value], index) => {
    const share = Math.floor(left / (entries.length - index));
    const label = `${key}: `;
    const part = cut(`${label}${say(value, share - label.length - 2)}`, Math.max(share - 2, 1));
    left -= part.length + 2;
    return part;
  });
  return parts.filter((part) => part !== '…').join(', ');
}

function cut(text: string, max: number): string {
  const room = Math.max(max, 1);
  return text.length <= room ? text : `${text.slice(0, room - 1).trimEnd()}…`;
}
