/** The part that `approve`, `reject` and `decide` share: show what is decided, send it, print the ticket. */
import { userInfo } from 'node:os';
import type { Client } from '@temporalio/client';
import { z } from 'zod';
import { decide, queueDecision } from '../client/decide.js';
import { pendingRequests } from '../client/observe.js';
import { describe } from '../client/story.js';
import { fromRequest, fromSummary, type WaitingRequest } from '../client/waiting-request.js';
import { ownerOfRequest, type Decision, type DecisionTicket } from '../contracts/approval.js';
import { BatonError } from '../contracts/errors.js';
import { MEMO_KEY, type RunMemo } from '../contracts/wire.js';
import { requestCard } from './request-card.js';
import type { Session } from './session.js';
import { dateAndClock } from './time.js';

/** The argument that all three take. */
export const REQUEST_ARGUMENT = {
  name: '[request]',
  about: 'the id of the request, as `baton list --state waiting` shows it',
};

/** Options that all three take besides their own. */
export const DECIDER_OPTIONS = [
  { flags: '--by <name>', about: 'who decides (default: this user; a claim, not a proof)' },
  { flags: '--queue', about: 'when no worker is there, leave the decision with the server' },
];

/** What all of them print. */
export const DECISION_DOCUMENTS = ['decision-ticket', 'queued-decision'] as const;

export const DecisionOptions = z.object({
  reason: z.string().optional(),
  by: z.string().optional(),
  queue: z.boolean().default(false),
});

export interface DecisionWish {
  readonly request: string;
  readonly option: string;
  readonly reason?: string | undefined;
  readonly by?: string | undefined;
  /** Leave it with the server when no worker is there to take it. */
  readonly queue: boolean;
}

/** Whom a decision is claimed by when nobody is named. */
export function currentUser(): string {
  return userInfo().username;
}

export async function sendDecision(session: Session, wish: DecisionWish): Promise<void> {
  const { screen } = session;
  const { request, option, reason, by = currentUser() } = wish;
  const decision: Decision = { request, option, by, ...(reason === undefined ? {} : { reason }) };
  const client = await session.client();
  const shown = await findRequest(client, request);
  if (shown) screen.note(...requestCard(shown, { width: screen.width, palette: screen.notePalette }), '');
  // A worker that was killed a moment ago still counts as one, until it does not answer.
  if (shown?.whole === false)
    screen.note(screen.notePalette.quiet('  waiting for a worker to take the decision'));
  try {
    const ticket = await decide(client, decision);
    screen.print(ticketLine(session, ticket));
    screen.document('decision-ticket', ticket);
  } catch (error) {
    if (!(wish.queue && error instanceof BatonError && error.code === 'NO_WORKER')) throw error;
    await queueDecision(client, decision);
    screen.print(
      `${screen.palette.wait('◆')} "${option}" is left with the server; it counts when a worker takes the run up.`,
    );
    screen.document('queued-decision', { queued: true, ...decision });
  }
}

function ticketLine({ screen }: Session, ticket: DecisionTicket): string {
  const { palette } = screen;
  const mark = ticket.option === 'reject' ? palette.wait('✗') : palette.good('✓');
  const verb =
    ticket.option === 'approve'
      ? 'Approved'
      : ticket.option === 'reject'
        ? 'Rejected'
        : `Decided "${ticket.option}"`;
  return `${mark} ${verb} by ${ticket.by} (${ticket.identity}, not proven), ${dateAndClock(ticket.decidedAt)}${ticket.reason ? `: ${ticket.reason}` : ''}`;
}

/** The request as it waits: whole from its owner, else as the memo has it. Undefined when it does not wait. */
async function findRequest(client: Client, id: string): Promise<WaitingRequest | undefined> {
  const owner = ownerOfRequest(id);
  if (!owner) return undefined;
  try {
    const whole = (await pendingRequests(client, owner.workflowId))?.find((request) => request.id === id);
    if (whole) return fromRequest(whole);
    const memo = (await describe(client, owner.workflowId)).memo?.[MEMO_KEY] as RunMemo | undefined;
    const summary = memo?.pending.find((request) => request.id === id);
    return summary ? fromSummary(summary) : undefined;
  } catch (error) {
    // What is wrong with the id is told by the decision itself.
    if (error instanceof BatonError) return undefined;
    throw error;
  }
}
