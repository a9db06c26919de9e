/** One pending request, from any source that can be read. */
import type { WaitingRequest } from '../../schemas/documents/story.js';
import type { Client } from '@temporalio/client';
import { BatonError } from '../../contracts/errors.js';
import { parseRequestId } from '../../contracts/requests/request-id.js';
import { MEMO_KEY, QUERIES } from '../../contracts/wire/wire.js';
import { toRunId } from '../runs/find-root.js';
import { queryRun } from '../runs/observe.js';
import { readRequests, readRunMemo } from '../runs/read-told.js';
import { describe } from './story.js';
import { fromRequest, fromSummary } from '../requests/waiting-request.js';

/** The pending request: whole from the workflow that owns it, else from the memo. Undefined if it is not pending. */
export async function findRequest(
  client: Client,
  id: string,
  /** The time limit for a worker that serves the run. */
  timeoutMs?: number,
): Promise<WaitingRequest | undefined> {
  const owner = parseRequestId(id);
  if (!owner) return undefined;
  try {
    const told = await queryRun(client, owner.workflowId, QUERIES.pending, undefined, timeoutMs);
    const whole = readRequests(told).find((request) => request.id === id);
    if (whole) return fromRequest(whole);
    // The workflow that owns it is right: the memo may lag behind.
    if (Array.isArray(told) && !told.some((each) => isNamed(each, id))) return undefined;
    const memo = await readMemo(client, owner.workflowId);
    const summary = memo === 'unreadable' ? undefined : memo.pending.find((request) => request.id === id);
    return summary ? fromSummary(summary) : undefined;
  } catch (error) {
    // The decision reports what is wrong with the id.
    if (error instanceof BatonError) return undefined;
    throw error;
  }
}

/** A request from a later version than this client supports: its id is readable, the rest is in the memo. */
function isNamed(request: unknown, id: string): boolean {
  return typeof request === 'object' && request !== null && 'id' in request && request.id === id;
}

/** The memo of the run: a child agent's workflow has no memo, and its requests are in the memo of its run. */
async function readMemo(client: Client, workflowId: string): Promise<ReturnType<typeof readRunMemo>> {
  const asking = await describe(client, workflowId);
  const whole = toRunId(asking);
  const run = whole === workflowId ? asking : await describe(client, whole);
  return readRunMemo(run.memo?.[MEMO_KEY]);
}
