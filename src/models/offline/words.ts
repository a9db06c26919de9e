/**
 * Words of a text, for ranking: Unicode words in lower case, code identifiers whole and in parts, without
 * English stop words, reduced to their stems. The same text always gives the same terms.
 */
import { stemmer } from 'stemmer';

/** Letters and digits, joined by `_`, `-`, `.` or `'` if both neighbours belong to the word. */
const WORD = /[\p{L}\p{N}\p{M}$]+(?:[_\-.'’]+[\p{L}\p{N}\p{M}$]+)*/gu;

/** Most words need no cutting, and checking for it takes most of the time. */
const PLAIN = /^[a-z]+$/;

/** Where camelCase words split: fooBar, HTTPServer, utf8Bytes, port80. */
const CAMEL = /(?<=\p{Ll})(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})|(?<=\p{N})(?=\p{L})|(?<=\p{L})(?=\p{N})/u;

/** Scripts without spaces; their runs are cut into overlapping pairs of characters. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]+/gu;

const STOP_WORD_LIST = `a about above after again against all also am an and any are aren't as at be because been before
being below between both but by can can't cannot could couldn't did didn't do does doesn't doing don't down during each
either else ever every few for from further get gets got had hadn't has hasn't have haven't having he her here hers him
his how i i'm if in into is isn't it its itself just let let's like may me might more most must my no nor not of off on
once one only or other our ours out over own please same shall she should shouldn't so some such than that the their
theirs them then there these they this those through to too under until up upon us very was wasn't we were weren't what
when where which while who whom whose why will with won't would wouldn't you your yours yourself`;

/** English words without a topic. Lower case, unstemmed. */
export const STOP_WORDS: ReadonlySet<string> = new Set(STOP_WORD_LIST.split(/\s+/));

/**
 * Splits a text into lower-case words in order. A code identifier or a dotted, hyphenated or snake-case name
 * gives the whole and then its parts: `callModel` → `callmodel`, `call`, `model`. Stop words stay.
 */
export function tokenize(text: string): string[] {
  const tokens: string[] = [];
  for (const [match] of text.normalize('NFKC').matchAll(WORD)) {
    if (PLAIN.test(match)) {
      tokens.push(match);
      continue;
    }
    const word = match.replace(/’/g, "'").replace(/'s$/i, '');
    const rest = word.replace(UNSPACED, (run) => {
      tokens.push(...toPairs(run));
      return ' ';
    });
    for (const piece of rest.split(' ')) if (piece !== '') tokens.push(...splitWord(piece));
  }
  return tokens;
}

/**
 * The terms by which a text is ranked: its tokens without stop words, as stems. Use it for both the query and
 * the text.
 */
export function listTerms(text: string): string[] {
  return tokenize(text)
    .filter((token) => !STOP_WORDS.has(token))
    .map(stem);
}

/** The share of `left`'s distinct terms that `right` has too: 0 to 1, and 0 for a text without terms. */
export function computeOverlap(left: string, right: string): number {
  const wanted = new Set(listTerms(left));
  if (wanted.size === 0) return 0;
  const present = new Set(listTerms(right));
  let shared = 0;
  for (const term of wanted) if (present.has(term)) shared += 1;
  return shared / wanted.size;
}

/**
 * Reduces an English word to its stem, like SQLite's `porter`: `retries`, `retried` and `retry` become one.
 * It changes only lower-case ASCII words of three letters or more.
 */
export function stem(word: string): string {
  return /^[a-z]{3,}$/.test(word) ? stemmer(word) : word;
}

function splitWord(word: string): string[] {
  const whole = word.toLowerCase();
  if (STOP_WORDS.has(whole)) return [whole];
  const parts = word.split(/[_\-.']+/).flatMap((part) => part.split(CAMEL));
  const named = parts.filter((part) => part !== '').map((part) => part.toLowerCase());
  return named.length > 1 ? [whole, ...named] : [whole];
}

function toPairs(run: string): string[] {
  const characters = Array.from(run);
  if (characters.length < 2) return characters;
  return characters.slice(1).map((character, index) => `${characters[index] ?? ''}${character}`);
}
