/**
 * The reviewer without a provider: a statement is supported if its citation contains its numbers, its example
 * line by line, and most of its words. It compares letters, and cannot tell a negation from its opposite.
 */
import type { OfflineAnswer } from '@batonhq/baton/worker';
import { ReviewTask, type Claim, type Review, type Verdict } from '../review/shapes.js';
import { terms as stemsOf } from '../text.js';

/**
 * The rest allows for words that are not in the citation: the declaration's name, or the names of a table's
 * columns.
 */
const MOST = 0.65;
const STATES_NOTHING = /\b(?:do(?:es)? not answer|was found|were found|not found)\b/i;

export const review: OfflineAnswer = ({ input }) => ({ output: reviewOf(ReviewTask.parse(input)) });

export function reviewOf({ claims }: ReviewTask): Review {
  return { verdicts: claims.map(verdictOn) };
}

function verdictOn(claim: Claim): Verdict {
  const why = objectionTo(claim);
  return { claim: claim.id, supported: why === undefined, why: why ?? 'Its words stand in what it cites.' };
}

function objectionTo({ text, code, mark, evidence, problem }: Claim): string | undefined {
  if (mark === '') return STATES_NOTHING.test(text) ? undefined : 'It cites nothing.';
  if (evidence === null) return problem ?? 'Nothing stands behind its mark.';
  const held = new Set(stemsOf(evidence));
  const numbers = numbersIn(text).filter((number) => !numbersIn(evidence).includes(number));
  if (numbers.length > 0) return `${numbers.join(', ')} does not stand in what it cites.`;
  const lost = linesOf(code ?? '').find((line) => !squeezed(evidence).includes(squeezed(line)));
  if (lost !== undefined) return `The example does not stand in what it cites: ${lost}`;
  const words = [...new Set(stemsOf(withoutColumns(text)))];
  const missing = words.filter((word) => !held.has(word));
  if (code !== undefined || words.length - missing.length >= MOST * words.length) return undefined;
  return `The cited text does not mention: ${missing.slice(0, 6).join(', ')}.`;
}

/** The statement of a table row includes column names, which are in other lines: "Salt — Amount: 20 g". */
function withoutColumns(text: string): string {
  return text.replace(/(?<= — )[^—:]{1,40}: /g, '');
}

function numbersIn(text: string): string[] {
  return [...text.matchAll(/(?<![\p{L}\d_.-])\d+(?:[.,]\d+)*(?![\p{L}_])/gu)].map(([number]) => number);
}

function linesOf(code: string): string[] {
  return code.split('\n').filter((line) => line.trim() !== '');
}

/** Comment marks before a line of an example do not belong to it. */
function squeezed(text: string): string {
  return text.replace(/^\s*\*/gm, '').replace(/\s+/g, '');
}
