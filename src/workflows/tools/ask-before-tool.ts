/** The two questions about an irreversible action: whether it may happen, and whether it happened. */
import { defined } from '../../contracts/data/defined.js';
import type { CallToolResult } from '../../contracts/wire/tool-call.js';
import { createOffer } from '../../contracts/requests/decision-options.js';
import { createOfferIn } from '../../contracts/requests/option-wordings.js';
import { formatConfidence } from '../../contracts/definitions/confidence.js';
import type { Json } from '../../contracts/data/json.js';
import type { ActionRequirement } from '../../contracts/definitions/policy.js';
import type { WaitingPlan } from '../../contracts/definitions/waiting-times.js';
import type { Idempotency } from '../../contracts/definitions/tool.js';
import type { Ask } from '../approvals/build-request.js';
import { waitForDecision, type Decided } from '../approvals/wait-for-decision.js';
import type { Run } from '../runtime/run.js';
import { buildOutcomePath } from '../../contracts/data/step-path.js';

/** Thrown when a person redirects the task: the agent carries out nothing further. The runtime catches it. */
export class Redirection extends Error {
  override readonly name = 'Redirection';
  readonly to: string;
  readonly by: string;
  readonly reason: string | undefined;

  constructor(to: string, by: string, reason: string | undefined) {
    super(`${by} gave the task to ${to}.`);
    this.to = to;
    this.by = by;
    this.reason = reason;
  }
}

/** The information that a person needs about an action to decide on it. */
export interface AskedAction extends Pick<
  Ask,
  'answers' | 'argsSchema' | 'askedBy' | 'confidence' | 'path' | 'title'
> {
  readonly tool: string;
  /** How the API treats a repeat of the action with these arguments. */
  readonly promises: (args: Json) => Idempotency;
  readonly args?: Json;
  /** The other possible owners of the task, by name. */
  readonly redirectTo?: () => readonly string[];
  /** The required approval, and its reason; undefined when the action needs no approval. */
  readonly requires: (args: Json) => ActionRequirement | undefined;
  readonly irreversible: boolean;
}

/**
 * Asks whether the action may be carried out.
 *
 * @param disbelieved - why the worker did not accept the last decision.
 */
export function askBeforeTool(run: Run, action: AskedAction, disbelieved?: string): Promise<Decided> {
  return waitForDecision(run, {
    reason: (args) => action.requires(args)?.reason,
    question: `May ${action.askedBy} carry out ${action.tool}?${action.irreversible ? ' It cannot be undone.' : ''}`,
    needs: (args) => action.requires(args)?.needs,
    waits: (args) => action.requires(args)?.waits,
    ...defined({ confidence: action.confidence, title: action.title }),
    ...describeDetails(action, disbelieved),
    ...defined({ answers: action.answers }),
    askedBy: action.askedBy,
    path: action.path,
    action: { tool: action.tool, args: action.args ?? null },
    ...defined({ argsSchema: action.argsSchema }),
    ...(action.redirectTo === undefined ? {} : { redirectTo: action.redirectTo() }),
    options: (args) => [
      createOfferIn('approve', action.irreversible ? action.promises(args) : 'repeatable', {
        tool: action.tool,
      }),
      createOfferIn('reject', 'tool'),
      ...(action.requires(args)?.options ?? []),
    ],
  });
}

function describeDetails({ confidence }: AskedAction, disbelieved: string | undefined): { details?: string } {
  const before =
    disbelieved === undefined
      ? []
      : [`It was approved before, and the worker did not take that as proven: ${disbelieved}`];
  const parts = [...before, ...(confidence === undefined ? [] : [formatConfidence(confidence)])];
  return parts.length === 0 ? {} : { details: parts.join('\n\n') };
}

function withoutDeadline(plan: WaitingPlan = {}): WaitingPlan {
  const { deadlineMs: _ends, onExpiry: _then, ...meanwhile } = plan;
  return meanwhile;
}

/** The action started and its outcome is unknown: asks whether it happened. */
export function askWhatHappened(
  run: Run,
  action: AskedAction,
  step: string,
  { begunAt, key, why, wording }: Extract<CallToolResult, { kind: 'unknown-outcome' }>,
): Promise<Decided> {
  return waitForDecision(run, {
    reason: 'unknown-outcome',
    question: `${action.tool} began at ${begunAt} and its outcome is unknown. Did it take place?`,
    details: [
      'The action was started, and it was not noted that it was done.',
      ...(why === undefined ? [] : [`It failed with: ${why}`]),
      `Look at the other side before you decide; this call's key is ${key}.`,
    ].join('\n\n'),
    needs: (args) => action.requires(args)?.needs,
    // A past action does not change with time, so a deadline cannot answer this.
    waits: (args) => withoutDeadline(action.requires(args)?.waits),
    askedBy: action.askedBy,
    ...defined({ title: action.title }),
    path: buildOutcomePath(step),
    action: { tool: action.tool, args: action.args ?? null },
    options: [
      createOffer('was-done', wording && { label: wording.done }),
      createOffer('do-again', wording && { label: wording.again }),
      createOfferIn('reject', 'outcome'),
    ],
  });
}
