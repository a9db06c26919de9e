/** Values in queries of visibility: an id or a name may hold any character. */

/** As a literal of a query. */
export function quoteValue(value: string): string {
  return `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
