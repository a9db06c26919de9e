/** How a term is found in a text: as a whole word, as a reader would count it. */

/** A name that mixes its letters, as identifiers do. */
const IDENTIFIER = /\p{Ll}.*\p{Lu}|_|\$/u;
const WORD = /[\p{L}\p{N}_$]/u;

/**
 * A global pattern for a term. `AbortSignal` is matched as written and only whole; `retry` in any case; a plain word
 * of four letters or more also with
 * the ending of a plural or, given as a plural, without it.
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
