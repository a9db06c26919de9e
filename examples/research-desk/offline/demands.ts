/**
 * The demands of a question on a statement, besides shared words: a length for a question about a length, a
 * default for a question about a default, and the right subject for one side of a comparison.
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

/** Whether the statement has the form that the question asks for. If not, it may be close, but does not answer. */
export function meets(question: string, intent: Intent, statement: Statement): boolean {
  // "This reads it from the environment": the subject is missing.
  if (['yes-no', 'fact', 'definition'].includes(intent) && LEANING.test(statement.text)) return false;
  const measure = MEASURE.exec(question)?.[1]?.toLowerCase();
  const kind = measure === undefined ? undefined : answerKinds.find(({ words }) => words.has(measure));
  if (kind !== undefined && !kind.shows.test(statement.text)) return false;
  if (WANTS_NOT.test(question) && !TELLS_NOT.test(statement.text)) return false;
  const wantsDefault = intent === 'fact' && /\bdefaults?\b/i.test(question);
  return !wantsDefault || TELLS_DEFAULT.test(`${statement.text} ${statement.code ?? ''}`);
}

/** Whether a statement is about one side of a comparison: its title names it, or the statement starts with it. */
export function isAbout(side: string, { text, code }: Statement, { heading, file }: Passage): boolean {
  const wanted = wholeWords(side.replace(/\s+(?:in|with|for|of|on)\s+\S+$/i, ''));
  const title = wholeWords(heading.split(' › ').at(-1) ?? '');
  // A comment is about the declaration below it, and only mentions other names.
  const opening = /\.d\.[mc]?ts$/.test(file) ? [] : wordsOf(`${text.slice(0, 140)} ${code ?? ''}`);
  const holds = (words: readonly string[]): boolean => wanted.some((word) => words.includes(word));
  return wanted.length === 0 || holds(title) || holds(opening);
}

/** Whether a statement is not worth showing, even if close: empty ones, and a package's history unless asked for. */
export function isMute(statement: Statement, passage: Passage, question: string): boolean {
  const history = passage.package !== undefined && CHANGE_LOG.test(passage.file);
  return (history && !ABOUT_CHANGES.test(question)) || isEmpty(statement, passage);
}

/** Statements without content: an unresolved reference, a pointer to a file, a title. */
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

/** Whole names, so that "merge" does not match `mergeMap`; of a dotted name also its last part. */
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
