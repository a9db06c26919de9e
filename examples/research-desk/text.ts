/** The text algorithms that index, search and offline models share, so that all of them use the same words. */
import { stem as stemWord, STOP_WORDS, tokenize } from '@batonhq/baton/worker';

export { plainText, sentences, STOP_WORDS, tokenize } from '@batonhq/baton/worker';

const MEMORY = 50_000;
const known = new Map<string, string>();

/** A word's stem, cached: ranking asks for the same few thousand words repeatedly. */
export function stem(word: string): string {
  let found = known.get(word);
  if (found === undefined) {
    found = stemWord(word);
    if (known.size >= MEMORY) known.clear();
    known.set(word, found);
  }
  return found;
}

/** The stems of a text in order, without stop words. */
export function terms(text: string): string[] {
  return tokenize(text)
    .filter((token) => !STOP_WORDS.has(token))
    .map(stem);
}

/** A word without an English plural ending, which changes it less than stemming. */
export function singular(word: string): string {
  return word.length > 3 ? word.replace(/(?<![su])s$/, '') : word;
}
