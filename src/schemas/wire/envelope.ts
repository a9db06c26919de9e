/** What a receiver of a task gets over the wire: the envelope, and the model call that carries one. */
import { z } from 'zod';
import type {
  CallModelInput as CallModelInputType,
  Entry as EntryType,
} from '../../contracts/wire/activities.js';
import type { Envelope as EnvelopeType } from '../../contracts/handoff/envelope.js';
import { mirrorOf } from '../parts/mirror.js';
import { AnyJson, Count } from '../parts/parts.js';
import { BudgetLeft } from './budget.js';
import { RoutedBy, Trigger } from './timeline.js';

const callId = z.string().describe('The tool call, as the conversation names it.');
export const root = z.string().describe("The root under which the run's conversations are stored.");
const texts = (about: string) => z.array(z.string()).describe(about);

const decisions = z
  .array(
    z.object({ decision: z.string().describe('What was settled.'), reason: z.string().describe('Why.') }),
  )
  .describe('What was settled, and why.');
const answered = z
  .array(
    z.object({
      question: z.string().describe('What was asked.'),
      answer: z.string().describe('The answer.'),
    }),
  )
  .describe('Questions that need not be asked again.');
const done = texts('Work that need not be done again.');
const open = texts('What is still to be done.');
const needToKnow = texts('Facts that whoever has the task must know.');

export const references = (about: string) =>
  z
    .array(
      z.object({
        namespace: z.string().describe('The namespace.'),
        key: z.string().describe('The key in it.'),
        version: z.int().min(1).describe('The version, which never changes.'),
      }),
    )
    .describe(about);

const Share = z.number().min(0).max(1);

export const Envelope = mirrorOf<EnvelopeType>()(
  z
    .object({
      kind: z.literal('task').describe('A task for the agent.'),
      v: z.literal(1).describe('The version of this shape.'),
      id: z.string().describe('Names this transfer, and its context manifest; the same after a reset.'),
      from: z.string().describe('Who has the task: an agent, or the orchestration.'),
      to: z.string().describe('Who is offered it.'),
      control: z.enum(['delegate', 'handoff']).describe('Whether control comes back, or moves.'),
      trigger: Trigger.describe('Why control moves.'),
      routing: z
        .object({
          by: RoutedBy.describe('Who chose the receiver.'),
          router: z.string().optional().describe('The router that decided, where one did.'),
          confidence: Share.optional().describe('How sure it was.'),
          reason: z.string().optional().describe('Why.'),
        })
        .describe('How the receiver was chosen.'),
      contract: z
        .object({
          name: z
            .string()
            .describe('The declared contract; `input-of-<agent>` where code gave the task directly.'),
          version: z.int().min(1).describe('A receiver of another version declines.'),
          schema: z
            .string()
            .optional()
            .describe("16 hex characters of the digest of the payload's JSON Schema."),
        })
        .describe('What governs the transition.'),
      input: AnyJson.describe('What the contract, or the receiver’s input schema, lets through.'),
      required: z
        .array(
          z.object({
            name: z.string().describe('A part of the payload, or a memory entry.'),
            version: z.string().describe('8 hex characters of its digest; of a memory entry its version.'),
          }),
        )
        .optional()
        .describe('What the receiver must name to take the task on; present under a declared contract.'),
      memory: references(
        'The versions in the shared memory that the receiver reads unless it asks for others.',
      ).optional(),
      task: z
        .object({
          goal: z.string().describe('What the receiver is to achieve.'),
          expected: z.string().describe('What is to come back, or to be true afterwards.'),
          acceptance: texts('By what it is recognised that it is done.'),
        })
        .optional()
        .describe('The task as the sender describes it.'),
      summary: z
        .object({ done, decisions, answered, open, needToKnow })
        .optional()
        .describe('What the sender says of its own work.'),
      carried: z
        .object({ done, decisions, answered, open, needToKnow })
        .optional()
        .describe('What earlier senders of the same task said of theirs.'),
      permissions: texts(
        'What the receiver may do with the task: what both it and its giver hold, and what was granted.',
      ).optional(),
      granted: texts('What of it the contract granted.').optional(),
      budget: BudgetLeft.optional().describe(
        'What the receiver, and whoever has the task after it, may still use.',
      ),
      instructions: z.string().optional().describe('What the contract tells every receiver to do next.'),
      terms: z
        .object({
          values: z
            .record(z.string(), z.string())
            .optional()
            .describe("What the placeholders of the agent's texts stand for."),
          output: AnyJson.optional().describe(
            'The JSON Schema of the result, in place of the one that the agent declares.',
          ),
        })
        .optional()
        .describe('What holds of the agent for this task only.'),
      context: z
        .object({
          head: z.string().optional().describe("The sender's conversation, where it has one."),
          history: z
            .enum(['none', 'all', 'last-n', 'summarize'])
            .optional()
            .describe('How much of it is shown.'),
          lastN: z.int().min(1).optional().describe('For `last-n`: how many messages.'),
          maxTokens: z.int().min(1).optional().describe('How many tokens the context may have.'),
          whenOver: z
            .enum(['summarize', 'drop'])
            .optional()
            .describe('What becomes of a history that does not fit.'),
          carried: z
            .enum(['all', 'none'])
            .optional()
            .describe('Whether the receiver is shown what was settled before.'),
          withheld: Count.optional().describe('How many things settled before it is not shown.'),
        })
        .optional()
        .describe("How the receiver's context is composed."),
      redirectedBy: z
        .string()
        .optional()
        .describe('The person who moved the task here, and why, when a person did.'),
      guidance: z.string().optional().describe('What went wrong before, and what to make of it.'),
    })
    .meta({ id: 'Envelope', description: 'What the receiver of a task gets, and nothing else of the run.' }),
);

export const Entry = mirrorOf<EntryType>()(
  z
    .discriminatedUnion('kind', [
      Envelope,
      z.object({
        kind: z.literal('tool-result').describe('The result of a tool call.'),
        callId,
        step: z.string().describe('Under which step the store has it.'),
        note: z
          .string()
          .optional()
          .describe('What the agent must know of it: that a person changed the arguments.'),
      }),
      z.object({
        kind: z.literal('tool-refused').describe('A tool call that was not carried out.'),
        callId,
        reason: z.string().describe('Why.'),
      }),
      z.object({
        kind: z.literal('answer').describe('What the runtime answers to a call.'),
        callId,
        text: z.string().describe('The answer.'),
      }),
      z.object({
        kind: z.literal('said').describe('What a user says to the agent who has control.'),
        text: z.string().describe('What is said.'),
        by: z.string().optional().describe('Who says it, as they claim.'),
        turn: z.int().min(1).describe('Which turn of the conversation it is.'),
      }),
      z.object({
        kind: z.literal('repair').describe('The last answer cannot be used.'),
        problem: z.string().describe('What was wrong with it.'),
      }),
    ])
    .meta({ id: 'Entry', description: 'One thing that is new to a conversation; `kind` says what.' }),
);

export const acknowledge = z
  .object({
    items: texts('What it must name, as `name@version`.'),
    alone: z.boolean().describe('Whether nothing is carried out beside it.'),
  })
  .optional()
  .describe('Present until the agent has taken its task on, under a declared contract.');

export const permissions = texts(
  'What the agent may do with the task: tools that need more are not offered.',
).optional();

export const team = z
  .string()
  .optional()
  .describe(
    "The run's team: by its policies people are asked. What a worker itself demands is another matter.",
  );

export const routed = z
  .number()
  .optional()
  .describe('How sure the routing was that gave the agent its task, where a policy looks at it.');

export const ModelCall = mirrorOf<CallModelInputType>()(
  z
    .object({
      root,
      turnKey: z
        .string()
        .describe("Names this very turn: a second attempt finds the first one's answer by it."),
      agent: z.string().describe('The agent that is asked.'),
      team,
      routed,
      head: z.string().nullable().describe('Where its conversation stands; null when it begins.'),
      entries: z.array(Entry).describe('What is new to it; the envelope first when it begins.'),
      handoffs: z
        .array(z.string())
        .describe('The contracts, as `name@version`, by which the agent may hand over in this turn.'),
      permissions,
      priced: z
        .literal(true)
        .optional()
        .describe('A budget bounds the cost: a model without a price is not asked.'),
      acknowledge,
      questions: z
        .array(z.string())
        .optional()
        .describe('What a receiver asks before it takes the task on; nothing else may be answered.'),
    })
    .describe('The input of the activity `callModel`: what an agent is given for one turn.'),
);
