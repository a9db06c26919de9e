/** The verb `perform`: the orchestration calls a tool itself. */
import { defined } from '../../contracts/data/defined.js';
import { createInputError, createDeniedError, createRejectionError } from '../../contracts/errors.js';
import type { Json } from '../../contracts/data/json.js';
import { clip } from '../../contracts/data/preview.js';
import { buildActionTitle } from '../../contracts/definitions/action-title.js';
import { findActionRequirement } from '../../contracts/definitions/policy.js';
import { listTeamPermissions } from '../../contracts/definitions/team.js';
import { parseWith } from '../../contracts/data/schema.js';
import { readIdempotency, type ToolDefinition } from '../../contracts/definitions/tool.js';
import type { Rejected } from '../approvals/approval.js';
import { runToolCall, type Outcome } from './call-tool.js';
import type { Run } from '../runtime/run.js';

/** The outcome of an irreversible action. */
export type Performed<Out> =
  | {
      readonly outcome: 'performed';
      readonly output: Out;
      readonly approvedBy: string;
      /** The declared option that the approvers chose; absent for a plain approval. */
      readonly option?: string;
      /** Present when a person edited the arguments before approval: these were used. */
      readonly edited?: { readonly by: string; readonly args: Json };
    }
  /** A person says that it happened, although its receipt was lost. */
  | { readonly outcome: 'confirmed'; readonly by: string }
  | Rejected;

/** The verb `perform`: the orchestration calls a tool itself. */
export async function perform(run: Run, tool: ToolDefinition, args: unknown): Promise<unknown> {
  if ((tool as Partial<ToolDefinition> | undefined)?.kind !== 'tool')
    throw createInputError('perform takes a tool, as tool(…) defines it: perform(search, { query }).');
  assertPermitted(run, tool);
  const parsed = parseWith(tool.input, args);
  if (!parsed.ok) {
    throw createInputError(`perform(${tool.name}): the arguments do not fit.\n${parsed.problem}`, {
      tool: tool.name,
    });
  }
  const value = parsed.value as Json;
  const irreversible = tool.effect === 'irreversible';
  const outcome = await runToolCall(run, {
    tool: tool.name,
    timeoutSeconds: tool.timeoutSeconds,
    permission: tool.permission,
    irreversible,
    promises: (edited) => readIdempotency(tool, edited),
    args: value,
    argsSchema: tool.input,
    argsPreview: clip(value, 120),
    title: (edited) => buildActionTitle(tool, edited),
    untrusted: tool.untrusted,
    requires: (edited) =>
      findActionRequirement(run.team?.approvals ?? [], {
        agent: run.owner,
        tool: tool.name,
        effect: tool.effect,
        risk: tool.risk,
        args: edited,
      }),
    askedBy: run.owner,
    path: run.scopes.next(tool.name),
    call: { args: value },
    returns: 'value',
  });
  if (outcome.kind === 'failed') throw outcome.error;
  if (irreversible) return toPerformed(outcome);
  if (outcome.kind === 'done') return outcome.output;
  // Its caller expects the tool's output: a rejection that is overlooked must not look like one.
  const { by } = outcome.kind === 'rejected' ? outcome.verdict : outcome;
  const why = outcome.kind === 'rejected' ? outcome.verdict.reason : '';
  throw createRejectionError(`${tool.name} was not carried out: ${by} rejected it: ${why}`, {
    tool: tool.name,
    by,
    reason: why,
  });
}

/** The orchestration has the permissions that its team's agents declare; without a team nothing is restricted. */
function assertPermitted(run: Pick<Run, 'team'>, { name, permission }: ToolDefinition): void {
  const held = listTeamPermissions(run.team);
  if (permission === undefined || held === undefined || held.includes(permission)) return;
  throw createDeniedError(
    `${name} needs the permission ${permission}, which no agent of team ${run.team?.name ?? ''} holds. It was not called.`,
    { tool: name, permission },
  );
}

function toPerformed(outcome: Exclude<Outcome, { kind: 'failed' }>): Performed<Json | undefined> {
  switch (outcome.kind) {
    case 'done':
      return {
        outcome: 'performed',
        output: outcome.output,
        approvedBy: outcome.approvedBy ?? '',
        ...defined({ option: outcome.approvedAs }),
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
