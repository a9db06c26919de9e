/**
 * The last check before an action that needs approval: this worker's own registry, its own policy, and the arguments as the
 * tool gets them. A rejected call is also logged outside of the history, because an attacker may be able to write the
 * history.
 */
import { activityInfo, log } from '@temporalio/activity';
import type { CallToolInput, CallToolResult } from '../../contracts/wire/tool-call.js';
import type { Json } from '../../contracts/data/json.js';
import {
  addEscalationRoles,
  listApproving,
  type ActionRequirement,
} from '../../contracts/definitions/policy.js';
import type { ApprovalMode, ApproverRegistry } from '../../contracts/proof/approver.js';
import { formatAttempt, isAttempt } from '../../contracts/proof/attempt.js';
import { createUnprovenError } from '../../contracts/proof/signer.js';
import { assertProof, verifyProof } from '../../contracts/proof/spend.js';
import type { ToolDefinition } from '../../contracts/definitions/tool.js';
import { assertAsking, findRequester, type Approvals } from '../approvals/approvals.js';
import type { Registry } from '../registry/registry.js';

export type Unproven = Extract<CallToolResult, { kind: 'unproven' }>;

/** Why the action may not be carried out; undefined when it may. */
export async function verifyApproval(
  { approvals }: Registry,
  input: CallToolInput,
  { effect, risk }: ToolDefinition,
  args: Json,
): Promise<Unproven | undefined> {
  const { root, step, tool, agent, confidence } = input;
  const said = confidence === undefined ? {} : { confidence };
  const requires = approvals.requirementOf({ tool, effect, risk, args, agent, ...said });
  if (requires === undefined) return undefined;
  try {
    const mode = await readMode(approvals);
    if (mode.mode === 'signed') await verify(approvals, mode.registry, input, args, requires);
    return undefined;
  } catch (error) {
    if (!isAttempt(error)) throw error;
    // A caller that requested no approval may not be allowed to know them.
    const shown = 'args' in input.call ? {} : { args };
    const { workflowId = '' } = activityInfo().workflowExecution ?? {};
    log.warn(formatAttempt(`${tool} was not carried out`, error), {
      ...error.facts,
      workflowId,
      root,
      step,
      tool,
    });
    return { kind: 'unproven', why: String(error.facts['why']), message: error.message, requires, ...shown };
  }
}

/** @throws {BatonError} `DECISION_UNPROVEN`. */
async function verify(
  approvals: Approvals,
  registry: ApproverRegistry,
  { proof, root, step, tool }: CallToolInput,
  args: Json,
  required: ActionRequirement,
): Promise<void> {
  const requirement = addEscalationRoles(required);
  assertProof(proof, tool);
  const { workflowExecution: execution } = activityInfo();
  const run = await assertAsking(approvals, execution, proof.run);
  const { requester } = await findRequester(approvals, registry, run);
  const spending = {
    root,
    step,
    workflowId: execution?.workflowId ?? '',
    tool,
    args,
    requirement,
    yes: listApproving(required),
    declared: required.options ?? [],
    requester,
  };
  verifyProof(proof, { ...spending, registry, now: Date.now() });
}

/** While the approvers are unknown, no decision counts, and the run asks again once they are known. */
async function readMode(approvals: Approvals): Promise<ApprovalMode> {
  try {
    return await approvals.mode();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw createUnprovenError('no-registry', `The approvers cannot be read: ${why}`);
  }
}
