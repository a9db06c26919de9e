/**
 * Words that the index stores in addition to a text's own words, so that parts of words can be found: the
 * parts of compound identifiers (`nextRetryDelay` is also "next", "retry", "delay"), and pairs of characters
 * for scripts without spaces.
 */
import { tokenize } from '../text.js';

const RUN = /[\p{L}\p{N}\p{M}]+/gu;
const COMPOUND = /\p{Ll}\p{Lu}|\p{Lu}{2}\p{Ll}|\p{L}\p{N}|\p{N}\p{L}/u;
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

export function hiddenWords(text: string): string {
  const hidden = new Set<string>();
  const seen = new Set<string>();
  for (const [run] of text.matchAll(RUN)) {
    if (seen.has(run) || run.length > 200) continue;
    seen.add(run);
    if (COMPOUND.test(run) || UNSPACED.test(run)) {
      const whole = run.toLowerCase();
      for (const part of tokenize(run)) if (part !== whole && part.length > 1) hidden.add(part);
    }
  }
  return [...hidden].join(' ');
}
