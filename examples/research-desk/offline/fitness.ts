/** How well a statement suits the form of the question, whatever it is about. */
import { singular, STOP_WORDS, terms as stemsOf, tokenize } from '../text.js';
import { counts } from './answer-kinds.js';
import type { Intent } from './question.js';
import type { CoreTerm } from './relevance.js';
import { LEANING, type Passage, type Statement } from './statements.js';

/** What the form of the question prefers: a definition, a number, a reason, a way to do it. From -0.3 to 0.2. */
export function fitness(
  statement: Statement,
  passage: Passage,
  intent: Intent,
  core: readonly CoreTerm[],
): number {
  const { text } = statement;
  let value = (isNamed(passage, core) ? 0.07 : 0) + (spellsCode(told(text), core) ? 0.05 : 0);
  if (told(text).length < 60 && statement.code === undefined) value -= told(text).length < 30 ? 0.12 : 0.04;
  if (text.endsWith('?')) value -= 0.15;
  if (LEANING.test(told(text))) value -= 0.08;
  if (text.endsWith(':') && statement.code === undefined) value -= 0.12;
  if (/^(?:`[\w.$]+`|Returns|Throws|See|Default): /.test(text)) value -= 0.1;
  if (/\bdeprecated\b/i.test(text)) value -= 0.2;
  if (
    /^(?:see|refer to|read|check out|for more|more (?:info|details)|learn more|click)\b/i.test(text) &&
    text.length < 160
  )
    value -= 0.15;
  // Of two statements that cover the same, the shorter is the better one to read; a fact wants to stand alone.
  const ample = intent === 'fact' || intent === 'yes-no' ? 140 : 260;
  value += 0.06 * Math.min(1, ample / Math.max(text.length, 1));
  return value + Math.min(0.2, preference(statement, intent, core));
}

/** What is said of a declaration, without its signature. */
function told(text: string): string {
  return text.replace(/^`[^`]+` — /, '');
}

/** Whether the innermost title is made of words of the question. */
function isNamed({ heading }: Passage, core: readonly CoreTerm[]): boolean {
  const title = tokenize(heading.split(' › ').at(-1) ?? '').filter((word) => !STOP_WORDS.has(word));
  return (
    title.length > 0 &&
    title.length <= 6 &&
    title.every((word) => core.some((term) => singular(term.word) === singular(word)))
  );
}

/** Whether a word of the question stands in the text as code: `parse`, `.parse()`. */
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

function preference({ text, code }: Statement, intent: Intent, core: readonly CoreTerm[]): number {
  const opening = told(text).slice(0, 90);
  switch (intent) {
    case 'how':
      return (
        (code === undefined ? 0 : 0.08) +
        (/\b(?:you can|used? to|use|call|set|pass|to \w+,|by \w+ing)\b/i.test(text) ? 0.06 : 0)
      );
    case 'definition': {
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
    case 'why':
      return /\b(?:because|since|due to|so that|reason|caused?|otherwise)\b/i.test(text) ? 0.12 : 0;
    case 'fact': {
      const shown = core.some(({ kind }) => kind?.shows.test(text));
      const counted = core
        .filter(({ base }) => base === 1)
        .slice(0, 2)
        .some(({ stem: wanted }) => counts(text, wanted, stemsOf));
      return shown || counted ? 0.14 : /\d/.test(text) ? 0.05 : 0;
    }
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
        (core.some(({ word }) =>
          new RegExp(
            `(?<![\\p{L}\\p{N}])${word.replace(/[^\p{L}\p{N}]/gu, '\\$&')}(?![\\p{L}\\p{N}])`,
            'iu',
          ).test(opening),
        )
          ? 0.06
          : 0) +
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
