/** Everything that can stand in a run's timeline. */
import { z } from 'zod';
import type {
  RouteAttempt as RouteAttemptType,
  TimelineEvent as TimelineEventType,
} from '../../contracts/timeline.js';
import { mirrorOf } from '../mirror.js';
import { Code, Cost, Count, Instant } from '../parts.js';
import { DecisionTicket } from './approval.js';

export const Trigger = z
  .enum(['specialization', 'parallelization', 'error-recovery', 'privilege', 'domain-completion'])
  .meta({ id: 'Trigger', description: 'Why control moved.' });

const preview = z.string().describe('The beginning of what was passed, as text.');
const agent = z.string().describe('The agent at work.');
const turn = z.int().min(1).describe("Which of the agent's model calls in this task, from 1.");

function event<Kind extends string, Shape extends z.ZodRawShape>(kind: Kind, about: string, shape: Shape) {
  return z
    .object({
      kind: z.literal(kind).describe(about),
      at: Instant.describe("When, by the workflow's clock."),
      path: z
        .string()
        .describe('Where in the run, e.g. `parallel-1/0/researcher-0`; empty for the run itself.'),
      ...shape,
    })
    .describe(about);
}

const Share = z.number().min(0).max(1);

const RouteAttempt = mirrorOf<RouteAttemptType>()(
  z.object({
    router: z.string().describe('The router.'),
    by: z.enum(['rules', 'classifier', 'similarity']).describe('Its kind.'),
    decided: z.boolean().describe('Whether it was sure enough.'),
    to: z.string().optional().describe('The destination that it named.'),
    confidence: Share.optional().describe('How sure it was.'),
    scores: z.record(z.string(), Share).optional().describe('By destination, where they were compared.'),
    reason: z.string().optional().describe('Why, or how the scores were made.'),
    problem: z.string().optional().describe('Why it gave no answer.'),
  }),
);

export const TimelineEvent = mirrorOf<TimelineEventType>()(
  z
    .discriminatedUnion('kind', [
      event('run-started', 'The run begins.', { workflow: z.string().describe('Its workflow type.') }),
      event('delegated', 'An agent is given a task; control comes back.', {
        from: z.string().describe('Who gives the task.'),
        to: z.string().describe('Who gets it.'),
        trigger: Trigger.describe('Why control moved.'),
        preview,
      }),
      event('handoff', 'Control moves, and the task with it.', {
        from: z.string().describe('Who had the task.'),
        to: z.string().describe('Who has it now.'),
        trigger: Trigger.describe('Why control moved.'),
        by: z.enum(['code', 'agent', 'person']).describe('Who chose the receiver.'),
        contract: z.string().optional().describe('The contract it went by, as `name@version`.'),
        preview,
      }),
      event('routed', 'It was decided who gets a task; nobody has it by that yet.', {
        router: z.string().describe('The router that was asked; those of a chain with bars between them.'),
        to: z.string().describe("The destination's name, or `keep`."),
        by: z.enum(['rules', 'classifier', 'similarity', 'person', 'fallback']).describe('What decided.'),
        confidence: Share.optional().describe(
          'How sure it was; absent where a person or the fallback decided.',
        ),
        reason: z.string().optional().describe('Why.'),
        tried: z
          .array(RouteAttempt)
          .describe('What each router said, in the order in which they were asked.'),
      }),
      event('turn', "An agent's model has answered.", {
        agent,
        turn,
        model: z.string().describe('The model that answered.'),
        move: z.string().describe('What the answer amounts to, in words.'),
        inputTokens: Count.describe('Tokens the model read.'),
        outputTokens: Count.describe('Tokens the model wrote.'),
        cost: Cost.optional().describe('What it cost; absent where the model has no price.'),
      }),
      event('repair', 'An answer could not be used, and the agent is told why.', {
        agent,
        turn,
        problem: z.string().describe('What was wrong.'),
      }),
      event('tool', 'A tool was called, or was not.', {
        agent,
        tool: z.string().describe('The tool.'),
        outcome: z
          .enum(['done', 'failed', 'unknown-outcome', 'refused'])
          .describe(
            'What became of it. `unknown-outcome`: it began, and nobody knows whether it took place.',
          ),
        preview: z.string().describe('The beginning of its result, or of why there is none.'),
      }),
      event('returned', 'A delegated task is done; control comes back.', {
        from: z.string().describe('Who did it.'),
        to: z.string().describe('To whom control comes back.'),
        preview,
      }),
      event('asked', 'A person is asked, and the run waits there.', {
        request: z.string().describe('The id of the request.'),
        question: z.string().describe('What is to be decided.'),
        askedBy: z.string().describe('Who asks.'),
        deadline: Instant.optional().describe('When waiting ends.'),
      }),
      event('decided', 'A person has decided.', DecisionTicket.shape),
      event('edited', 'A person changed the action of a request, which still waits.', {
        request: z.string().describe('The id of the request.'),
        revision: z.int().min(2).describe('The revision that it made.'),
        digest: z.string().optional().describe('The digest of the action as it is now.'),
        by: z.string().describe('Who changed it.'),
        via: z.enum(['update', 'signal']).describe('How the edit came.'),
        reason: z.string().optional().describe('Why, in the words of who changed it.'),
      }),
      event('expired', 'Nobody decided in time; nothing was done.', {
        request: z.string().describe('The id of the request.'),
      }),
      event('note', 'Something worth knowing that moved nothing.', {
        text: z.string().describe('What, in words.'),
        code: Code.optional().describe('The failure code that fits, if one does.'),
      }),
      event('run-ended', 'The run has ended.', {
        outcome: z.enum(['completed', 'failed']).describe('How.'),
        code: Code.optional().describe('The failure code of a failed run.'),
        message: z.string().optional().describe('Why it failed.'),
      }),
    ])
    .meta({ id: 'TimelineEvent', description: 'One thing that happened; `kind` says what.' }),
);

export const Timeline = z
  .array(TimelineEvent)
  .describe('What happened in a run, oldest first: the answer to the query `timeline`.');
