/**
 * The handlers of a running workflow: decisions by update or signal, and three queries. They are registered before anything
 * else happens, since a reset re-applies old updates in the first workflow task. No handler ever waits.
 */
import type { DecisionTicket } from '../../contracts/requests/decision-ticket.js';
import type { RunView } from '../../contracts/wire/run-view.js';
import { defineQuery, defineSignal, defineUpdate, log, setHandler } from '@temporalio/workflow';
import type { ApprovalRequest } from '../../contracts/requests/approval.js';
import { parseRequestId } from '../../contracts/requests/request-id.js';
import * as /* webpackDefer: true */ readable from '../../contracts/requests/readable-request.js';
import { BatonError } from '../../contracts/errors.js';
import { formatAttempt, isAttempt } from '../../contracts/proof/attempt.js';
import type { TimelineEvent } from '../../contracts/wire/timeline.js';
import { DECIDE, MIRROR, QUERIES, REQUESTED, type MirrorSignal } from '../../contracts/wire/wire.js';
import { throwAsFailure } from '../runtime/failures.js';
import type { Run } from '../runtime/run.js';
import { toDecisionEvent } from '../../contracts/story/narrator.js';

const decideUpdate = defineUpdate<DecisionTicket, [unknown]>(DECIDE);
const decideSignal = defineSignal<[unknown]>(DECIDE);
const mirrorSignal = defineSignal<[MirrorSignal]>(MIRROR);
const requestedSignal = defineSignal<[unknown]>(REQUESTED);
const viewQuery = defineQuery<RunView>(QUERIES.view);
const timelineQuery = defineQuery<readonly TimelineEvent[]>(QUERIES.timeline);
const pendingQuery = defineQuery<ApprovalRequest[]>(QUERIES.pending);

export function registerHandlers(run: Run): void {
  setHandler(decideUpdate, (wire) => apply(run, wire, 'update'), {
    description: 'Decides a request. A decision that cannot count is refused, and leaves no trace.',
    validator: (wire) => {
      throwAsFailure(() => withNote(() => run.requests.check(wire, new Date().toISOString())));
    },
  });
  setHandler(
    decideSignal,
    (wire) => {
      // A signal cannot return a refusal, so an invalid decision leaves a note.
      try {
        withNote(() => apply(run, wire, 'signal'));
      } catch (error) {
        if (!(error instanceof BatonError)) throw error;
        run.note(`A decision sent by signal changed nothing: ${error.message}`, error.code);
      }
    },
    {
      description:
        'Decides a request, also while no worker runs. A decision that cannot count leaves a note in the timeline.',
    },
  );
  setHandler(mirrorSignal, (signal) => {
    // Anyone can send a signal, so only reports of this run's child agents about their own requests are accepted.
    if (typeof signal?.workflowId === 'string' && Array.isArray(signal.pending)) {
      const { workflowId, pending, accepted } = signal;
      const own = (summary: unknown): boolean =>
        readable.isRequestSummary(summary) && parseRequestId(summary.id)?.workflowId === workflowId;
      const items = Array.isArray(accepted) ? accepted.filter((item) => typeof item === 'string') : undefined;
      run.mirror({ workflowId, pending: pending.filter(own), ...(items ? { accepted: items } : {}) });
    }
  });
  // Workers read the token from the history themselves, because the run's own interpretation would prove nothing.
  setHandler(requestedSignal, () => void (run.isRequested = true), {
    description: 'Says who asked for the run, by a signed token.',
  });
  setHandler(viewQuery, () => run.view(), { description: 'Where the run stands, and who owns it.' });
  setHandler(timelineQuery, () => run.timeline, { description: 'The events, oldest first.' });
  setHandler(pendingQuery, () => run.requests.pending(), {
    description: 'The requests that wait for a person in this workflow, whole.',
  });
}

function apply(
  run: Pick<Run, 'record' | 'requests' | 'scopes' | 'tell'>,
  wire: unknown,
  via: DecisionTicket['via'],
): DecisionTicket {
  const decide = (): DecisionTicket => run.requests.decide(wire, via, new Date().toISOString());
  const ticket = via === 'update' ? throwAsFailure(decide) : decide();
  const request = run.requests.request(ticket.request);
  const path = request?.path ?? run.scopes.path;
  // The history has an update's decision as its ticket. Only the run can report a signal's decision.
  const asked = ticket.option === 'ask-back' ? request?.conversation?.at(-1) : undefined;
  if (asked) run.record({ kind: 'asked-back', request: ticket.request, ...asked }, path);
  else if (via === 'update') run.tell({ kind: 'decided', path, ticket });
  else run.record(toDecisionEvent(ticket), path);
  return ticket;
}

/** Unauthorized attempts are logged by the worker too, because a refused update leaves no trace in the history. */
function withNote<T>(body: () => T): T {
  try {
    return body();
  } catch (error) {
    if (isAttempt(error)) log.warn(formatAttempt('A decision was refused', error), error.facts);
    throw error;
  }
}
