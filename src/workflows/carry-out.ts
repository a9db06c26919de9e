/**
 * Carrying out a tool call, for the orchestration or for an agent. An irreversible one asks a person first, about
 * exactly these arguments; one whose outcome nobody knows is never repeated without a person saying so.
 */
import { CancellationScope } from '@temporalio/workflow';
import type { CallToolInput, CallToolResult } from '../contracts/activities.js';
import type { DecisionTicket } from '../contracts/approval.js';
import { BatonError } from '../contracts/errors.js';
import type { Json } from '../contracts/json.js';
import { preview } from '../contracts/preview.js';
import { askFor, askWhatHappened, type AskedAction } from './action-requests.js';
import { callTool } from './activity-calls.js';
import type { Rejected } from './approval.js';
import type { MemoryView } from './memory-view.js';
import { Redirection } from './redirection.js';
import type { Run } from './run.js';
import { nameAt } from './scope.js';

/** A tool call, as it is carried out. */
export interface Action extends AskedAction {
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

/** What became of it. */
export type Outcome =
  | ({
      readonly kind: 'done';
      readonly step: string;
      /** Names what it gave. */
      readonly result: string;
      readonly output?: Json;
    } & Permitted)
  | ({ readonly kind: 'failed'; readonly step: string; readonly error: BatonError } & Permitted)
  | { readonly kind: 'confirmed'; readonly by: string }
  | { readonly kind: 'rejected'; readonly verdict: Rejected };

/** Carries one out, once a person has let it happen where one must be asked. */
export async function carryOut(run: Run, asked: Action): Promise<Outcome> {
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
      return { kind: 'done', step, result: result.digest, ...permitted, ...what };
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
