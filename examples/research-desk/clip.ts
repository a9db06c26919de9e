/** Shortens a text for a line or a quotation. Pure. */

/** At most `max` characters. A character of two code units, such as an emoji, is kept whole or left out. */
export function clip(text: string, max: number): string {
  const cut = text.slice(0, Math.max(0, max));
  return cut.length < text.length && /[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut;
}
