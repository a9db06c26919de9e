/** A decision on its way from the page to the run: now, or left with the server where no worker takes it. */
import type { DecisionTicket } from '../../contracts/requests/decision-ticket.js';
import type { Decision } from '../../contracts/requests/decision.js';
import type { SignedDecision } from '../../contracts/proof/claims.js';
import type { Client } from '@temporalio/client';
import { decide, queueDecision } from '../../client/requests/decide.js';
import type { Notice } from '../access/sessions.js';

/**
 * Decides, and says what has become of it.
 *
 * @param leave - no worker answers, and the person knows: the decision waits with the server.
 * @throws {BatonError} what {@link decide} throws.
 */
export async function takeDecision(
  client: Client,
  decision: Decision | SignedDecision,
  leave: boolean,
): Promise<Notice> {
  if (!leave) return describeTicket(await decide(client, decision));
  await queueDecision(client, decision);
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
  if (option === 'edit')
    return {
      tone: 'wait',
      text: `Edited. Revision ${revision ?? ''} waits for a decision; nothing has been carried out.`,
    };
  if (option === 'ask-back')
    return { tone: 'wait', text: 'Asked. The request stays open; the answer appears here.' };
  const receiver = to === undefined ? '' : ` to ${to}`;
  return {
    tone: ['reject', 'abort', 'decline'].includes(option) ? 'wait' : 'good',
    text: `Decided: ${option}${receiver}, by ${by}. The run has taken it.`,
  };
}
