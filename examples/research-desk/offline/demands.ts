/**
 * What a question demands of a statement beyond sharing its words: that a length is told where a length is asked for,
 * a default where a default is, that a side of a comparison is what the statement is about.
 */
import { singular, STOP_WORDS, terms as stemsOf, tokenize } from '../text.js';
import { answerKinds } from './answer-kinds.js';
import type { Intent } from './question.js';
import { LEANING } from './leaning.js';
import type { Passage, Statement } from './statements.js';

const MEASURE = /^how\s+(long|often|soon|hot|warm|far|tall|high|deep|heavy|expensive)\b/i;
const TELLS_DEFAULT = /\bdefaults?(?:\s+(?:to|is|are|value)\b|:|`?\s*=)|\bby default\b|\(default|default\)/i;
const WANTS_NOT =
  /\b(?:cannot|can't|(?:can|may|must|should)\s+(?:i|we|you)\s+not|not\s+(?:allowed|possible|permitted|supported))\b/i;
const TELLS_NOT =
  /\b(?:not|cannot|can't|never|don't|doesn't|isn't|must|forbidden|disallowed|unsupported|unavailable|restrict\w*|limit\w*)\b/i;
const ABOUT_CHANGES =
  /\b(?:changed?|changes|new|since|version|release[ds]?|migrat\w+|upgrad\w+|breaking|fixed|history|removed|added)\b/i;
const CHANGE_LOG = /(?:^|[\\/])(?:changelog|changes|history|news|releases?)[^\\/]*$/i;

/** Whether the statement is of the form that the question wants. One that is not may be near, but answers nothing. */
export function meets(question: string, intent: Intent, statement: Statement): boolean {
  // "This reads it from the environment": what does?
  if (['yes-no', 'fact', 'definition'].includes(intent) && LEANING.test(statement.text)) return false;
  const measure = MEASURE.exec(question)?.[1]?.toLowerCase();
  const kind = measure === undefined ? undefined : answerKinds.find(({ words }) => words.has(measure));
  if (kind !== undefined && !kind.shows.test(statement.text)) return false;
  if (WANTS_NOT.test(question) && !TELLS_NOT.test(statement.text)) return false;
  const wantsDefault = intent === 'fact' && /\bdefaults?\b/i.test(question);
  return !wantsDefault || TELLS_DEFAULT.test(`${statement.text} ${statement.code ?? ''}`);
}

/** Whether a statement is about one side of a comparison: named so by its title, or beginning with it. */
export function isAbout(side: string, { text, code }: Statement, { heading, file }: Passage): boolean {
  const wanted = wholeWords(side.replace(/\s+(?:in|with|for|of|on)\s+\S+$/i, ''));
  const title = wholeWords(heading.split(' › ').at(-1) ?? '');
  // A comment tells of what it stands at, and names the rest.
  const opening = /\.d\.[mc]?ts$/.test(file) ? [] : wordsOf(`${text.slice(0, 140)} ${code ?? ''}`);
  const holds = (words: readonly string[]): boolean => wanted.some((word) => words.includes(word));
  return wanted.length === 0 || holds(title) || holds(opening);
}

/** What is not worth showing, however near: a package's history for who does not ask for it, and what says nothing. */
export function isMute(statement: Statement, passage: Passage, question: string): boolean {
  const history = passage.package !== undefined && CHANGE_LOG.test(passage.file);
  return (history && !ABOUT_CHANGES.test(question)) || isEmpty(statement, passage);
}

/** What says nothing by itself: a reference that was not resolved, a pointer to a file, a title. */
function isEmpty({ text, code }: Statement, { heading }: Passage): boolean {
  if (code !== undefined) return false;
  const told = text.replace(/^`[^`]+` — /, '');
  if (/\{@inheritDoc\b/i.test(told) || /^(?:example file|see also|full example)\b/i.test(told)) return true;
  if (told.startsWith('Deprecated: ')) return true;
  const said = stemsOf(told);
  const titles = new Set(stemsOf(heading));
  return (
    said.length === 0 || (said.length <= 6 && said.every((word) => titles.has(word)) && !/\d/.test(told))
  );
}

/** Names undivided, so that `mergeMap` is not met by "merge"; of a dotted one also its last part. */
function wholeWords(text: string): string[] {
  return text
    .split(/[^\p{L}\p{N}_$.]+/u)
    .flatMap((word) => [word, ...(word.includes('.') ? word.split('.').slice(-1) : [])])
    .map((word) => singular(word.toLowerCase()))
    .filter((word) => word !== '' && !STOP_WORDS.has(word));
}

function wordsOf(text: string): string[] {
  return tokenize(text)
    .filter((word) => !STOP_WORDS.has(word))
    .map(singular);
}
