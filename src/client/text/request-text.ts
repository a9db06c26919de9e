/** The texts about a request for lists and pages: asker, approvers, required approvals, and questions asked back. */
import { defined } from '../../contracts/data/defined.js';
import { listAmounts } from '../../contracts/requests/amounts.js';
import { getOptionRow } from '../../contracts/requests/decision-options.js';
import type { WaitingRequest } from '../../schemas/documents/story.js';
import type {
  RequestReason,
  AskedOf,
  Requirement,
  AskedBack,
} from '../../contracts/requests/request-parts.js';
import type { RequestSummary } from '../../contracts/requests/approval.js';

export const REASONS: Readonly<Record<RequestReason, string>> = {
  'asked-by-orchestration': 'the orchestration asks',
  'irreversible-effect': 'the action cannot be undone',
  compliance: 'an approval policy applies to the action',
  'low-confidence': 'the confidence in the action is too low',
  'unknown-outcome': 'the outcome of the action is unknown',
  handoff: 'the task is handed off to a person',
  clarification: 'the receiver has a question that the sender cannot answer',
  'recovery-exhausted': 'a task failed and recovery was exhausted',
};

const AFTERWARDS: Partial<Readonly<Record<RequestReason, string>>> = {
  handoff: 'then the task fails; nothing has been done',
  'recovery-exhausted': 'then the configured fallback applies',
};

/** The effect of the deadline. */
export function describeExpiry({ reason, onExpiry }: Pick<RequestSummary, 'reason' | 'onExpiry'>): string {
  if (onExpiry === 'reject') return 'then it is rejected';
  return AFTERWARDS[reason] ?? 'then it is rejected';
}

/** E.g. `manager (finance)`. */
export function describeMeant({ name, roles }: AskedOf): string {
  return name === undefined ? roles.join(', ') : `${name} (${roles.join(', ')})`;
}

/** The amounts of a request: from its arguments, or from its summary if only a preview is known. */
export function findAmounts({
  args,
  amount,
}: Pick<WaitingRequest, 'args' | 'amount'>): readonly { readonly name?: string; readonly text: string }[] {
  if (args !== undefined) return listAmounts(args);
  return amount === undefined ? [] : [{ text: amount }];
}

/** For a list: who asks, and whom. */
export function describeAsker(request: { readonly askedBy: string; readonly askedOf?: AskedOf }): string {
  const { askedOf } = request;
  if (askedOf === undefined) return request.askedBy;
  return `${request.askedBy} → ${askedOf.name ?? askedOf.roles.join(', ')}`;
}

/** The text after an option's name. Text from the run is marked as such. */
export function describeConsequence({
  consequence = '',
  added,
  declared,
  means,
}: WaitingRequest['options'][number]): string {
  const counts = means === undefined ? '' : `; it counts as "${getOptionRow(means).label}"`;
  return [
    consequence,
    ...(added === undefined ? [] : [`The run adds: “${added}”`]),
    ...(declared ? [`(in the run’s own words${counts})`] : []),
  ]
    .filter((text) => text !== '')
    .join(' ');
}

/** Shown everywhere if decisions are not signed. */
export const UNAUTHENTICATED_TEXT = 'unsigned: anyone can decide under any name';

/** `2 people of finance, not the requester of the run (policy large-refunds)`. */
export function describeNeeds({ roles, quorum, notRequester, policy }: Requirement): string {
  const who = quorum === 1 ? 'one person' : `${quorum} people`;
  const of = roles.length === 0 ? '' : ` of ${roles.join(' or ')}`;
  const not = notRequester ? ', not the requester of the run' : '';
  return `${who}${of}${not}${policy === undefined ? '' : ` (policy ${policy})`}`;
}

/** `1 of 2 approvals: ada`; undefined if one is enough. */
export function describeVotes({
  needs,
  votes,
  voted,
}: Pick<WaitingRequest, 'needs' | 'votes' | 'voted'>): string | undefined {
  if (needs === undefined || needs.quorum === 1) return undefined;
  const people = (votes ?? []).map(({ by, option }) => (option === 'approve' ? by : `${by} ("${option}")`));
  const named = people.length === 0 ? '' : `: ${people.join(', ')}`;
  return `${people.length || (voted ?? 0)} of ${needs.quorum} approvals${named}`;
}

/** Shown in a list for a run with an unreadable memo, in any state. */
export const UNREADABLE_MEMO_TEXT =
  'its details cannot be read: find out what started it, and end it if it is none of yours';

/** Shown for a waiting run with an invalid memo. */
export const UNREADABLE_TEXT =
  'waits for a person, and its details cannot be read: find out what started it, and end it if it is none of yours';

/** One question, and what is known of its answer. */
interface Exchange {
  readonly by: string;
  readonly question: string;
  /** The author of the answer; absent while it is pending, or if there is no answer. */
  readonly answeredBy?: string;
  readonly answer: string;
}

/** Every question of a conversation, oldest first. */
export function listExchanges(conversation: readonly AskedBack[] = []): Exchange[] {
  return conversation.flatMap(({ by, questions, answers, answeredBy, problem }) =>
    questions.map((question, index): Exchange => {
      if (problem !== undefined) return { by, question, answer: `There is no answer: ${problem}` };
      if (answers === undefined) return { by, question, answer: 'The answer is awaited.' };
      const answer = answers[index] ?? 'It does not know.';
      return { by, question, answer, ...defined({ answeredBy }) };
    }),
  );
}
