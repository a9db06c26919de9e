/** Stops before or after a node: a person sees the state, edits it, lets the graph continue, or ends it. */
import type { Json } from '../../../contracts/data/json.js';
import type { Schema } from '../../../contracts/data/schema.js';
import { createOfferIn } from '../../../contracts/requests/option-wordings.js';
import { createRejectionError } from '../../../contracts/errors.js';
import { waitForDecision } from '../../approvals/wait-for-decision.js';
import { formatReason } from '../../approvals/approval.js';
import type { Run } from '../../runtime/run.js';
import { interruptLabel } from '../../../contracts/data/step-path.js';

export interface Interrupt {
  readonly graph: string;
  readonly when: 'before' | 'after';
  readonly nodes: readonly string[];
  readonly step: number;
  readonly schema: Schema;
}

/**
 * Asks whether the graph continues with this state. Returns the state to continue with, which a person may have edited.
 *
 * @throws {BatonError} `REJECTED`.
 */
export async function interruptAt(run: Run, at: Interrupt, state: Json): Promise<Json> {
  const { graph, when, nodes, step, schema } = at;
  const where = `${when} ${nodes.join(' and ')}`;
  const { ticket, means, args } = await waitForDecision(run, {
    reason: 'asked-by-orchestration',
    question: `Graph ${graph} stands ${where} (step ${step}). Continue with this state?`,
    askedBy: run.owner,
    path: run.scopes.next(interruptLabel(when)),
    action: { tool: `${graph}: go on ${where}`, args: state },
    argsSchema: schema,
    options: [createOfferIn('approve', 'graph'), createOfferIn('reject', 'graph')],
  });
  if (means === 'approve') return args ?? state;
  throw createRejectionError(`${ticket.by} ended graph ${graph} ${where}: ${formatReason(ticket)}`, {
    request: ticket.request,
    by: ticket.by,
    graph,
    step,
  });
}
