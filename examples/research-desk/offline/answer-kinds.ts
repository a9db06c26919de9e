/** Kinds of answers that are recognisable by their form: "24 °C" answers "what temperature" without the word. */
export interface AnswerKind {
  readonly words: ReadonlySet<string>;
  readonly shows: RegExp;
}

const NUMBER =
  '(?:\\d[\\d.,]*|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|sixty|ninety)';
const MONTH = 'january|february|march|april|may|june|july|august|september|october|november|december';

function kind(words: string, shows: string): AnswerKind {
  return { words: new Set(words.split(' ')), shows: new RegExp(shows, 'iu') };
}

export const answerKinds: readonly AnswerKind[] = [
  kind(
    'temperature temperatures hot warm cold heat degrees',
    '\\d\\s*°|°\\s*[CF]\\b|\\d\\s*(?:degrees|kelvin)\\b',
  ),
  kind(
    'often frequency frequently regularly',
    `\\b(?:once|twice|${NUMBER} times?)\\s+(?:a|an|per|every|each|over|within)\\b|\\b(?:up to|at most) ${NUMBER} times|\\bevery\\s+(?:${NUMBER}|day|week|month|year|hour|morning|\\w+day)|\\b(?:daily|weekly|monthly|yearly|annually|hourly)\\b`,
  ),
  kind(
    'long duration time soon interval',
    `${NUMBER}[\\s-]*(?:ms|milliseconds?|s|seconds?|min|minutes?|h|hours?|days?|weeks?|months?|years?)\\b`,
  ),
  kind(
    'cost costs price prices fee fees spend pay paid expensive money',
    '[€$£¥]\\s*\\d|\\d\\s*(?:€|\\$|£|¥|EUR|USD|GBP|CHF|dollars?|euros?|pounds?)',
  ),
  kind(
    'year date born founded built signed',
    `\\b1[0-9]{3}\\b|\\b20[0-9]{2}\\b|\\b\\d{1,2}\\.?\\s+(?:${MONTH})\\b|\\b(?:${MONTH})\\s+\\d`,
  ),
  kind(
    'far distance tall high deep wide',
    `${NUMBER}\\s*(?:mm|cm|m|km|metres?|meters?|kilomet(?:re|er)s?|miles?|feet|foot|inch(?:es)?)\\b`,
  ),
  kind(
    'heavy weight weigh weighs',
    `${NUMBER}\\s*(?:mg|g|kg|grams?|kilograms?|tons?|tonnes?|pounds?|lbs?|ounces?|oz)\\b`,
  ),
  kind('share percentage percent proportion', '\\d\\s*(?:%|percent|per cent)'),
];

/** Whether a text gives a number of the thing: "27 layers", "28 days of paid leave" for "layers", "days". */
export function counts(text: string, stemmed: string, stemsOf: (text: string) => string[]): boolean {
  const near = text.matchAll(
    new RegExp(`(?<![\\p{L}\\d])${NUMBER}\\s+((?:[\\p{L}-]+\\s+){0,2}?[\\p{L}-]+)`, 'giu'),
  );
  return [...near].some(([, words = '']) => stemsOf(words).includes(stemmed));
}
