/**
 * A tool call that an agent's model requested. It runs if the agent has the permission, and its result goes into the
 * agent's conversation.
 */
import { defined } from '../../contracts/data/defined.js';
import type { Entry } from '../../contracts/wire/model-call.js';
import type { RequestedCall } from '../../contracts/wire/activities.js';
import { buildActionTitle } from '../../contracts/definitions/action-title.js';
import { findLeast } from '../../contracts/definitions/confidence.js';
import type { Json } from '../../contracts/data/json.js';
import { findActionRequirement, type ActionRequirement } from '../../contracts/definitions/policy.js';
import { formatResultName } from '../../contracts/wire/tool-call.js';
import { indentText, toOneLine } from '../../contracts/data/untrusted-text.js';
import { clip } from '../../contracts/data/preview.js';
import { readIdempotency, toRisk, type ToolDefinition } from '../../contracts/definitions/tool.js';
import { createAgentAnswers, type WaitingAgent } from './answer-back.js';
import { runToolCall, type Outcome } from '../tools/call-tool.js';
import type { MemoryView } from '../tools/memory-view.js';
import type { Run } from '../runtime/run.js';

/** A tool call that an agent's model requested. */
interface Requested extends Omit<WaitingAgent, 'callId'> {
  readonly call: RequestedCall;
  readonly path: string;
  /** The tool, when this workflow knows it. Only then can a person edit the arguments. */
  readonly tool: ToolDefinition | undefined;
  readonly redirectTo: () => readonly string[];
  readonly memory?: MemoryView;
  /** The agent's permissions for its task. */
  readonly permissions: readonly string[];
  /** Called with the identity of a result. */
  readonly learned: (result: string) => void;
}

/** Runs the call; its result goes back into the agent's conversation. */
export async function runModelToolCall(run: Run, wanted: Requested): Promise<Entry> {
  const { call, head, agent, path, tool, redirectTo, memory, permissions, learned } = wanted;
  const { place, turn, ledger } = wanted;
  const missing = [tool?.permission, call.permission].find((name) => name && !permissions.includes(name));
  if (missing !== undefined) return denyPermission(run, wanted, missing);
  const outcome = await runToolCall(run, {
    tool: call.tool,
    timeoutSeconds: call.timeoutSeconds,
    permission: tool?.permission ?? call.permission,
    irreversible: call.effect === 'irreversible',
    promises: (args) => (tool ? readIdempotency(tool, args) : (call.idempotency ?? 'none')),
    ...defined({ args: call.args, confidence: call.confidence }),
    ...(tool ? { argsSchema: tool.input } : {}),
    redirectTo,
    argsPreview: call.preview,
    title: (args) => (tool ? buildActionTitle(tool, args) : call.title),
    untrusted: tool?.untrusted ?? call.untrusted,
    requires: (args) => findRequirement(run, wanted, args),
    answers: createAgentAnswers(run, { agent, head, callId: call.callId, place, turn, ledger }),
    askedBy: agent,
    path,
    call: { head, callId: call.callId },
    memory,
    returns: 'reference',
  });
  // If a person was asked, their decision is new information for the task, whether they approved or rejected.
  if (call.requires !== undefined || outcome.kind === 'confirmed') learned(`decision on ${path}`);
  if (outcome.kind === 'done') learned(`${call.tool} ${outcome.result}`);
  return toEntry(call.callId, outcome);
}

/**
 * The worker's policies, as it reported them, apply to the arguments that the model wrote. The team's own policies apply to
 * arguments that a person edited, so editing requires that the team is known.
 */
function findRequirement(
  { team }: Pick<Run, 'team'>,
  { call, agent, tool: known }: Requested,
  args: Json,
): ActionRequirement | undefined {
  const { tool, effect, requires, confidence = {} } = call;
  const untold = requires === undefined && effect === 'irreversible';
  const edited = requires !== undefined && team !== undefined && args !== call.args;
  // A worker that does not say who must approve has not said that approval is unnecessary.
  if (!untold && !edited) return requires;
  const least = findLeast(confidence);
  const risk = known?.risk ?? toRisk(effect);
  const facts = { agent, tool, effect, risk, args, ...defined({ confidence: least }) };
  return findActionRequirement(team?.approvals ?? [], facts);
}

function toEntry(callId: string, outcome: Outcome): Entry {
  switch (outcome.kind) {
    case 'done':
    case 'failed': {
      const { step, editedBy, approvedBy, approvedAs } = outcome;
      const as = approvedAs === undefined ? '' : `${approvedBy} approved it as "${approvedAs}".`;
      if (editedBy === undefined)
        return { kind: 'tool-result', callId, step, ...(as === '' ? {} : { note: as }) };
      const edited = `${editedBy} changed the arguments before it was carried out: ${clip(outcome.args, 2_000)}`;
      const note = as === '' ? edited : `${edited}\n${as}`;
      const name = formatResultName(step, { args: outcome.args ?? null });
      return { kind: 'tool-result', callId, step: name, note };
    }
    case 'confirmed':
      return {
        kind: 'tool-refused',
        callId,
        reason: `Done already: ${outcome.by} confirmed that the action took place. Do not repeat it.`,
      };
    case 'rejected':
      return {
        kind: 'tool-refused',
        callId,
        reason: `Not done: ${toOneLine(outcome.verdict.by)} rejected it. Reason: ${indentText(outcome.verdict.reason, '> ')}`,
      };
  }
}

/** The agent called a tool that it may not use with this task. The tool was not offered to it. */
function denyPermission(
  run: Pick<Run, 'record'>,
  { call, agent, path }: Pick<Requested, 'call' | 'agent' | 'path'>,
  permission: string,
): Entry {
  const why = `${call.tool} needs the permission ${permission}, which you do not have with this task`;
  run.record(
    {
      kind: 'tool',
      agent,
      tool: call.tool,
      outcome: 'refused',
      preview: why.replace('you do', `${agent} does`),
    },
    path,
  );
  const reason = `Not carried out: ${why}. Hand off to an agent that has it, or continue without.`;
  return { kind: 'tool-refused', callId: call.callId, reason };
}
