/** Tells the texts that a person reads exactly from those that look like another text, for the CLI and the page. */
import { escapeUnits } from '../../contracts/data/visible-text.js';
import type { Json } from '../../contracts/data/json.js';

/** Control characters and others without a shape, and unusual spaces that look like a normal one. */
const TRICKY =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u00a0\u2000-\u200a\u202f\u205f\u2800\u3000]/gu;

/** Whether each character of the text is visible. A line break and a tab are visible as they are. */
export function isPlain(text: string): boolean {
  return text !== '' && text === text.trim() && text.replace(/[\n\t]/g, '').search(TRICKY) === -1;
}

/** Whether the text is JSON, and so looks like the value that it describes: `100` and `null` are. */
export function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** JSON of the same value in which every character is visible. Without an indent, it is one line. */
export function toVisibleJson(value: Json, indent = 2): string {
  return JSON.stringify(value, null, indent).replace(TRICKY, (character) =>
    character === '\n' ? character : escapeUnits(character),
  );
}
