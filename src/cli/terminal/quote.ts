/** A word as a shell takes it: in quotes where it needs them. */
export function quoteWord(text: string): string {
  return /^[\w./:@-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
