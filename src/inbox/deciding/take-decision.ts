/** Sends a decision from the page to the run, and describes the outcome. */
import { getOptionWords } from '../../client/text/option-words.js';
import type { Client } from '@temporalio/client';
import { decideShown, type Signer } from '../../client/deciding/deciding-session.js';
import type { WaitingRequest } from '../../schemas/documents/story.js';
import type { Without } from '../../contracts/requests/decision.js';
import { getOptionRow } from '../../contracts/requests/decision-options.js';
import type { DecisionTicket } from '../../contracts/requests/decision-ticket.js';
import type { Notice, Visitor } from '../access/sessions.js';

/**
 * Decides in the name of the visitor, and returns the outcome.
 *
 * @param leave - whether the visitor agreed to store the decision at the server because the worker is
 * unavailable.
 * @throws {BatonError} the errors of {@link decideShown}.
 */
export async function takeDecision(
  { client, key }: { readonly client: Client; readonly key?: Signer['key'] },
  { subject }: Visitor,
  shown: WaitingRequest,
  said: { readonly decision: Without<'by'>; readonly leave: boolean },
): Promise<Notice> {
  const { ticket } = await decideShown(client, said.decision, {
    shown,
    by: subject,
    signer: key && (() => ({ subject, key })),
    leave: () => said.leave,
  });
  if (ticket !== undefined) return describeTicket(ticket);
  return {
    tone: 'wait',
    text: 'Your decision is left with the server. It counts when a worker takes the run up; until then nothing happens.',
  };
}

function describeTicket({ option, by, to, revision, votes }: DecisionTicket): Notice {
  if (votes && votes.have < votes.need) {
    const count = `${votes.have} of ${votes.need} have said so; it needs ${votes.need} people.`;
    return { tone: 'wait', text: `Noted: ${option}, by ${by}. ${count}` };
  }
  if (revision !== undefined)
    return {
      tone: 'wait',
      text: `Edited. Revision ${revision} waits for a decision; nothing has been carried out.`,
    };
  if (getOptionRow(option).effect === 'open')
    return { tone: 'wait', text: 'Asked. The request stays open; the answer appears here.' };
  const receiver = to === undefined ? '' : ` to ${to}`;
  return {
    tone: getOptionWords(option).tone === 'no' ? 'wait' : 'good',
    text: `Decided: ${option}${receiver}, by ${by}. The run has taken it.`,
  };
}
