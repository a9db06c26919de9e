/** Shows what is decided, sends the decision, prints the ticket. */
import type { WaitingRequest } from '../../schemas/documents/story.js';
import type { DecisionTicket } from '../../contracts/requests/decision-ticket.js';
import type { Decision } from '../../contracts/requests/decision.js';
import { decide, queueDecision } from '../../client/requests/decide.js';
import { findRequest } from '../../client/story/find-request.js';
import { meaningOf } from '../../contracts/definitions/declared-option.js';
import { BatonError, type ErrorCode } from '../../contracts/errors.js';
import { deciderText, votesText } from '../pages/decider-text.js';
import { requestCard } from '../pages/request-card.js';
import { findUnservedSoon, unservedText } from '../../client/runs/unserved.js';
import type { Session } from '../session/session.js';
import { dateAndClock } from '../../client/text/time.js';
import { signOrClaim, type Decider } from './signed-or-claimed.js';

/** A decision as a command makes it, and how it is to travel. */
export interface DecisionWish extends Omit<Decision, 'by' | 'reason'>, Decider {
  readonly reason?: string | undefined;
  /** Leave it with the server when no worker is there to take it. */
  readonly queue: boolean;
}

export async function sendDecision(
  session: Session,
  wish: DecisionWish,
): Promise<DecisionTicket | undefined> {
  const { screen } = session;
  const { queue, reason, by, as, key, expires, ...rest } = wish;
  const { request, option } = rest;
  const client = await session.client();
  const shown = await findRequest(client, request);
  if (shown) screen.note(...requestCard(shown, { width: screen.width, palette: screen.notePalette }), '');
  const { digest: meant, ...carried } = rest;
  const said = {
    ...carried,
    ...digestOf(shown, option, meant),
    ...(reason === undefined ? {} : { reason }),
  };
  const { decision, wire } = signOrClaim(shown, said, { by, as, key, expires });
  // A worker that was killed a moment ago still counts as one, until it does not answer.
  if (shown?.whole === false)
    screen.note(screen.notePalette.quiet('  waiting for a worker to take the decision'));
  try {
    const ticket = await decide(client, wire);
    screen.print(ticketLine(session, ticket));
    screen.document('decision-ticket', ticket);
    if (shown?.tool !== undefined && letsHappen(shown, ticket)) await warnOfUnserved(session, request);
    return ticket;
  } catch (error) {
    if (!(queue && error instanceof BatonError && NOT_NOW.includes(error.code))) throw error;
    await queueDecision(client, wire);
    screen.print(
      `${screen.palette.wait('◆')} "${option}" is left with the server; it counts when a worker takes the run up.`,
    );
    screen.document('queued-decision', { queued: true, ...decision });
    return undefined;
  }
}

/**
 * The digest that a decision names: that of what is shown now, so that an edit in between is refused. What somebody has
 * edited is approved only by who says which revision they mean.
 *
 * @throws {BatonError} `REQUEST_CHANGED`
 */
function digestOf(
  shown: WaitingRequest | undefined,
  option: string,
  meant: string | undefined,
): { readonly digest?: string } {
  if (shown?.digest === undefined) return meant === undefined ? {} : { digest: meant };
  const { id, digest, revision, options } = shown;
  const unnamed = meant === undefined && meaningOf(options, option) === 'approve' && revision > 1;
  const other = meant !== undefined && !digest.startsWith(meant.toLowerCase());
  if (unnamed || other) {
    const why = unnamed
      ? `was edited${shown.editedBy ? ` by ${shown.editedBy}` : ''}, and`
      : 'is another one now: it';
    throw new BatonError(
      'REQUEST_CHANGED',
      `The action of request ${id} ${why} is revision ${revision}. Look at it, then name it: --digest ${digest.slice(0, 12)}`,
      { request: id, revision, digest },
    );
  }
  return option === 'abort' ? {} : { digest };
}

function letsHappen({ options }: WaitingRequest, { option, votes }: DecisionTicket): boolean {
  return meaningOf(options, option) === 'approve' && (votes === undefined || votes.have >= votes.need);
}

/** What was let happen waits where nobody is there to do it: whoever decided is told, beside the result. */
async function warnOfUnserved(session: Session, request: string): Promise<void> {
  const { screen } = session;
  const unserved = await findUnservedSoon(await session.client(), request);
  for (const each of unserved) screen.note(`${screen.notePalette.wait('!')} ${unservedText(each)}.`);
}

/** A decision that is not taken now can wait with the server. */
const NOT_NOW: readonly ErrorCode[] = ['NO_WORKER', 'ORCHESTRATION_HELD', 'UNKNOWN_WORKFLOW'];

const VERBS: Readonly<Record<string, string>> = {
  approve: 'Approved',
  reject: 'Rejected',
  edit: 'Edited',
  redirect: 'Redirected',
  answer: 'Answered',
  accept: 'Taken on',
  decline: 'Declined',
  clarify: 'Asked',
  claim: 'Claimed',
  release: 'Given back',
  'ask-back': 'Asked, and the request stays open;',
  retry: 'To be tried again',
  abort: 'Run ended',
};

function ticketLine({ screen }: Session, ticket: DecisionTicket): string {
  const { palette } = screen;
  const { option, to, revision, decidedAt, reason } = ticket;
  const waits = ticket.votes !== undefined && ticket.votes.have < ticket.votes.need;
  const mark =
    waits ||
    ['reject', 'abort', 'edit', 'decline', 'clarify', 'claim', 'release', 'ask-back'].includes(option)
      ? palette.wait('◆')
      : palette.good('✓');
  const verb = VERBS[option] ?? `Decided "${option}"`;
  const object = to === undefined ? '' : ` to ${to}`;
  const made = revision === undefined ? '' : `; revision ${revision} waits`;
  return `${mark} ${verb}${object} by ${deciderText(ticket)}, ${dateAndClock(decidedAt)}${reason ? `: ${reason}` : ''}${votesText(ticket)}${made}`;
}

/** The request that a command is about; undefined when it does not wait, which the decision itself tells. */
export async function waitingRequest(session: Session, id: string): Promise<WaitingRequest | undefined> {
  return findRequest(await session.client(), id);
}
