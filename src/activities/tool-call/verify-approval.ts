/**
 * The last check before an action that people must let happen: this worker's own registry, its own policy, the arguments
 * as the tool gets them. What does not pass is told outside of the history too, as a history can be written by whoever
 * tries.
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

/** Why the action may not be carried out; undefined where it may. */
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
    // Whoever asked nobody may not know them.
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

/** Who may decide is not known: then nobody has decided, and the run asks again once it is. */
async function readMode(approvals: Approvals): Promise<ApprovalMode> {
  try {
    return await approvals.mode();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw createUnprovenError('no-registry', `Who may decide cannot be read: ${why}`);
  }
}
