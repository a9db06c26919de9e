/** How a term is found in a text: as a whole word, the way a reader counts it. */

/** A name with mixed letters, like an identifier. */
const IDENTIFIER = /\p{Ll}.*\p{Lu}|_|\$/u;
const WORD = /[\p{L}\p{N}_$]/u;

/**
 * A global pattern for a term. `AbortSignal` matches only as written and as a whole word; `retry` matches in
 * any case. A plain word of four letters or more also matches with a plural ending or, if it is a plural,
 * without it.
 */
export function termPattern(term: string): RegExp {
  const given = term.trim().replace(/\s+/g, ' ');
  const exact = IDENTIFIER.test(given);
  const plain = exact ? given : given.replace(/(?<=\p{L}{3}[^su])s$/u, '');
  const escaped = plain.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&').replaceAll(' ', '\\s+');
  const before = WORD.test(plain.charAt(0)) ? '(?<![\\p{L}\\p{N}_$])' : '';
  const after = WORD.test(plain.at(-1) ?? '') ? '(?![\\p{L}\\p{N}_$])' : '';
  const plural = !exact && /\p{L}{3}[\p{L}]$/u.test(plain) ? 's?' : '';
  return new RegExp(before + escaped + plural + after, exact ? 'gu' : 'giu');
}
