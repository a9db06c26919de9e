/** The timeline of a run: every kind of event. */
import { z } from 'zod';
import { Code, Count, Share, type Wire } from '../data/wire-schema.js';
import { Cost } from '../definitions/cost.js';
import { ContextManifest } from '../handoff/context-manifest.js';
import { RoutedBy, Trigger } from '../handoff/envelope.js';
import { SaidBy } from '../handoff/said-by.js';
import { defineEvent, requestEvents, sure } from './request-events.js';

const preview = z.string().describe('The beginning of what was passed, as text.');
const agent = z.string().describe('The agent at work.');
const turn = z.int().min(1).describe("Which of the agent's model calls in this task, from 1.");

/** The result of one router. */
export const RouteAttempt = z.object({
  router: z.string().describe('The router.'),
  by: z.enum(['rules', 'classifier', 'similarity']).describe('Its kind.'),
  decided: z.boolean().describe('Whether it was sure enough.'),
  to: z.string().optional().describe('The destination that it named.'),
  confidence: Share.optional().describe('How sure it was.'),
  scores: z.record(z.string(), Share).optional().describe('By destination, where they were compared.'),
  reason: z.string().optional().describe('Why, or how the scores were made.'),
  problem: z.string().optional().describe('Why it gave no answer.'),
});
export type RouteAttempt = Wire<typeof RouteAttempt>;

const handoff = z
  .string()
  .describe('The handoff that this is about, as its `delegated` or `handoff` names it.');

/** A receiver's question, its answer, and who gave it. */
export const Clarified = z.object({
  question: z.string().describe('The question.'),
  answer: z.string().describe('The reason given to the sender.'),
  by: z.string().describe('The author of the answer: the sender, or a person.'),
  identity: SaidBy.shape.identity.optional(),
});
export type Clarified = Wire<typeof Clarified>;

/** A receiver's questions, with their answers. */
export const clarified = z.array(Clarified);

/** The fields of an offered handoff. */
export const offer = {
  handoff: z.string().describe('Names this handoff.'),
  from: z.string().describe('The sender.'),
  to: z.string().describe('The receiver.'),
  trigger: Trigger.describe('Why control moves.'),
  by: RoutedBy.describe('The origin of the choice of the receiver.'),
  router: z.string().optional().describe('The router that decided, where one did.'),
  confidence: Share.optional().describe('How sure it was.'),
  contract: z.string().describe('The contract, as `name@version`.'),
  schema: z
    .string()
    .optional()
    .describe(
      "16 hex characters of the digest of the payload's JSON Schema; absent where anything may be passed.",
    ),
  owner: z.string().describe("The owner of the run's task until the receiver accepts."),
  manifest: z.string().describe('The id of its context manifest.'),
  preview,
};

const delegated = defineEvent('delegated', 'An agent is offered a task; control comes back.', offer);
const handedOff = defineEvent('handoff', 'An agent is offered a task, and control with it.', offer);
const granted = defineEvent('granted', 'A contract adds permissions to what its receiver has.', {
  handoff,
  to: z.string().describe('The receiver.'),
  permissions: z.array(z.string()).describe('The permissions granted for this task.'),
  contract: z.string().describe('The contract, as `name@version`.'),
});
const recovery = defineEvent('recovery', 'A step of the recovery policy was taken.', {
  step: z
    .enum(['alternative', 'agent', 'person', 'retry', 'resolved', 'end'])
    .describe(
      'Another agent, a recovery agent or a person is asked; somebody tries again; there is a result after all; or the declared end.',
    ),
  agent: z.string().describe('The agent that failed last.'),
  cause: z
    .object({
      code: Code.describe('The failure code.'),
      message: z.string().describe('What happened.'),
    })
    .describe('The failure that led to it.'),
  to: z.string().optional().describe('The receiver of the task, the decision or the result.'),
});

/** One event of a run; `kind` says which. */
export const TimelineEvent = z
  .discriminatedUnion('kind', [
    defineEvent('run-started', 'The run starts, or continues in a new execution.', {
      workflow: z.string().describe('Its workflow type.'),
      continues: z
        .string()
        .optional()
        .describe('The run id of the execution before, if the run continues one.'),
    }),
    delegated,
    handedOff,
    granted,
    defineEvent('context', 'The context of the receiver: the parts it saw and the parts left out.', {
      handoff,
      agent: z.string().describe('The receiver.'),
      manifest: ContextManifest,
    }),
    defineEvent('accepted', 'The receiver accepted the task.', {
      handoff,
      by: z.string().describe('The receiver.'),
      items: z.array(z.string()).describe('The required items that it named, as `name@version`.'),
      owner: z.string().describe("The owner of the run's task from here on."),
    }),
    defineEvent('clarification', 'The receiver asked before it accepted.', {
      handoff,
      by: z.string().describe('The receiver.'),
      round: z.int().min(1).describe('Which round.'),
      answers: clarified.describe('The questions, each with its answer.'),
    }),
    defineEvent('declined', 'The receiver declined the task.', {
      handoff,
      by: z.string().describe('The receiver.'),
      reason: z.string().describe('Why.'),
      code: Code.optional().describe('Where its worker refused, before any model was asked.'),
    }),
    defineEvent('misrouted', 'The receiver says who should have the task instead.', {
      handoff,
      by: z.string().describe('The receiver.'),
      to: z.string().describe('The agent that it named.'),
      reason: z.string().describe('Why.'),
    }),
    defineEvent('sent-back', 'The task returned to its sender.', {
      handoff,
      to: z.string().describe('The sender.'),
      reason: z.string().describe('The reason given to the sender.'),
    }),
    defineEvent('routed', 'It was decided who gets a task; nobody has it by that yet.', {
      router: z.string().describe('The router that was asked; those of a chain with bars between them.'),
      to: z.string().describe("The destination's name, or `keep`."),
      by: z.enum(['rules', 'classifier', 'similarity', 'person', 'fallback']).describe('What decided.'),
      confidence: Share.optional().describe(
        'How sure it was; absent where a person or the fallback decided.',
      ),
      reason: z.string().optional().describe('Why.'),
      tried: z.array(RouteAttempt).describe('The answer of each router, in order.'),
    }),
    defineEvent('turn', "An agent's model has answered.", {
      agent,
      turn,
      model: z.string().describe('The model that answered.'),
      move: z.string().describe('The answer in words.'),
      did: z.string().optional().describe('The kind of the answer, e.g. `finish`, `tools` or `handoff`.'),
      result: z.string().optional().describe('The beginning of the result, where it finishes the task.'),
      inputTokens: Count.describe('Tokens the model read.'),
      outputTokens: Count.describe('Tokens the model wrote.'),
      cost: Cost.optional().describe('The cost; absent if the model has no price.'),
    }),
    defineEvent(
      'repair',
      'An answer was invalid. The agent gets the problem, unless it was its last attempt.',
      {
        agent,
        turn,
        problem: z.string().describe('The problem.'),
      },
    ),
    defineEvent('tool', 'A tool was called, or was not.', {
      agent,
      tool: z.string().describe('The tool.'),
      confidence: sure,
      outcome: z
        .enum(['done', 'failed', 'unknown-outcome', 'refused'])
        .describe('The outcome. `unknown-outcome`: the call began, and its outcome is unknown.'),
      preview: z.string().describe('The beginning of its result, or of the reason for a missing one.'),
    }),
    defineEvent('returned', 'A delegated task is done; control comes back.', {
      from: z.string().describe('The agent that did it.'),
      to: z.string().describe('To whom control comes back.'),
      preview,
    }),
    ...requestEvents,
    recovery,
    defineEvent('note', 'Something worth knowing that moved nothing.', {
      text: z.string().describe('What, in words.'),
      code: Code.optional().describe('The failure code that fits, if one does.'),
    }),
    defineEvent('run-ended', 'The run has ended.', {
      outcome: z.enum(['completed', 'failed']).describe('How.'),
      code: Code.optional().describe('The failure code of a failed run.'),
      message: z.string().optional().describe('Why it failed.'),
    }),
  ])
  .meta({ id: 'TimelineEvent', description: 'One thing that happened; `kind` says what.' });
export type TimelineEvent = Wire<typeof TimelineEvent>;

export const Timeline = z
  .array(TimelineEvent)
  .describe('The events of a run, oldest first: the answer to the query `timeline`.');

type WithoutPlace<S extends z.ZodType> = S extends z.ZodType ? Omit<Wire<S>, 'at' | 'path'> : never;

/** A task is offered: by a delegation, after which control returns, or by a handoff, which moves control. */
export type OfferEvent = WithoutPlace<typeof delegated> | WithoutPlace<typeof handedOff>;

/**
 * The step after a failure: someone is asked, the task is retried, recovery gives a result, or the declared end
 * applies.
 */
export type RecoveryStep = Wire<typeof recovery>['step'];

/** An event that the results in the history do not imply. */
export interface Told {
  /** Its position in the timeline, from 0. */
  readonly n: number;
  readonly event: TimelineEvent;
}
