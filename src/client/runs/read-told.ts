/**
 * Parses what a run reports in its memo and queries. Anyone who can start a workflow controls this data, so it is
 * parsed before it is shown. An invalid part does not hide the others.
 */
import { z } from 'zod';
import { Count, Instant } from '../../contracts/data/wire-schema.js';
import { ApprovalRequest, RequestSummary } from '../../contracts/requests/approval.js';
import { isRequestSummary } from '../../contracts/requests/readable-request.js';
import { Costs, RunView } from '../../contracts/wire/run-view.js';
import { TALK } from '../../contracts/wire/swarm.js';
import { TalkView } from '../../contracts/wire/conversation.js';
import { GraphStates } from '../../contracts/wire/graph-states.js';
import { STATES } from '../../contracts/wire/wire.js';
import { createInputError } from '../../contracts/errors.js';
import { TimelineEvent } from '../../contracts/wire/timeline.js';

const Summary = RequestSummary.refine((summary) => isRequestSummary(summary));

const Memo = z.object({
  pending: z.array(Summary).max(50).default([]),
  more: Count.default(0),
  costs: Costs.optional(),
});
type Memo = z.infer<typeof Memo>;

/** A memo for lists; `unreadable` if it is something else. Without a memo nothing is pending. */
export function readRunMemo(value: unknown): Memo | 'unreadable' {
  return Memo.safeParse(value ?? {}).data ?? 'unreadable';
}

/** The result of `view`; undefined if it is invalid. */
export function readView(value: unknown): RunView | undefined {
  const view = RunView.safeParse(value).data as RunView | undefined;
  return view?.pending.every((summary) => isRequestSummary(summary)) ? view : undefined;
}

/** The result of `pending`, without invalid requests. */
export function readRequests(value: unknown): ApprovalRequest[] {
  const all: unknown[] = Array.isArray(value) ? value : [];
  return all.flatMap((each) => (ApprovalRequest.safeParse(each).data as ApprovalRequest | undefined) ?? []);
}

/**
 * The result of `talk`.
 *
 * @throws {BatonError} `BAD_INPUT` if it is invalid: a caller who waits for an answer would wait forever.
 */
export function readTalk(value: unknown, workflowId: string): TalkView {
  return (TalkView.safeParse(value).data as TalkView | undefined) ?? fail(workflowId, TALK, 'conversation');
}

/**
 * The result of `states`.
 *
 * @throws {BatonError} `BAD_INPUT` if it is invalid.
 */
export function readStates(value: unknown, workflowId: string): GraphStates {
  const states = GraphStates.safeParse(value).data as GraphStates | undefined;
  return states ?? fail(workflowId, STATES, 'graph');
}

function fail(workflowId: string, query: string, what: string): never {
  throw createInputError(
    `Run ${workflowId} answers the query \`${query}\` with something other than a ${what}'s: it cannot be read. Look at its workflow type, and cancel it if it is none of yours.`,
    { workflowId },
  );
}

/** The result of `timeline`; a placeholder replaces an invalid event. */
export function readTimeline(value: unknown): TimelineEvent[] {
  const all: unknown[] = Array.isArray(value) ? value : [value];
  let at = new Date(0).toISOString();
  return all.map((each) => {
    const event = TimelineEvent.safeParse(each).data as TimelineEvent | undefined;
    at = event?.at ?? Instant.safeParse((each as { at?: unknown } | null)?.at).data ?? at;
    return event ?? { at, path: '', kind: 'note', text: 'Something stands here that cannot be read.' };
  });
}
