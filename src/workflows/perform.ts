/**
 * Carrying out a tool call, for the orchestration or for an agent. An irreversible one asks a person first, about
 * exactly these arguments; one whose outcome nobody knows is never repeated without a person saying so.
 */
import { CancellationScope } from '@temporalio/workflow';
import type { CallToolInput, CallToolResult, Entry, RequestedCall } from '../contracts/activities.js';
import type { DecisionTicket } from '../contracts/approval.js';
import { BatonError } from '../contracts/errors.js';
import type { Json } from '../contracts/json.js';
import { preview } from '../contracts/preview.js';
import { parseWith } from '../contracts/schema.js';
import { idempotencyOf, type ToolDefinition } from '../contracts/tool.js';
import { askFor, askWhatHappened, type AskedAction } from './action-requests.js';
import { callTool } from './activity-calls.js';
import type { Rejected } from './approval.js';
import type { MemoryView } from './memory-view.js';
import { Redirection } from './redirection.js';
import type { Run } from './run.js';
import { nameAt } from './scope.js';

/** What became of an irreversible action. */
export type Performed<Out> =
  | {
      readonly outcome: 'performed';
      readonly output: Out;
      readonly approvedBy: string;
      /** Present when a person changed the arguments before they were approved: with these it was carried out. */
      readonly edited?: { readonly by: string; readonly args: Json };
    }
  /** A person says that it took place, though its receipt was lost. */
  | { readonly outcome: 'confirmed'; readonly by: string }
  | Rejected;

interface Action extends AskedAction {
  readonly timeoutSeconds: number;
  readonly irreversible: boolean;
  readonly argsPreview: string;
  readonly call: CallToolInput['call'];
  /** What its caller knows of the shared memory; the orchestration's own code reads what is newest. */
  readonly memory?: MemoryView | undefined;
  readonly returns: CallToolInput['returns'];
}

/** Who let it happen, and who changed the arguments before; both undefined when nobody was asked. */
interface Permitted {
  /** The arguments with which it was carried out. */
  readonly args?: Json;
  readonly approvedBy?: string | undefined;
  readonly editedBy?: string | undefined;
}

type Outcome =
  | ({ readonly kind: 'done'; readonly step: string; readonly output?: Json } & Permitted)
  | ({ readonly kind: 'failed'; readonly step: string; readonly error: BatonError } & Permitted)
  | { readonly kind: 'confirmed'; readonly by: string }
  | { readonly kind: 'rejected'; readonly verdict: Rejected };

/** The verb `perform`: the orchestration calls a tool itself. */
export async function perform(run: Run, tool: ToolDefinition, args: unknown): Promise<unknown> {
  const parsed = parseWith(tool.input, args);
  if (!parsed.ok) {
    throw new BatonError('BAD_INPUT', `perform(${tool.name}): the arguments do not fit.\n${parsed.problem}`, {
      tool: tool.name,
    });
  }
  const value = parsed.value as Json;
  const irreversible = tool.effect === 'irreversible';
  const outcome = await carryOut(run, {
    tool: tool.name,
    timeoutSeconds: tool.timeoutSeconds,
    irreversible,
    promises: (edited) => idempotencyOf(tool, edited),
    args: value,
    argsSchema: tool.input,
    argsPreview: preview(value, 120),
    askedBy: run.owner,
    path: run.scopes.next(tool.name),
    call: { args: value },
    returns: 'value',
  });
  if (outcome.kind === 'failed') throw outcome.error;
  if (!irreversible && outcome.kind === 'done') return outcome.output;
  return toPerformed(outcome);
}

function toPerformed(outcome: Exclude<Outcome, { kind: 'failed' }>): Performed<Json | undefined> {
  switch (outcome.kind) {
    case 'done':
      return {
        outcome: 'performed',
        output: outcome.output,
        approvedBy: outcome.approvedBy ?? '',
        ...(outcome.editedBy === undefined
          ? {}
          : { edited: { by: outcome.editedBy, args: outcome.args ?? null } }),
      };
    case 'confirmed':
      return { outcome: 'confirmed', by: outcome.by };
    case 'rejected':
      return outcome.verdict;
  }
}

/** A tool call that an agent's model asked for. */
interface Requested {
  readonly call: RequestedCall;
  readonly head: string;
  readonly agent: string;
  readonly path: string;
  /** Where this workflow knows it; only then can a person edit the arguments. */
  readonly tool: ToolDefinition | undefined;
  readonly redirectTo: () => readonly string[];
  readonly memory?: MemoryView;
}

/** Carries it out; the answer goes back into its agent's conversation. */
export async function performRequested(run: Run, wanted: Requested): Promise<Entry> {
  const { call, head, agent, path, tool, redirectTo, memory } = wanted;
  const outcome = await carryOut(run, {
    tool: call.tool,
    timeoutSeconds: call.timeoutSeconds,
    irreversible: call.effect === 'irreversible',
    promises: (args) => (tool ? idempotencyOf(tool, args) : (call.idempotency ?? 'none')),
    ...(call.args === undefined ? {} : { args: call.args }),
    ...(tool ? { argsSchema: tool.input } : {}),
    redirectTo,
    argsPreview: call.preview,
    askedBy: agent,
    path,
    call: { head, callId: call.callId },
    memory,
    returns: 'reference',
  });
  return toEntry(call.callId, outcome);
}

function toEntry(callId: string, outcome: Outcome): Entry {
  switch (outcome.kind) {
    case 'done':
    case 'failed': {
      const { step, editedBy } = outcome;
      if (editedBy === undefined) return { kind: 'tool-result', callId, step };
      const note = `${editedBy} changed the arguments before it was carried out: ${preview(outcome.args, 2_000)}`;
      return { kind: 'tool-result', callId, step, note };
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
        reason: `Not done: ${outcome.verdict.by} rejected it. Reason: ${outcome.verdict.reason}`,
      };
  }
}

async function carryOut(run: Run, asked: Action): Promise<Outcome> {
  let action = asked;
  let permitted: Permitted = {};
  if (action.irreversible) {
    const { ticket, args, editedBy } = await askFor(run, action);
    if (ticket.option !== 'approve') {
      run.record(toolEvent(action, 'refused', ticket.reason ?? ''), action.path);
      if (ticket.to !== undefined) throw new Redirection(ticket.to, ticket.by, ticket.reason);
      return refusal(ticket);
    }
    permitted = { approvedBy: ticket.by, ...(editedBy === undefined ? {} : { editedBy }) };
    if (editedBy !== undefined) action = withArguments(action, args ?? null);
  }
  for (let attempt = 0; ; attempt += 1) {
    const step = attempt === 0 ? action.path : `${action.path}/again-${attempt}`;
    const result = await callOnce(run, action, step);
    if (result.kind === 'done') {
      const { output } = result;
      const what = { args: action.args ?? null, ...(output === undefined ? {} : { output }) };
      return { kind: 'done', step, ...permitted, ...what };
    }
    if (result.kind === 'failed') {
      const error = new BatonError(result.code, result.message, { tool: action.tool, step });
      return { kind: 'failed', step, ...permitted, args: action.args ?? null, error };
    }
    const { ticket } = await askWhatHappened(run, action, step, result);
    if (ticket.option === 'was-done') return { kind: 'confirmed', by: ticket.by };
    if (ticket.option === 'reject') return refusal(ticket);
  }
}

function refusal({ by, reason = '' }: DecisionTicket): Outcome {
  return { kind: 'rejected', verdict: { outcome: 'rejected', by, reason } };
}

/** The action as a person edited it: these arguments count, not those in the agent's conversation. */
function withArguments(action: Action, args: Json): Action {
  return { ...action, args, argsPreview: preview(args, 120), call: { args } };
}

async function callOnce(run: Run, action: Action, step: string): Promise<CallToolResult> {
  run.step();
  run.begins(step, action.askedBy, action.tool);
  try {
    const result = await (action.irreversible ? toItsEnd(run, action, step) : called(run, action, step));
    run.used.toolCall();
    if (result.kind !== 'unknown-outcome') action.memory?.saw(result.memory);
    const said =
      result.kind === 'done' ? result.preview : result.kind === 'failed' ? result.message : result.begunAt;
    run.record(toolEvent(action, result.kind, said), action.path);
    if (action.irreversible && result.kind !== 'failed') {
      const what = `${action.tool} (${preview(action.argsPreview, 200)})`;
      const became = result.kind === 'done' ? preview(said, 200) : 'nobody knows whether it took place';
      run.effects.note(action.path, `${what}: ${became}`);
    }
    return result;
  } finally {
    run.ends(step);
  }
}

/**
 * What cannot be undone is not given up half-way: when the step around it is cancelled, its outcome is still waited for
 * and recorded.
 */
function toItsEnd(run: Run, action: Action, step: string): Promise<CallToolResult> {
  return run.effects.during(() => CancellationScope.nonCancellable(() => called(run, action, step)));
}

function called(run: Run, action: Action, step: string): Promise<CallToolResult> {
  const { tool, askedBy: agent, call, returns, path, timeoutSeconds } = action;
  const pinned = action.memory?.pinnedFor(tool) ?? [];
  const memory = pinned.length === 0 ? {} : { memory: pinned };
  return callTool(
    { root: run.root, step, tool, agent, call, returns, ...memory },
    { timeoutSeconds, summary: `${tool} for ${nameAt(agent, path)}: ${preview(action.argsPreview, 80)}` },
  );
}

function toolEvent(action: Action, outcome: CallToolResult['kind'] | 'refused', said: string) {
  return {
    kind: 'tool',
    agent: action.askedBy,
    tool: action.tool,
    outcome,
    preview: preview(said, 160),
  } as const;
}
