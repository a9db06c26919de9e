/** How well a statement matches the form of the question, independent of its topic. */
import { singular, STOP_WORDS, terms as stemsOf, tokenize } from '../text.js';
import { counts } from './answer-kinds.js';
import type { Intent } from './question.js';
import type { CoreTerm } from './relevance.js';
import { LEANING } from './leaning.js';
import type { Passage, Statement } from './statements.js';

/** A package's first statement about itself is its best definition. */
const OPENS = 0.2;

/** The form that the question prefers: a definition, a number, a reason, an instruction. From -0.3 to 0.2. */
export function fitness(
  statement: Statement,
  passage: Passage,
  intent: Intent,
  core: readonly CoreTerm[],
): number {
  const { text } = statement;
  const brief = ['fact', 'yes-no', 'definition'].includes(intent);
  let value = (isNamed(passage, core) ? 0.07 : 0) + (spellsCode(told(text), core) ? 0.05 : 0);
  if (told(text).length < 60 && statement.code === undefined)
    value -= told(text).length < (brief ? 20 : 30) ? 0.12 : brief ? 0 : 0.04;
  if (text.endsWith('?')) value -= 0.15;
  if (LEANING.test(told(text))) value -= 0.08;
  if (text.endsWith(':') && statement.code === undefined) value -= 0.12;
  if (/^(?:`[\w.$]+`|Returns|Throws|See|Default): /.test(text)) value -= intent === 'definition' ? 0.25 : 0.1;
  if (/\bdeprecated\b/i.test(text)) value -= 0.2;
  if (
    /^(?:see|refer to|read|check out|for more|more (?:info|details)|learn more|click)\b/i.test(text) &&
    text.length < 160
  )
    value -= 0.15;
  // Of two statements that cover the same, the shorter one reads better; a fact should be short.
  const ample = brief ? 40 : 260;
  value += (brief ? 0.12 : 0.06) * Math.min(1, ample / Math.max(text.length, 1));
  return value + Math.min(OPENS + 0.05, preference(statement, passage, intent, core));
}

/** The text about a declaration, without its signature. */
function told(text: string): string {
  return text.replace(/^`[^`]+` — /, '');
}

/** Whether the innermost title, or one of two words above it, consists of words of the question. */
export function isNamed({ heading }: Passage, core: readonly CoreTerm[]): boolean {
  const titles = heading.split(' › ').slice(-2);
  return titles.some((title, at) => {
    const words = tokenize(title).filter((word) => !STOP_WORDS.has(word));
    // The first word of a compound is the whole of it: RetryPolicy, retry, policy.
    const parts = words.length > 2 && words[0] === words.slice(1).join('') ? words.slice(1) : words;
    const innermost = at === titles.length - 1;
    return (
      parts.length > (innermost ? 0 : 1) &&
      parts.length <= 6 &&
      parts.every((word) => core.some((term) => singular(term.word) === singular(word)))
    );
  });
}

/** Whether the text contains a word of the question as code: `parse`, `.parse()`. */
function spellsCode(text: string, core: readonly CoreTerm[]): boolean {
  const code = [...text.matchAll(/`([^`\n]{1,60})`|\b([\w$.]+)\(/g)].map(
    ([, quoted, called]) => quoted ?? called ?? '',
  );
  const spelled = new Set(
    code.map(
      (piece) =>
        piece
          .replace(/[(<].*$/, '')
          .split('.')
          .at(-1)
          ?.toLowerCase() ?? '',
    ),
  );
  return core.some(({ word }) => spelled.has(word));
}

function isDeclared({ file }: Passage): boolean {
  return /\.d\.[mc]?ts$/.test(file);
}

/** Whether it is a package's first statement about itself. */
function opensReadme({ file, startLine, heading }: Passage): boolean {
  const title = heading.split(' › ').slice(1).join(' ');
  const opens = startLine < 25 && title === '';
  return (
    /(?:^|[\\/])readme[^\\/]*$/i.test(file) &&
    (opens || /^\P{L}*(?:features|overview|introduction|about|what is .*)$/iu.test(title))
  );
}

/** 1 at the top of a file, a quarter from line 25 on. */
function earliness(line: number): number {
  return Math.max(0.25, 1 - line / 30);
}

function preference(
  { text, code, startLine }: Statement,
  passage: Passage,
  intent: Intent,
  core: readonly CoreTerm[],
): number {
  const opening = told(text).slice(0, 90);
  switch (intent) {
    case 'how':
      return forInstruction(text, code !== undefined, isDeclared(passage));
    case 'definition':
      return (opensReadme(passage) ? OPENS * earliness(startLine) : 0) + forDefinition(text, opening, core);
    case 'why':
      return /\b(?:because|since|due to|so that|reason|caused?|otherwise)\b/i.test(text) ? 0.12 : 0;
    case 'fact':
      return forFact(text, core);
    case 'behaviour':
      return /\b(?:by default|will|is (?:thrown|returned|displayed|called|ignored|rejected)|throws|returns|when|if)\b/i.test(
        text,
      )
        ? 0.07
        : 0;
    case 'which':
      return /;|,.*,|\bone of\b|"\w+"\s*\||\b(?:following|available|supported|options?)\b/i.test(text)
        ? 0.06
        : 0;
    case 'yes-no':
      return /\b(?:supports?|can|cannot|can't|allows?|does not|doesn't|must|only|not)\b/i.test(text)
        ? 0.06
        : 0;
    case 'compare':
      return (
        (core.some(({ word }) => tokenize(opening).includes(word)) ? 0.06 : 0) +
        (/\b(?:instead|unlike|whereas|while|in contrast|rather than|same as|alias|difference|compared|however|avoid)\b/i.test(
          text,
        )
          ? 0.1
          : 0)
      );
    case 'open':
      return 0;
  }
}

function forInstruction(text: string, hasCode: boolean, declared: boolean): number {
  return (
    (hasCode ? (declared ? 0.08 : 0.12) : 0) -
    (!hasCode && declared && !/^`[^`]*\(/.test(text) ? 0.05 : 0) +
    (/\b(?:you can|used? to|use|call|set|pass|to \w+,|by \w+ing)\b/i.test(text) ? 0.06 : 0)
  );
}

function forDefinition(text: string, opening: string, core: readonly CoreTerm[]): number {
  const defines =
    /\b(?:is|are|was|were|means|refers to|represents|provides)\s+(?:an?|the|any|one|what|used)\b/i.test(
      opening,
    );
  const begins = core.some(({ stem: wanted }) => stemsOf(text).slice(0, 3).includes(wanted));
  return (
    (defines && begins ? 0.2 : defines ? 0.06 : begins ? 0.05 : 0) +
    (/— (?:An?|The)\s/.test(opening) ? 0.03 : 0)
  );
}

function forFact(text: string, core: readonly CoreTerm[]): number {
  const shown = core.some(({ kind }) => kind?.shows.test(text));
  const counted = core
    .filter(({ base }) => base === 1)
    .slice(0, 2)
    .some(({ stem: wanted }) => counts(text, wanted, stemsOf));
  return shown || counted ? 0.14 : /\d/.test(text) ? 0.05 : 0;
}
