/**
 * The envelope that a receiver gets with a task, and its parts. The receiver's worker renders it. The workflow keeps
 * only references to long texts.
 */
import { z } from 'zod';
import { AnyJson, Count, Share, type Wire } from '../data/wire-schema.js';
import { BudgetLeft } from './loan.js';
import { SaidBy } from './said-by.js';

export const Trigger = z
  .enum(['specialization', 'parallelization', 'error-recovery', 'privilege', 'domain-completion'])
  .meta({ id: 'Trigger', description: 'Why control moved.' });
export type Trigger = Wire<typeof Trigger>;

export const RoutedBy = z
  .enum(['code', 'agent', 'person', 'rules', 'classifier', 'similarity', 'fallback', 'misrouted', 'recovery'])
  .meta({ id: 'RoutedBy', description: 'The origin of a routing decision.' });
export type RoutedBy = Wire<typeof RoutedBy>;

export const describeTexts = (about: string) => z.array(z.string()).describe(about);

/** A settled decision, and its reason. */
export const DecisionMade = z.object({
  decision: z.string().describe('The decision.'),
  reason: z.string().describe('Why.'),
});
export type DecisionMade = Wire<typeof DecisionMade>;
const decisions = z.array(DecisionMade).describe('Decisions, each with its reason.');
/** A question that need not be asked again. */
export const AnsweredQuestion = z.object({
  question: z.string().describe('The question.'),
  answer: z.string().describe('The answer.'),
  saidBy: SaidBy.optional().describe(
    'The person or agent that answered; absent if a sender reports the answer.',
  ),
});
export type AnsweredQuestion = Wire<typeof AnsweredQuestion>;
const answered = z.array(AnsweredQuestion).describe('Questions that need not be asked again.');
const done = describeTexts('Work that need not be done again.');
const open = describeTexts('Open tasks.');
const needToKnow = describeTexts('Facts that the owner of the task must know.');

/** One version of one key of the shared memory. It is immutable. */
export const MemoryReference = z.object({
  namespace: z.string().describe('The namespace.'),
  key: z.string().describe('The key in it.'),
  version: z.int().min(1).describe('The version, which never changes.'),
});
export type MemoryReference = Wire<typeof MemoryReference>;
const describeReferences = (about: string) => z.array(MemoryReference).describe(about);

/**
 * The versions of the shared memory that a working agent knows: those that it received, and the newest of each key that
 * it has seen, by the handoff or by reading and writing.
 */
export const KnownMemory = z.object({
  handed: describeReferences('The items that it received.'),
  known: describeReferences('Of each key the newest version that it has seen.'),
});
export type KnownMemory = Wire<typeof KnownMemory>;

/** The task as the sender describes it (spec H2). */
export const TaskDescription = z.object({
  goal: z.string().describe('The goal of the receiver.'),
  expected: z.string().describe('The expected result, or the acceptance criteria.'),
  acceptance: describeTexts('By what it is recognised that it is done.'),
});
export type TaskDescription = Wire<typeof TaskDescription>;

/** How the receiver was chosen (spec R5). */
export const Routing = z.object({
  by: RoutedBy.describe('The origin of the choice of the receiver.'),
  router: z.string().optional().describe('The router that decided, where one did.'),
  confidence: Share.optional().describe('How sure it was.'),
  reason: z.string().optional().describe('Why.'),
});
export type Routing = Wire<typeof Routing>;

/** The contract of a transition, as it travels: the receiver's worker compares it with its own. */
export const ContractReference = z.object({
  name: z.string().describe('The declared contract; `input-of-<agent>` where code gave the task directly.'),
  version: z.int().min(1).describe('A receiver of another version declines.'),
  schema: z.string().optional().describe("16 hex characters of the digest of the payload's JSON Schema."),
});
export type ContractReference = Wire<typeof ContractReference>;

/** An item that a receiver must name to accept the task: a part of the payload, or a memory entry, with its version. */
export const RequiredItem = z.object({
  name: z.string().describe('A part of the payload, or a memory entry.'),
  version: z.string().describe('8 hex characters of its digest; of a memory entry its version.'),
});
export type RequiredItem = Wire<typeof RequiredItem>;

/** Terms that apply to each owner of this task until it is done. */
export const TaskTerms = z.object({
  values: z
    .record(z.string(), z.string())
    .optional()
    .describe("The values of the placeholders in the agent's texts."),
  output: AnyJson.optional().describe(
    'The JSON Schema of the result, in place of the one that the agent declares.',
  ),
  says: z
    .array(z.string())
    .optional()
    .describe('Keys of the result of which at least one must be neither null nor empty.'),
});
export type TaskTerms = Wire<typeof TaskTerms>;

/** How a receiver's context is composed. */
export const ComposedContext = z.object({
  head: z.string().optional().describe("The sender's conversation, where it has one."),
  history: z.enum(['none', 'all', 'last-n', 'summarize']).optional().describe('How much of it is shown.'),
  lastN: z.int().min(1).optional().describe('For `last-n`: how many messages.'),
  maxTokens: z.int().min(1).optional().describe('How many tokens the context may have.'),
  whenOver: z.enum(['summarize', 'drop']).optional().describe('How to treat a history that does not fit.'),
  carried: z
    .enum(['all', 'none'])
    .optional()
    .describe('Whether the receiver is shown what was settled before.'),
  withheld: Count.optional().describe('How many things settled before it is not shown.'),
  own: z
    .int()
    .min(1)
    .optional()
    .describe(
      'Present if control returns to the receiver: how many tokens of its own conversation stay unchanged.',
    ),
});
export type ComposedContext = Wire<typeof ComposedContext>;

/** The sender's summary of its work (spec H6), written in the model call that hands off. */
export const SenderSummary = z.object({ done, decisions, answered, open, needToKnow });
export type SenderSummary = Wire<typeof SenderSummary>;

/** Everything that earlier owners of a task have settled, merged. */
export const SettledFacts = SenderSummary.extend({
  forgotten: z
    .int()
    .min(1)
    .optional()
    .describe('How many of the oldest things are no longer carried, as the account has a bound.'),
});
export type SettledFacts = Wire<typeof SettledFacts>;

/** The only data of the run that the receiver of a delegation or a handoff gets over the wire. */
export const Envelope = z
  .object({
    kind: z.literal('task').describe('A task for the agent.'),
    v: z.literal(1).describe('The version of this shape.'),
    id: z.string().describe('Names this handoff, and its context manifest; the same after a reset.'),
    from: z.string().describe('The sender: an agent, or the orchestration.'),
    to: z.string().describe('The receiver.'),
    control: z.enum(['delegate', 'handoff']).describe('Whether control comes back, or moves.'),
    trigger: Trigger.describe('Why control moves.'),
    routing: Routing.describe('How the receiver was chosen.'),
    contract: ContractReference.describe('The contract of the handoff.'),
    input: AnyJson.describe('The payload, as the contract or the receiver’s input schema defines it.'),
    required: z
      .array(RequiredItem)
      .optional()
      .describe('The items that the receiver must name to accept; present under a declared contract.'),
    memory: describeReferences(
      'The versions in the shared memory that the receiver reads unless it asks for others.',
    ).optional(),
    task: TaskDescription.optional().describe('The task as the sender describes it.'),
    summary: SenderSummary.optional().describe('The sender’s summary of its own work.'),
    carried: SettledFacts.optional().describe('The summaries of earlier senders of the task.'),
    permissions: describeTexts(
      'The permissions of the receiver for this task: those that it and the sender both hold, and those that were granted.',
    ).optional(),
    granted: describeTexts('The permissions that the contract granted.').optional(),
    budget: BudgetLeft.optional().describe(
      'The budget left for the receiver and for later owners of the task.',
    ),
    instructions: z.string().optional().describe('The contract’s instructions to every receiver.'),
    terms: TaskTerms.optional().describe('The agent’s terms for this task only.'),
    context: ComposedContext.optional().describe("How the receiver's context is composed."),
    redirectedBy: z
      .string()
      .optional()
      .describe('The person who moved the task here, and why, when a person did.'),
    guidance: z.string().optional().describe('The earlier failure, and advice for this attempt.'),
  })
  .meta({ id: 'Envelope', description: 'Everything that the receiver of a task gets from the run.' });
export type Envelope = Wire<typeof Envelope>;

/** How a receiver's context is composed, as a contract declares it. Pinned parts are never trimmed. */
export type ContextPolicy = Omit<ComposedContext, 'head' | 'withheld' | 'own'>;
