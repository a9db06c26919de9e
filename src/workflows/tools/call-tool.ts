/**
 * Carries out a tool call for the orchestration or for an agent. An irreversible call needs approval of exactly these
 * arguments first. If its outcome is unknown, it is repeated only when a person says so.
 */
import { defined } from '../../contracts/data/defined.js';
import { CancellationScope } from '@temporalio/workflow';
import type { CallToolInput, CallToolResult } from '../../contracts/wire/tool-call.js';
import { BatonError } from '../../contracts/errors.js';
import type { Json } from '../../contracts/data/json.js';
import { clip } from '../../contracts/data/preview.js';
import { mergeRequirements } from '../../contracts/definitions/merge-policies.js';
import type { Proof } from '../../contracts/proof/spend.js';
import { askBeforeTool, askWhatHappened, Redirection, type AskedAction } from './ask-before-tool.js';
import type { Decided } from '../approvals/wait-for-decision.js';
import { readConfidence } from '../approvals/build-request.js';
import { callTool } from '../runtime/activities.js';
import { formatNames } from '../approvals/approval.js';
import { findRefusal, noteRefusal, toRefusalOutcome, type Refused } from './refusals.js';
import type { MemoryView } from './memory-view.js';
import type { Run } from '../runtime/run.js';
import type { Voice } from '../requests/decider.js';
import { buildAskedPath, formatNameAt, buildRepeatPath } from '../../contracts/data/step-path.js';

/** A tool call to carry out. */
export interface Action extends AskedAction {
  readonly timeoutSeconds: number;
  /** The permission that the tool needs. */
  readonly permission?: string | undefined;
  readonly argsPreview: string;
  readonly call: CallToolInput['call'];
  /** The caller's view of the shared memory; the orchestration's own code reads the newest versions. */
  readonly memory?: MemoryView | undefined;
  readonly returns: CallToolInput['returns'];
  /** The tool returns text from outsiders. */
  readonly untrusted?: true | undefined;
}

/** The people who approved it, and who edited the arguments before; both undefined when no one was asked. */
interface Permitted {
  /** The arguments that were used. */
  readonly args?: Json;
  readonly approvedBy?: string | undefined;
  /** The declared option that the approvers chose. */
  readonly approvedAs?: string | undefined;
  /** The proof for the worker that carries it out. */
  readonly proof?: Proof | undefined;
  readonly editedBy?: string | undefined;
}

type Unproven = Extract<CallToolResult, { kind: 'unproven' }>;

/** The outcome of a tool call. */
export type Outcome =
  | ({
      readonly kind: 'done';
      readonly step: string;
      /** Identifies its result. */
      readonly result: string;
      readonly output?: Json;
    } & Permitted)
  | ({
      readonly kind: 'failed';
      readonly step: string;
      readonly error: BatonError;
      /** The worker did not accept the approval. */
      readonly disbelieved?: Unproven;
    } & Permitted)
  | { readonly kind: 'confirmed'; readonly by: string }
  | Refused;

/** How often people are asked again when the worker does not accept their decision. */
const ASKED_AT_MOST = 3;

/** Carries out a tool call, after approval if it needs one. */
export async function runToolCall(run: Run, asked: Action): Promise<Outcome> {
  let told: Unproven | undefined;
  if (asked.requires(asked.args ?? null) === undefined) {
    const outcome = await toItsOutcome(run, asked, {});
    told = outcome.kind === 'failed' ? outcome.disbelieved : undefined;
    if (told?.requires === undefined) return outcome;
  }
  for (let round = 1; ; round += 1) {
    // Each round is a separate step, so a decision on one cannot be spent on another.
    const path = buildAskedPath(asked.path, round);
    const action = { ...applyEdit(asked, told), path };
    const before = findRefusal(run, action);
    if (before) return noteRefusal(run, action, before);
    const decided = await askBeforeTool(run, action, round === 1 ? undefined : told?.message);
    const { ticket, means, args, editedBy, voices } = decided;
    if (means !== 'approve') {
      const outcome = noteRefusal(run, action, ticket);
      if (ticket.to !== undefined) throw new Redirection(ticket.to, ticket.by, ticket.reason);
      return outcome;
    }
    const permitted = {
      approvedBy: formatNames(voices),
      ...(ticket.option === 'approve' ? {} : { approvedAs: ticket.option }),
      ...defined({ editedBy }),
      proof: toProof(run, decided),
    };
    // The arguments as a person edited them: these apply, not those in the agent's conversation.
    const edited = { args: args ?? null, argsPreview: clip(args ?? null, 120), call: { args: args ?? null } };
    const final = editedBy === undefined ? action : { ...action, ...edited };
    const outcome = await toItsOutcome(run, final, permitted);
    if (outcome.kind !== 'failed' || outcome.disbelieved === undefined) return outcome;
    if (round === ASKED_AT_MOST || outcome.step !== path) return outcome;
    told = outcome.disbelieved;
  }
}

/** The worker may demand more than this workflow knows: then people are asked by both policies. */
function applyEdit(asked: Action, told: Unproven | undefined): Action {
  const { requires, args = asked.args } = told ?? {};
  if (requires === undefined) return asked;
  return {
    ...asked,
    ...defined({ args }),
    requires: (given) => mergeRequirements(asked.tool, [asked.requires(given), requires]),
  };
}

async function toItsOutcome(run: Run, action: Action, allowed: Permitted): Promise<Outcome> {
  let permitted = allowed;
  for (let attempt = 0; ; attempt += 1) {
    const step = buildRepeatPath(action.path, attempt);
    const result = await callOnce(run, action, step, permitted.proof);
    if (result.kind === 'done') {
      const { output } = result;
      const what = { args: action.args ?? null, ...defined({ output }) };
      return { kind: 'done', step, result: result.digest, ...permitted, ...what };
    }
    if (result.kind === 'failed' || result.kind === 'unproven') {
      const code = result.kind === 'failed' ? result.code : 'DECISION_UNPROVEN';
      const error = new BatonError(code, result.message, { tool: action.tool, step });
      const disbelieved = result.kind === 'unproven' ? { disbelieved: result } : {};
      return { kind: 'failed', step, ...permitted, args: action.args ?? null, error, ...disbelieved };
    }
    const { ticket, voices, said } = await askWhatHappened(run, action, step, result);
    if (ticket.option === 'was-done') return { kind: 'confirmed', by: ticket.by };
    if (ticket.option === 'reject') return toRefusalOutcome(ticket);
    const { proof } = permitted;
    if (proof)
      permitted = {
        ...permitted,
        proof: { ...proof, again: listSigned(voices), ...defined({ saidAgain: said }) },
      };
  }
}

/** The proof for the worker; undefined when decisions are unsigned. */
function toProof(
  { rootRun }: Pick<Run, 'rootRun'>,
  { ticket, voices, declared, said, requester }: Decided,
): Proof | undefined {
  const decisions = listSigned(voices);
  if (decisions.length === 0) return undefined;
  const shown = defined({ options: declared, said, requester });
  return { run: rootRun, request: ticket.request, decisions, ...shown };
}

function listSigned(voices: readonly Voice[]): string[] {
  return voices.flatMap(({ signed }) => signed ?? []);
}

async function callOnce(
  run: Run,
  action: Action,
  step: string,
  proof: Proof | undefined,
): Promise<CallToolResult> {
  run.countStep();
  run.beginStep(step, action.askedBy, action.tool);
  try {
    const result = await (action.irreversible
      ? toItsEnd(run, action, step, proof)
      : runActivity(run, action, step, proof));
    run.usage.toolCall();
    if (result.kind === 'unproven') return result;
    noteOrigin(run, action, result);
    if (result.kind !== 'unknown-outcome') action.memory?.saw(result.memory);
    if (action.irreversible && result.kind !== 'failed') {
      const what = `${action.tool} (${clip(action.argsPreview, 200)})`;
      const became = result.kind === 'done' ? clip(result.preview, 200) : 'its outcome is unknown';
      run.effects.note(action.path, `${what}: ${became}`);
    }
    return result;
  } finally {
    run.endStep(step);
  }
}

/** Records what its caller reads, regardless of how it ended. */
function noteOrigin(
  { origin }: Pick<Run, 'origin'>,
  { askedBy: by, tool, argsPreview: source, untrusted }: Action,
  result: Exclude<CallToolResult, { kind: 'unproven' }>,
): void {
  if (result.kind === 'unknown-outcome') return;
  const gave = result.kind === 'done' ? result.preview : result.message;
  origin.noteAnswer({ by, tool, source, gave, ...defined({ untrusted }) });
}

/** An irreversible action is never abandoned: when the step around it is cancelled, its outcome is still awaited and recorded. */
function toItsEnd(run: Run, action: Action, step: string, proof: Proof | undefined): Promise<CallToolResult> {
  return run.effects.during(() =>
    CancellationScope.nonCancellable(() => runActivity(run, action, step, proof)),
  );
}

function runActivity(
  run: Run,
  action: Action,
  step: string,
  proof: Proof | undefined,
): Promise<CallToolResult> {
  const { tool, askedBy: agent, call, returns, path, timeoutSeconds, permission } = action;
  const pinned = action.memory?.pinnedFor(tool) ?? [];
  const memory = pinned.length === 0 ? {} : { memory: pinned };
  const proven = proof === undefined ? {} : { proof };
  return callTool(
    run,
    {
      root: run.root,
      step,
      tool,
      agent,
      ...readConfidence(action.confidence),
      call,
      returns,
      ...memory,
      ...proven,
    },
    {
      timeoutSeconds,
      permission,
      summary: `${tool} for ${formatNameAt(agent, path)}: ${clip(action.argsPreview, 80)}`,
    },
  );
}
