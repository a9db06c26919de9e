/** Sends a person's decision to the run that waits for it. */
import { nameCommand } from '../../project/command-name.js';
import {
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  type Client,
  type WorkflowExecutionDescription,
} from '@temporalio/client';
import type { StuckTask } from '../../schemas/documents/story.js';
import type { DecisionTicket } from '../../contracts/requests/decision-ticket.js';
import type { Decision } from '../../contracts/requests/decision.js';
import type { DecisionClaims, SignedDecision } from '../../contracts/proof/claims.js';
import { ApplicationFailure } from '@temporalio/common';
import { assertSendable } from '../../contracts/data/sendable.js';
import { parseRequestId } from '../../contracts/requests/request-id.js';
import {
  BatonError,
  isErrorCode,
  createRunClosedError,
  createUnknownRequestError,
} from '../../contracts/errors.js';
import { readToken } from '../../contracts/proof/jws.js';
import { DECIDE } from '../../contracts/wire/wire.js';
import { createNoWorkerError, LEAVE_IT } from '../runs/no-worker.js';
import { findStuck, findStuckWhenAsked } from '../runs/stuck.js';
import { pollsQueue, isTaskTaken } from '../runs/pollers.js';
import { isTimeout } from '../runs/ask-run.js';

/**
 * Decides a request. When this returns, the decision counts.
 *
 * @throws {BatonError} `UNKNOWN_REQUEST`, `ALREADY_DECIDED`, `OPTION_NOT_OFFERED`, `DECISION_MALFORMED`, `RUN_CLOSED`
 * or `DECISION_UNPROVEN` if it is refused; `NO_WORKER` if the worker is unavailable, `ORCHESTRATION_HELD` if the run's
 * code throws (see {@link queueDecision} for both).
 */
export async function decide(
  client: Client,
  decision: Decision | SignedDecision,
  options: { readonly timeoutMs?: number } = {},
): Promise<DecisionTicket> {
  const request = readRequest(decision);
  const { workflowId } = findOwner(request);
  assertDecisionSendable(request, decision);
  await assertServed(client, request);
  try {
    return await client.withDeadline(Date.now() + (options.timeoutMs ?? 15_000), () =>
      client.workflow
        .getHandle(workflowId)
        .executeUpdate<DecisionTicket, [Decision | SignedDecision]>(DECIDE, { args: [decision] }),
    );
  } catch (error) {
    throw toDecisionError(workflowId, request, error);
  }
}

/**
 * Checks that a worker accepts decisions on a request now.
 *
 * @throws {BatonError} `UNKNOWN_REQUEST`, `RUN_CLOSED`, `NO_WORKER` or `ORCHESTRATION_HELD`.
 */
export async function assertServed(client: Client, request: string): Promise<void> {
  const { workflowId } = findOwner(request);
  const description = await assertOpen(client, workflowId, request);
  const held = (await findStuck(client, description)) ?? (await findStuckWhenAsked(client, workflowId));
  if (held) throw createStuckError(workflowId, held);
  // The server still lists a killed worker for a while.
  const served =
    (await pollsQueue(client, description.taskQueue)) && (await isTaskTaken(client, description));
  const { taskQueue } = description;
  if (!served)
    throw createNoWorkerError({ workflowId, taskQueue, what: 'the decision was not taken', or: LEAVE_IT });
}

/**
 * Leaves a decision with the server as a signal. It counts when a worker picks up the run. An invalid decision only
 * leaves a note in the run's timeline; this call reports no error.
 *
 * @throws {BatonError} `UNKNOWN_REQUEST`, `RUN_CLOSED`, or `DECISION_MALFORMED` if it is too large to send.
 */
export async function queueDecision(client: Client, decision: Decision | SignedDecision): Promise<void> {
  const request = readRequest(decision);
  const { workflowId } = findOwner(request);
  assertDecisionSendable(request, decision);
  await assertOpen(client, workflowId, request);
  await client.workflow.getHandle(workflowId).signal<[Decision | SignedDecision]>(DECIDE, decision);
}

function assertDecisionSendable(request: string, decision: Decision | SignedDecision): void {
  assertSendable(`The decision on request ${request}`, decision, 'DECISION_MALFORMED');
}

/** The request of a decision; a signed one contains it. */
function readRequest(decision: Decision | SignedDecision): string {
  if (!('signed' in decision)) return decision.request;
  const claims = readToken(decision.signed)?.claims as Partial<DecisionClaims> | undefined;
  if (typeof claims?.decision?.request === 'string') return claims.decision.request;
  throw new BatonError('DECISION_UNPROVEN', 'This is not a signed decision: a compact JWS over one.', {
    why: 'malformed',
  });
}

function findOwner(request: string): { readonly workflowId: string } {
  const owner = parseRequestId(request);
  if (owner) return owner;
  throw createUnknownRequestError(
    `"${request}" is not a request ID. A request ID looks like my-run/0123456789abcdef01234567; see ${nameCommand('list --state waiting')}.`,
    { request },
  );
}

async function assertOpen(
  client: Client,
  workflowId: string,
  request: string,
): Promise<WorkflowExecutionDescription> {
  try {
    const description = await client.workflow.getHandle(workflowId).describe();
    const { status } = description;
    if (status.name === 'RUNNING') return description;
    throw createRunClosedError(
      `Run ${workflowId} has ended (${status.name.toLowerCase()}); request ${request} can no longer be decided.`,
      { workflowId, request },
    );
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
    throw createUnknownRequestError(
      `There is no run ${workflowId}, so there is no request ${request}. See ${nameCommand('list --state waiting')}.`,
      { request },
    );
  }
}

function toDecisionError(workflowId: string, request: string, error: unknown): unknown {
  if (error instanceof WorkflowUpdateFailedError) {
    const cause = error.cause;
    if (cause instanceof ApplicationFailure && isErrorCode(cause.type)) {
      return new BatonError(cause.type, cause.message, { workflowId, request });
    }
    return createRunClosedError(
      `Run ${workflowId} did not take the decision: ${cause?.message ?? error.message}`,
      { workflowId, request },
      error,
    );
  }
  if (error instanceof WorkflowNotFoundError) {
    return createRunClosedError(`Run ${workflowId} has ended; request ${request} can no longer be decided.`, {
      workflowId,
      request,
    });
  }
  return isTimeout(error) ? createUnansweredError(workflowId, request) : error;
}

/** The server may still pass the decision to a worker that returns, so the message does not say that it was lost. */
function createUnansweredError(workflowId: string, request: string): BatonError {
  return createNoWorkerError({
    workflowId,
    what: `it is not known whether the decision on ${request} was taken`,
    or: LEAVE_IT,
    after: `Look with ${nameCommand(`show ${workflowId}`)} before you decide again.`,
    facts: { request },
  });
}

function createStuckError(workflowId: string, { code, attempt, message }: StuckTask): BatonError {
  return new BatonError(
    code,
    `Run ${workflowId} does not accept a decision: its workflow code fails (attempt ${attempt}): ${message}. The decision was not taken. Fix the code and start the worker again, or leave the decision with --queue.`,
    { workflowId, attempt },
  );
}
