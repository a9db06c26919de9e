/**
 * How an agent's conversation starts: with what its worker may accept, composed to fit its model. If the worker may not
 * accept it, or the pinned parts do not fit, the model is not asked.
 */
import { fillPlaceholders } from '../../contracts/crew/placeholders.js';
import { z } from 'zod';
import type { CallModelInput, Entry } from '../../contracts/wire/model-call.js';
import type { ContextManifest } from '../../contracts/handoff/context-manifest.js';
import type { AgentDefinition } from '../../contracts/definitions/agent.js';
import type { Envelope, TaskTerms } from '../../contracts/handoff/envelope.js';
import type { Message } from '../../contracts/handoff/messages.js';
import type { Json } from '../../contracts/data/json.js';
import type { Schema } from '../../contracts/data/schema.js';
import type { Model } from '../../models/model/model.js';
import { loadTokenizer } from '../../models/model/tokens.js';
import { computeContextBudget, explainWindow } from '../context/budget.js';
import { composeContext, buildTaskMessage, type Composed, type ComposeInput } from '../context/compose.js';
import { findSummary } from '../context/records.js';
import { checkContract, type Refusal } from '../handoff/check-contract.js';
import { buildModelRequest, type Asking } from './prompt.js';
import type { Registry } from '../registry/registry.js';

/** The agent whose conversation it is. */
export interface Opener extends Pick<Asking, 'agent' | 'contracts' | 'weighs'> {
  readonly model: Model;
}

export type Opening =
  | {
      readonly kind: 'open';
      readonly messages: readonly Message[];
      readonly manifest?: ContextManifest;
      /** Whether it restarts with a summary of the agent's own conversation, which no longer fits. */
      readonly isAnew?: boolean;
    }
  | { readonly kind: 'refused'; readonly messages: readonly Message[]; readonly refusal: Refusal }
  /** A summary of the sender's conversation must be made first. */
  | { readonly kind: 'needs-summary'; readonly of: string; readonly maxTokens: number };

/** Without an envelope the conversation continues, and nothing is composed. */
export async function openFirstTurn(
  registry: Registry,
  input: CallModelInput,
  opener: Opener,
  before: readonly Message[],
): Promise<Opening> {
  const envelope = input.entries.find((entry) => entry.kind === 'task');
  if (envelope === undefined) return { kind: 'open', messages: [] };
  const refusal = checkContract(opener.agent, registry.contracts, envelope);
  if (refusal !== undefined) return { kind: 'refused', messages: [buildTaskMessage(envelope)], refusal };
  const composed = await compose(registry, input, envelope, { ...opener, before });
  switch (composed.kind) {
    case 'composed':
      return { ...composed, kind: 'open' };
    case 'needs-summary':
      return composed;
    case 'does-not-fit':
      return {
        kind: 'refused',
        messages: [buildTaskMessage(envelope)],
        refusal: { code: 'CONTEXT_TOO_LARGE', reason: composed.problem },
      };
  }
}

async function compose(
  { store }: Registry,
  { root, head: own, acknowledge, questions, permissions = [] }: CallModelInput,
  envelope: Envelope,
  { agent, model, contracts, weighs, before }: Opener & { readonly before: readonly Message[] },
): Promise<Composed> {
  const tokenizer = await loadTokenizer(model.name);
  const fixed = buildModelRequest({
    agent,
    contracts,
    conversation: [],
    acknowledge,
    questions,
    permissions,
    weighs,
  });
  const head = envelope.context?.head;
  const given: ComposeInput = {
    envelope,
    history: head === undefined ? [] : await store.conversation(root, head),
    budget: computeContextBudget(envelope.context, model.contextTokens, fixed, tokenizer),
    window: computeContextBudget(undefined, model.contextTokens, fixed, tokenizer),
    explainWindow: () => explainWindow(model.contextTokens, fixed, tokenizer),
    tokenizer,
    ...(own === null ? {} : { own: { head: own, messages: before } }),
  };
  const summaries = new Map<string, string>();
  // The sender's conversation, and the receiver's own.
  for (;;) {
    const composed = composeContext({ ...given, summaryOf: (of) => summaries.get(of) });
    if (composed.kind !== 'needs-summary') return composed;
    const { of, maxTokens } = composed;
    const summary = await findSummary(store, root, of, maxTokens);
    if (summary === undefined || summaries.has(of)) return composed;
    summaries.set(of, summary.text);
  }
}

/** The terms of the task of a conversation: they are stored with the task. */
export function findTaskTerms(entries: readonly Entry[], before: readonly Message[]): TaskTerms | undefined {
  const task = entries.find((entry) => entry.kind === 'task');
  if (task !== undefined) return task.terms;
  const message = before.findLast((each) => each.role === 'user' && each.source === 'task');
  return message?.role === 'user' ? message.terms : undefined;
}

export function applyTerms(agent: AgentDefinition, terms: TaskTerms | undefined): AgentDefinition {
  if (terms === undefined) return agent;
  const { values = {}, output, says } = terms;
  const { goal, role, instructions } = agent;
  return {
    ...agent,
    goal: fillPlaceholders(goal, values),
    ...(role === undefined ? {} : { role: fillPlaceholders(role, values) }),
    ...(instructions === undefined ? {} : { instructions: fillPlaceholders(instructions, values) }),
    ...(output === undefined ? {} : { output: toOutput(output, says) }),
  };
}

function toOutput(output: Json, says: TaskTerms['says']): Schema {
  const schema = z.fromJSONSchema(output as z.core.JSONSchema.BaseSchema);
  if (says === undefined) return schema;
  const isSaid = (value: unknown): boolean =>
    typeof value === 'string' ? value.trim() !== '' : (value ?? null) !== null;
  return schema.refine(
    (value) => says.some((key) => isSaid((value as Record<string, unknown> | null)?.[key])),
    {
      message: `Your answer was empty: ${says.join(', ')} ${says.length === 1 ? 'says' : 'say'} nothing. Answer the task.`,
    },
  );
}
