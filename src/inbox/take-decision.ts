/** A decision on its way from the page to the run: now, or left with the server where no worker takes it. */
import type { Client } from '@temporalio/client';
import { decide, queueDecision } from '../client/decide.js';
import type { Decision } from '../contracts/approval.js';
import type { SignedDecision } from '../contracts/proof/signed-decision.js';
import { BatonError, type ErrorCode } from '../contracts/errors.js';
import type { Notice } from './sessions.js';

/** A decision that is not taken now can wait with the server. */
const NOT_NOW: readonly ErrorCode[] = ['NO_WORKER', 'ORCHESTRATION_HELD', 'UNKNOWN_WORKFLOW'];

/**
 * Decides, and says what has become of it.
 *
 * @param queue - the person was told that no worker answers, and leaves the decision all the same.
 * @throws {BatonError} what {@link decide} throws.
 */
export async function takeDecision(
  client: Client,
  decision: Decision | SignedDecision,
  queue: boolean,
): Promise<Notice> {
  try {
    const ticket = await decide(client, decision);
    const { option, by, to, revision, votes } = ticket;
    if (votes && votes.have < votes.need)
      return {
        tone: 'wait',
        text: `Noted: ${option}, by ${by}. ${votes.have} of ${votes.need} have said so; it needs ${votes.need} people.`,
      };
    if (revision !== undefined)
      return {
        tone: 'wait',
        text: `Edited. Revision ${revision} waits for a decision; nothing has been carried out.`,
      };
    return {
      tone: ['reject', 'abort', 'decline'].includes(option) ? 'wait' : 'good',
      text: `Decided: ${option}${to === undefined ? '' : ` to ${to}`}, by ${by}. The run has taken it.`,
    };
  } catch (error) {
    if (!(queue && error instanceof BatonError && NOT_NOW.includes(error.code))) throw error;
    await queueDecision(client, decision);
    return {
      tone: 'wait',
      text: `Your decision is left with the server. It counts when a worker takes the run up; until then nothing happens.`,
    };
  }
}
