/** The forms of counting questions: which program answers each, and with which parameters. */
import type { ProgramName } from './program-sources.js';

export interface Reading {
  readonly program: ProgramName;
  /** As in the question, still with quotation marks and places ("in zod"). */
  readonly terms: readonly string[];
  /** The place that the form itself names. */
  readonly place?: string | undefined;
  readonly measure: 'times' | 'lines' | 'files' | 'packages';
  readonly least: boolean;
  readonly without: boolean;
  readonly directOnly: boolean;
  readonly top: number | undefined;
}

const PACKAGES = String.raw`(?:packages?|dependenc(?:y|ies)|librar(?:y|ies)|modules?)`;
const FILES = String.raw`(?:files?|documents?|pages?)`;
const OWNERS = String.raw`(?:(?:of|among)\s+)?(?:(?:my|our|your|the|all|these|this|installed|project's|(?<direct>direct))\s+)*`;
const MENTION = String.raw`(?:mentions?|uses?|talks?\s+about|refers?\s+to|contains?|names?|says?|describes?|covers?|speaks?\s+of|documents?|includes?)`;
const MENTIONED = String.raw`(?:mentioned|used|named|described|documented|talked\s+about|referred\s+to)`;
/** Verbs about texts only; "used" or "described" can also ask what a thing does. */
const SAY = String.raw`(?:mentions?|names?|refers?\s+to|talks?\s+about|contains?)`;
const SAID = String.raw`(?:mentioned|named|talked\s+about|referred\s+to)`;
const UNIT = String.raw`(?<unit>mentions|occurrences|lines|references|files)`;
const ABOUT = String.raw`(?:about|of|on|with|for|to|mentioning|containing|that\s+mention)`;
const TOP = String.raw`(?:(?<top>\d{1,3}|two|three|four|five|ten)\s+)?`;
const SUPERLATIVE = String.raw`(?:the\s+)?(?<rank>most|least)(?:\s+often|\s+frequently)?`;
const SHIP = String.raw`(?:ships?|has|have|brings?|includes?|contains?|provides?|comes?\s+with)(?:\s+(?:with|their|its|own|any|bundled))*`;
const TYPES = String.raw`(?:type\s*script\s+)?(?:types?(?:\s+(?:declarations?|definitions?))?|typings|declaration\s+files?|\.?d\.ts(?:\s+files?)?)`;
/** Verbs for which a mention is evidence. */
const DO = String.raw`(?:(?:can|do)\s+)?(?:mention|use|support|handle|need|require|rely\s+on|depend\s+on|work\s+with|deal\s+with|offer|provide|implement|export|speak|talk\s+about|are\s+(?:about|for|written\s+in)|(?:run|work)\s+(?:in|on)(?:\s+the)?)`;
const NEGATED = String.raw`(?<not>(?:do|does)(?:\s+not|n['’]t)\s+|never\s+)?`;

/** Tried in this order: the first form that matches the whole question wins. */
const FORMS: readonly (readonly [ProgramName, string])[] = [
  ['compare-terms', String.raw`is\s+(?<a>.+?)\s+${MENTIONED}\s+(?:more|less)(?:\s+often)?\s+than\s+(?<b>.+)`],
  [
    'compare-terms',
    String.raw`(?:which|what)\s+is\s+${MENTIONED}\s+(?:more|most)(?:\s+often)?[,:]\s+(?<a>.+?)\s+or\s+(?<b>.+)`,
  ],
  [
    'compare-terms',
    String.raw`do\s+more\s+(?<packages>${PACKAGES})\s+${MENTION}\s+(?<a>.+?)\s+(?:or|than)\s+(?<b>.+)`,
  ],
  [
    'rank-sizes',
    String.raw`(?:which|what)\s+(?:one\s+)?${TOP}${OWNERS}${PACKAGES}\s+(?:has|have)\s+(?:the\s+)?(?<rank>most|least|fewest)\s+(?:(?<unit>lines|files)(?:\s+of\s+(?:documentation|documents|docs))?|documentation|documents|docs)`,
  ],
  [
    'rank-packages',
    String.raw`(?:which|what)\s+(?:one\s+)?${TOP}${OWNERS}${TOP.replace('top', 'count')}${PACKAGES}\s+(?:has|have)\s+(?:the\s+)?(?<rank>most|fewest)\s+${UNIT}\s+${ABOUT}\s+(?<a>.+)`,
  ],
  [
    'rank-packages',
    String.raw`(?:which|what)\s+(?:one\s+)?${TOP}${OWNERS}${TOP.replace('top', 'count')}${PACKAGES}\s+${MENTION}\s+(?<a>.+?)\s+${SUPERLATIVE}`,
  ],
  [
    'rank-packages',
    String.raw`(?:which|what)\s+(?:is|are)\s+the\s+(?:top\s+)?${TOP}${PACKAGES}\s+(?:by\s+(?<unit>mentions|lines|files)\s+(?:of|about|with)|that\s+most\s+(?:often\s+)?mentions?)\s+(?<a>.+)`,
  ],
  [
    'rank-files',
    String.raw`(?:in\s+)?(?:which|what)\s+${TOP}${FILES}(?:\s+(?:of|in|from)\s+(?<place>\S+(?:\s+package)?))?\s+(?:has|have|contains?)\s+(?:the\s+)?(?<rank>most|fewest)\s+${UNIT}\s+${ABOUT}\s+(?<a>.+)`,
  ],
  [
    'rank-files',
    String.raw`(?:in\s+)?(?:which|what)\s+${TOP}${FILES}(?:\s+(?:of|in|from)\s+(?<place>\S+(?:\s+package)?))?\s+${MENTION}\s+(?<a>.+?)\s+${SUPERLATIVE}`,
  ],
  [
    'rank-files',
    String.raw`in\s+(?:which|what)\s+file(?:\s+(?:of|in|from)\s+(?<place>\S+))?\s+is\s+(?<a>.+?)\s+${MENTIONED}\s+${SUPERLATIVE}`,
  ],
  ['count-typed', String.raw`how\s+many\s+${OWNERS}${PACKAGES}\s+${NEGATED}${SHIP}\s+${TYPES}`],
  [
    'count-typed',
    String.raw`(?:which|what)\s+${OWNERS}${PACKAGES}\s+${NEGATED}${SHIP}\s+(?:the\s+most\s+)?${TYPES}`,
  ],
  ['count-packages', String.raw`how\s+many\s+${OWNERS}${PACKAGES}\s+${NEGATED}${MENTION}\s+(?<a>.+)`],
  ['count-packages', String.raw`(?:in\s+)?how\s+many\s+${OWNERS}${PACKAGES}\s+is\s+(?<a>.+?)\s+${MENTIONED}`],
  [
    'count-packages',
    String.raw`(?:which|what)\s+${OWNERS}${PACKAGES}\s+${NEGATED.replace(/\?$/, '')}${MENTION}\s+(?<a>.+)`,
  ],
  // A question about what the reader's own packages do is answered by what their documents mention.
  [
    'count-packages',
    String.raw`(?:which|what)\s+(?:of\s+)?(?:my|our)\s+(?:(?<direct>direct)\s+)?(?:packages|dependencies|libraries|modules)\s+${DO}\s+(?<a>(?:"[^"]+"|\S+)(?:\s+\S+)?)`,
  ],
  // A list of what mentions one name; a question with more words goes to the search.
  [
    'count-packages',
    String.raw`(?:which|what)\s+${OWNERS}(?:packages|dependencies|libraries|modules)\s+mention\s+(?<a>\S+|"[^"]+")`,
  ],
  [
    'count-files',
    String.raw`how\s+many\s+${FILES}(?:\s+(?:of|in|from)\s+(?<place>\S+))?\s+${NEGATED}${MENTION}\s+(?<a>.+)`,
  ],
  [
    'count-mentions',
    String.raw`how\s+many\s+(?<unit>lines)(?:\s+(?:of|in)\s+(?<place>\S+))?\s+${MENTION}\s+(?<a>.+)`,
  ],
  [
    'count-mentions',
    String.raw`how\s+(?:often|many\s+times)\s+(?:is|are)\s+(?<a>.+?)\s+${SAID}(?:\s+(?:in|by)\s+(?<in>.+))?`,
  ],
  [
    'count-mentions',
    String.raw`how\s+(?:often|many\s+times)\s+(?:does|do)\s+(?<place>\S+)\s+${SAY}\s+(?<a>.+)`,
  ],
  [
    'count-mentions',
    String.raw`how\s+many\s+(?:mentions|occurrences)\s+of\s+(?<a>.+?)\s+(?:are\s+there|exist|do\s+(?:i|we)\s+have)(?:\s+in\s+(?<in>.+))?`,
  ],
  [
    'count-corpus',
    String.raw`how\s+many\s+${OWNERS}(?:(?<packages>${PACKAGES})|(?<unit>files|lines)(?:\s+of\s+documentation)?|documents)\s+(?:are\s+(?:there|installed)|do\s+(?:i|we)\s+have|does\s+(?:this|my|the)\s+project\s+have)(?:\s+in\s+(?<in>.+))?`,
  ],
].map(([program, form]) => [program as ProgramName, form as string]);

const COMPILED = FORMS.map(([program, form]) => [program, new RegExp(`^${form}$`, 'iu')] as const);

/** How a question is read, or undefined if it does not ask for such a number. */
export function readForm(question: string): Reading | undefined {
  const plain = question
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[?.!\s]+$/, '');
  for (const [program, form] of COMPILED) {
    const found = form.exec(plain)?.groups;
    if (found === undefined) continue;
    const { a, b, place, in: inside, rank, unit, not, direct, packages, top, count } = found;
    return {
      program,
      terms: [a, b].filter((term) => term !== undefined),
      place: place ?? inside,
      measure: measureOf(program, unit, packages !== undefined),
      least: /least|fewest/i.test(rank ?? ''),
      without: not !== undefined,
      directOnly: direct !== undefined,
      top: numberOf(top ?? count),
    };
  }
  return undefined;
}

function measureOf(program: ProgramName, unit: string | undefined, packages: boolean): Reading['measure'] {
  if (packages) return 'packages';
  const named = unit?.toLowerCase();
  if (named === 'lines' || named === 'files') return named;
  if (program === 'rank-sizes' || program === 'rank-files') return 'lines';
  return program === 'count-corpus' ? 'files' : 'times';
}

const WORDS: Readonly<Record<string, number>> = { two: 2, three: 3, four: 4, five: 5, ten: 10 };

function numberOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  return WORDS[text.toLowerCase()] ?? Math.min(50, Math.max(1, Number(text)));
}
