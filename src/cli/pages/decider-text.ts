/** The outcome of a decision in one line: the option, the approver, and how the approver is known. */
import type { DecisionTicket } from '../../contracts/requests/decision-ticket.js';
import { formatDateAndClock } from '../../client/text/time.js';
import { getOptionWords } from '../../client/text/option-words.js';
import type { Palette } from '../terminal/palette.js';

/** `ada (signed, key tl0m21JD)`, `bob (claimed, not proven)`. */
export function describeDecider({ by, identity, kid = '', gateway }: DecisionTicket): string {
  if (identity === 'claimed') return `${by} (claimed, not proven)`;
  const key = `key ${kid.slice(0, 8)}`;
  return gateway === undefined ? `${by} (signed, ${key})` : `${by} (signed in by ${gateway}, ${key})`;
}

/** The line of a decision that the run has accepted. */
export function formatTicket(ticket: DecisionTicket, palette: Palette): string {
  const { option, to, revision, decidedAt, reason, votes } = ticket;
  const { tone, done = `Decided "${option}"` } = getOptionWords(option);
  const tooFew = votes !== undefined && votes.have < votes.need;
  const waits = tooFew || tone === 'no' || tone === 'wait';
  const counted =
    votes && `; ${votes.have} of ${votes.need} have said so${tooFew ? ', and it waits for more' : ''}`;
  return [
    waits ? palette.wait('◆') : palette.good('✓'),
    ` ${done}${to === undefined ? '' : ` to ${to}`} by ${describeDecider(ticket)}, ${formatDateAndClock(decidedAt)}`,
    reason ? `: ${reason}` : '',
    counted ?? '',
    revision === undefined ? '' : `; revision ${revision} waits`,
  ].join('');
}

/** The line of a decision that no worker has processed yet. */
export function formatLeft(option: string, { wait }: Palette): string {
  return `${wait('◆')} "${option}" is left with the server; it counts when a worker takes the run up.`;
}
