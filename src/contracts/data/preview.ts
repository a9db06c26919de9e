/** A value in one short line, for a summary or a list: readable text, not JSON. */
import { isJsonObject, type Json } from './json.js';

/** At most `max` characters. An object's parts share them: the longest are cut first, so that every part is visible. */
export function clip(value: Json | undefined, max = 120): string {
  if (value === undefined) return '';
  if (!isJsonObject(value)) return cutPreview(say(value), max);
  const parts = Object.entries(value).map(([key, part]) => `${key}: ${say(part)}`);
  return cutPreview(shorten(parts, max).join(', '), max);
}

/** A part is readable with this many characters. */
const ROOM_OF_A_PART = 40;
/** Deeper parts are shortened to a few words. */
const DEPTH = 6;

/**
 * Clips all parts of a value, each with its path. If there are too many, it keeps the first ones and counts the others.
 */
export function clipDeep(value: Json | undefined, max: number): string {
  if (typeof value !== 'object' || value === null) return clip(value, max);
  const all = listParts(value, '', DEPTH);
  const kept = all.slice(0, Math.max(1, Math.floor(max / ROOM_OF_A_PART)));
  const more = all.length === kept.length ? '' : ` and ${all.length - kept.length} more`;
  return cutPreview(`${shorten(kept, max - more.length).join(', ')}${more}`, max);
}

function listParts(value: Json, at: string, depth: number): string[] {
  if (typeof value !== 'object' || value === null || depth === 0) return [`${at}: ${say(value)}`];
  const entries = Object.entries(value);
  if (entries.length === 0) return at === '' ? [] : [`${at}: ${say(value)}`];
  return entries.flatMap(([key, part]) => listParts(part, at === '' ? key : `${at}.${key}`, depth - 1));
}

/** A part in a few words: the naming value of a nested object, or the number of objects in a list. */
function say(value: Json): string {
  if (typeof value === 'string') return value.replace(/\s+/g, ' ').trim();
  if (Array.isArray(value)) return sayList(value);
  if (!isJsonObject(value)) return String(value);
  const name = Object.values(value).find((part) => typeof part !== 'object');
  return name === undefined ? '…' : say(name);
}

function sayList(list: readonly Json[]): string {
  const [first, ...rest] = list;
  if (first === undefined) return 'none';
  if (typeof first === 'object' && first !== null)
    return list.length === 1 ? '1 item' : `${list.length} items`;
  return rest.length === 0 ? say(first) : `${cutPreview(say(first), 60)} and ${rest.length} more`;
}

/** Cuts the longest parts until all fit, separators included. */
function shorten(parts: readonly string[], max: number): string[] {
  let room = max - 2 * (parts.length - 1);
  let left = parts.length;
  let limit = Infinity;
  for (const length of parts.map((part) => part.length).toSorted((a, b) => a - b)) {
    const share = Math.floor(room / left);
    if (length > share) {
      limit = share;
      break;
    }
    room -= length;
    left -= 1;
  }
  return parts.map((part) => cutPreview(part, limit));
}

function cutPreview(text: string, max: number): string {
  const room = Math.max(max, 1);
  if (text.length <= room) return text;
  // Half of a surrogate pair is not a character and cannot be hashed.
  const kept = text.slice(0, findCut(text, room - 1)).replace(/[\uD800-\uDBFF]$/, '');
  return `${kept.trimEnd()}…`;
}

/** A word, or the groups of a number that are separated by spaces. */
const WORD = /\S+(?:(?<=\d)[ \u00a0\u2009\u202f]\d\S*)*/g;

/**
 * Where to cut a text that is too long. A number, a date or an id is never cut: it is there as a whole, or not at all.
 */
export function findCut(text: string, room: number): number {
  for (const { index, 0: word } of text.matchAll(WORD)) {
    if (index >= room) break;
    const end = index + word.replace(/[^\p{L}\p{N}]+$/u, '').length;
    if (end > room && /\d/.test(word)) return index;
  }
  return room;
}
