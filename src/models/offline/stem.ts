/**
 * Porter's stemmer (M. F. Porter, "An algorithm for suffix stripping", Program 14, 1980), with its author's
 * later rules for `-bli` and `-logi`: folds `retries`, `retried` and `retry` together. SQLite's `porter` tokenizer
 * gives the same stems, so that both rank alike.
 */

/** Measure of a stem, the paper's m: how often a consonant follows a vowel, counted in runs. */
function measure(text: string): number {
  return toShape(text).match(/vc/g)?.length ?? 0;
}

/** A word as runs of vowels and consonants: `trouble` → `cvcv`. `y` is a vowel after a consonant. */
function toShape(word: string): string {
  let runs = '';
  let previous = '';
  for (const letter of word) {
    const kind = 'aeiou'.includes(letter) || (letter === 'y' && previous === 'c') ? 'v' : 'c';
    if (kind !== previous) runs += kind;
    previous = kind;
  }
  return runs;
}

const hasVowel = (text: string): boolean => toShape(text).includes('v');
const hasDoubleEnding = (text: string): boolean => /([^aeiou])\1$/.test(text);
/** The paper's *o: consonant, vowel, consonant at the end, the last not w, x or y. */
const hasShortEnding = (text: string): boolean => /[^aeiou][aeiouy][^aeiouwxy]$/.test(text);

// prettier-ignore
const STEP_2: readonly (readonly [string, string])[] = [
  ['ational', 'ate'], ['tional', 'tion'], ['enci', 'ence'], ['anci', 'ance'], ['izer', 'ize'], ['bli', 'ble'],
  ['alli', 'al'], ['entli', 'ent'], ['eli', 'e'], ['ousli', 'ous'], ['ization', 'ize'], ['ation', 'ate'],
  ['ator', 'ate'], ['alism', 'al'], ['iveness', 'ive'], ['fulness', 'ful'], ['ousness', 'ous'], ['aliti', 'al'],
  ['iviti', 'ive'], ['biliti', 'ble'], ['logi', 'log'],
];

// prettier-ignore
const STEP_3: readonly (readonly [string, string])[] = [
  ['icate', 'ic'], ['ative', ''], ['alize', 'al'], ['iciti', 'ic'], ['ical', 'ic'], ['ful', ''], ['ness', ''],
];

// prettier-ignore
const STEP_4 = [
  'ement', 'ance', 'ence', 'able', 'ible', 'ment', 'ant', 'ent', 'ism', 'ate', 'iti', 'ous', 'ive', 'ize', 'ion',
  'al', 'er', 'ic', 'ou',
];

/** Folds an English word to its stem. Anything but a lower-case ASCII word of three letters or more is returned as it is. */
export function stem(word: string): string {
  if (!/^[a-z]{3,}$/.test(word)) return word;
  let result = stripPlural(word);
  result = stripPastAndGerund(result);
  if (result.endsWith('y') && hasVowel(result.slice(0, -1))) result = `${result.slice(0, -1)}i`;
  result = replaceSuffix(result, STEP_2);
  result = replaceSuffix(result, STEP_3);
  result = completeSuffix(result);
  return stripFinalE(result);
}

function stripPlural(word: string): string {
  if (word.endsWith('sses') || word.endsWith('ies')) return word.slice(0, -2);
  return word.endsWith('s') && !word.endsWith('ss') ? word.slice(0, -1) : word;
}

function stripPastAndGerund(word: string): string {
  if (word.endsWith('eed')) return measure(word.slice(0, -3)) > 0 ? word.slice(0, -1) : word;
  const suffix = word.endsWith('ed') ? 2 : word.endsWith('ing') ? 3 : 0;
  const base = word.slice(0, word.length - suffix);
  if (suffix === 0 || !hasVowel(base)) return word;
  if (/(?:at|bl|iz)$/.test(base)) return `${base}e`;
  if (hasDoubleEnding(base) && !/[lsz]$/.test(base)) return base.slice(0, -1);
  return measure(base) === 1 && hasShortEnding(base) ? `${base}e` : base;
}

/** Only the longest suffix that matches counts, whether or not its condition holds. */
function replaceSuffix(word: string, table: readonly (readonly [string, string])[]): string {
  const rule = table
    .filter(([suffix]) => word.endsWith(suffix))
    .sort(([left], [right]) => right.length - left.length)[0];
  if (rule === undefined) return word;
  const base = word.slice(0, -rule[0].length);
  return measure(base) > 0 ? base + rule[1] : word;
}

function completeSuffix(word: string): string {
  const suffix = STEP_4.find((candidate) => word.endsWith(candidate));
  if (suffix === undefined) return word;
  const base = word.slice(0, -suffix.length);
  if (suffix === 'ion' && !/[st]$/.test(base)) return word;
  return measure(base) > 1 ? base : word;
}

function stripFinalE(word: string): string {
  let result = word;
  if (result.endsWith('e')) {
    const base = result.slice(0, -1);
    if (measure(base) > 1 || (measure(base) === 1 && !hasShortEnding(base))) result = base;
  }
  return result.endsWith('ll') && measure(result) > 1 ? result.slice(0, -1) : result;
}
