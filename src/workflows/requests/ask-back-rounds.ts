/** The rounds of questions and answers on a request: pure transitions of the request, limited in rounds and bytes. */
import type { Decision } from '../../contracts/requests/decision.js';
import type { AskedBack } from '../../contracts/requests/request-parts.js';
import type { ApprovalRequest } from '../../contracts/requests/approval.js';
import { BatonError } from '../../contracts/errors.js';
import type { Json } from '../../contracts/data/json.js';
import { cutToBytes, cutToJsonBytes } from '../../contracts/data/within-bytes.js';

/** How often people may ask back on one request. */
const ASK_BACK_ROUNDS = 5;

/** The limit in bytes for the questions of one round, and for its answers: both are written to the history. */
const ASK_BACK_BYTES = 4_096;

/** The outcome of a round. */
export type RoundsEnd =
  { readonly answers: readonly Json[]; readonly by: string } | { readonly problem: string };

/**
 * The request with one more round. Votes, revision and digest stay, because the action is the same.
 *
 * @throws {BatonError} `DECISION_INVALID` for a round above the limit, and for questions that are too long or were asked
 * already.
 */
export function addQuestions(
  request: ApprovalRequest,
  { questions = [] }: Decision,
  by: string,
  askedAt: string,
): ApprovalRequest {
  const { id, conversation = [] } = request;
  const refused = (why: string): BatonError =>
    new BatonError('DECISION_INVALID', `Request ${id} ${why} Decide on what is known.`, { request: id });
  if (conversation.length >= ASK_BACK_ROUNDS)
    throw refused(`has been asked back ${ASK_BACK_ROUNDS} times, which is as often as it can be.`);
  const text = questions.join('\n');
  if (cutToBytes(text, ASK_BACK_BYTES) !== text)
    throw refused(`takes questions of at most ${ASK_BACK_BYTES} bytes at a time.`);
  // A signed question that is sent twice gets one answer.
  if (conversation.some((each) => each.by === by && each.questions.join('\n') === text))
    throw refused('has been asked exactly this already.');
  const round: AskedBack = { round: conversation.length + 1, by, questions, askedAt };
  return { ...request, conversation: [...conversation, round] };
}

/** The oldest unanswered round. */
export function findUnanswered({ conversation = [] }: ApprovalRequest): AskedBack | undefined {
  return conversation.find(({ answeredAt }) => answeredAt === undefined);
}

/** The request with the outcome of a round. */
export function addAnswers(
  request: ApprovalRequest,
  round: number,
  end: RoundsEnd,
  answeredAt: string,
): ApprovalRequest {
  const { conversation = [] } = request;
  return {
    ...request,
    conversation: conversation.map((each) =>
      each.round === round ? { ...each, ...boundEnd(end, each), answeredAt } : each,
    ),
  };
}

function boundEnd(end: RoundsEnd, { questions }: AskedBack): Partial<AskedBack> {
  if ('problem' in end) return { problem: cutToJsonBytes(end.problem, 600) };
  const room = Math.floor(ASK_BACK_BYTES / questions.length);
  const answers = questions.map((_question, index) => toAnswerText(end.answers[index] ?? null, room));
  return { answers, answeredBy: end.by };
}

function toAnswerText(answer: Json, room: number): string | null {
  if (answer === null) return null;
  const text = typeof answer === 'string' ? answer : JSON.stringify(answer);
  return text.trim() === '' ? null : cutToJsonBytes(text, room);
}
