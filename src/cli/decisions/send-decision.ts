/** Shows the request, sends the decision, and prints the ticket. */
import { defined } from '../../contracts/data/defined.js';
import type { WaitingRequest } from '../../schemas/documents/story.js';
import { resolveOption } from '../../contracts/requests/decision-options.js';
import { decideShown, type Deciding } from '../../client/deciding/deciding-session.js';
import { findSigningKey } from '../../client/requests/key-file.js';
import { findUnservedSoon, describeUnserved } from '../../client/runs/unserved.js';
import { PATIENT_MS } from '../../client/runs/observe.js';
import { findRequest } from '../../client/story/find-request.js';
import { createUsageError } from '../../contracts/errors.js';
import type { Decision, DecisionParts } from '../../contracts/requests/decision.js';
import type { DecisionTicket } from '../../contracts/requests/decision-ticket.js';
import { readCurrentUser } from '../input/current-user.js';
import { formatLeft, formatTicket } from '../pages/decider-text.js';
import { renderRequestCard } from '../pages/request-card.js';
import type { Session } from '../session/session.js';
import type { DecisionOptions } from './decision-command.js';

/** The request as it is now; undefined when it is not pending, which the decision's result reports. */
export async function showRequest(
  session: Session,
  id: string,
  { queue }: Pick<DecisionOptions, 'queue'>,
): Promise<WaitingRequest | undefined> {
  const { screen } = session;
  const client = await session.client();
  let shown = await findRequest(client, id);
  if (shown?.whole === false && !queue) {
    // A worker that was killed a moment ago still counts as polling until a query fails.
    screen.note(screen.notePalette.quiet('  waiting for a worker to answer'));
    shown = await findRequest(client, id, PATIENT_MS);
  }
  if (shown) screen.note(...renderRequestCard(shown, screen.noteStyle), '');
  return shown;
}

/** The approver, by claim or by key. */
export type Decider = Pick<DecisionOptions, 'by' | 'as' | 'key' | 'expires'>;

/** @throws {BatonError} `BAD_USAGE` when the options do not match whether this run requires signatures. */
export function resolveDecider(
  shown: WaitingRequest | undefined,
  { by, as, key, expires }: Decider,
): Pick<Deciding, 'by' | 'signer'> {
  const refuse = (message: string): never => {
    throw createUsageError(message, { request: shown?.id });
  };
  if (shown?.signed && by !== undefined) {
    refuse(
      `Request ${shown.id} takes signed decisions: who decides is whose key signs. Say --as SUBJECT or --key FILE instead of --by.`,
    );
  }
  if (shown && !shown.signed && (as !== undefined || key !== undefined || expires !== undefined)) {
    refuse(
      `The run of request ${shown.id} has no registry of approvers, so it cannot check a signature. Decide with --by NAME, which is a claim.`,
    );
  }
  return {
    by: by ?? as ?? readCurrentUser(),
    signer: () => ({ ...findSigningKey({ file: key, subject: as }), forMs: expires }),
  };
}

/** Returns undefined when the decision is stored at the server and no worker has processed it yet. */
export async function sendDecision(
  session: Session,
  shown: WaitingRequest | undefined,
  { reason, ...said }: Omit<DecisionParts, 'by' | 'digest'>,
  { queue, digest, ...decider }: Omit<DecisionOptions, 'reason'>,
): Promise<DecisionTicket | undefined> {
  const { screen } = session;
  const client = await session.client();
  const wish = { ...said, ...defined({ reason, digest }) };
  const { decision, ticket } = await decideShown(client, wish as Decision, {
    shown,
    ...resolveDecider(shown, decider),
    leave: () => queue,
  });
  if (ticket === undefined) {
    screen.print(formatLeft(said.option, screen.palette));
    screen.document('queued-decision', { queued: true, ...decision });
    return undefined;
  }
  screen.print(formatTicket(ticket, screen.palette));
  screen.document('decision-ticket', ticket);
  if (shown?.tool !== undefined && isLastApproval(shown, ticket)) await warnOfUnserved(session, said.request);
  return ticket;
}

function isLastApproval({ options }: WaitingRequest, { option, votes }: DecisionTicket): boolean {
  return resolveOption(options, option) === 'approve' && (votes === undefined || votes.have >= votes.need);
}

/** Warns the approver, in addition to the result, that an approved action waits because no worker is available. */
async function warnOfUnserved(session: Session, request: string): Promise<void> {
  const { screen } = session;
  const unserved = await findUnservedSoon(await session.client(), request);
  for (const each of unserved) screen.note(`${screen.notePalette.wait('!')} ${describeUnserved(each)}.`);
}
