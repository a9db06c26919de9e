/**
 * The last check before an action that people must let happen: this worker's own registry, its own policy, the real arguments. What
 * does not pass is told outside of the history too, as a history can be written by whoever tries.
 */
import { activityInfo, log } from '@temporalio/activity';
import type { CallToolInput, CallToolResult } from '../contracts/activities.js';
import type { Json } from '../contracts/json.js';
import { attemptText, isAttempt } from '../contracts/proof/attempt.js';
import { assertProven } from '../contracts/proof/spend.js';
import { requesterOf } from './approvals.js';
import type { ToolEffect } from '../contracts/tool.js';
import type { Registry } from './registry.js';

/** Why the action may not be carried out; undefined where it may. */
export async function unprovenFor(
  { approvals }: Registry,
  input: CallToolInput,
  effect: ToolEffect,
  args: Json,
): Promise<Extract<CallToolResult, { kind: 'unproven' }> | undefined> {
  const mode = await approvals.mode();
  if (mode.mode === 'unauthenticated') return undefined;
  const { proof, root, step, tool, agent } = input;
  const { workflowId } = activityInfo().workflowExecution ?? { workflowId: '' };
  const requirement = approvals.requirementOf({ tool, effect, args, agent })?.needs;
  if (requirement === undefined) return undefined;
  try {
    const token = proof?.requester === undefined ? undefined : { jws: proof.requester };
    const requester =
      proof && requirement.notRequester ? await requesterOf(approvals, mode, proof.run, token) : undefined;
    const spending = { root, step, workflowId, tool, args, requirement, requester };
    assertProven(proof, { ...spending, registry: mode.registry, now: Date.now() });
    return undefined;
  } catch (error) {
    if (!isAttempt(error)) throw error;
    const why = String(error.facts['why']);
    log.warn(attemptText(`${tool} was not carried out`, error), {
      ...error.facts,
      workflowId,
      root,
      step,
      tool,
    });
    return { kind: 'unproven', why, message: error.message };
  }
}
