/**
 * What comes from models, tools and callers may hold control characters that would move the cursor, change colours
 * or turn the direction of text, and so show a person another action than the one they approve. They are made visible.
 */
const CONTROL = /(?![\n])[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** The same value, with every text in it fit for a terminal. Line breaks stay; a tab is four spaces. */
export function escapeText<T>(value: T): T {
  return clean(value) as T;
}

function clean(value: unknown): unknown {
  if (typeof value === 'string') return cleanText(value);
  if (Array.isArray(value)) return value.map(clean);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [cleanText(name), clean(part)]));
}

function cleanText(text: string): string {
  return text
    .replace(/\r\n/g, '\n')
    .replace(/\t/g, '    ')
    .replace(CONTROL, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
