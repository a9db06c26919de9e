/** What a receiver of a task gets over the wire: the envelope, and the two messages that carry one. */
import { z } from 'zod';
import type {
  CallModelInput as CallModelInputType,
  Entry as EntryType,
  Envelope as EnvelopeType,
} from '../../contracts/activities.js';
import type { SpecialistInput as SpecialistInputType } from '../../contracts/wire.js';
import { mirrorOf } from '../mirror.js';
import { AnyJson } from '../parts.js';

const handedOverBy = z
  .string()
  .optional()
  .describe('Who handed control over; absent when the task was delegated and control comes back.');
const redirectedBy = z
  .string()
  .optional()
  .describe('The person who moved the task here, and why, when a person did.');
const callId = z.string().describe('The tool call, as the conversation names it.');
const root = z.string().describe("The root under which the run's conversations are stored.");

const task = {
  kind: z.literal('task').describe('A task for the agent.'),
  input: AnyJson.describe("What the sender passed, as the receiver's input schema or the contract has it."),
  handedOverBy,
  redirectedBy,
};

export const Envelope = mirrorOf<EnvelopeType>()(
  z
    .object(task)
    .describe("What a receiver gets: its task's input and who handed it over, and nothing else of the run."),
);

const Entry = mirrorOf<EntryType>()(
  z
    .discriminatedUnion('kind', [
      z.object(task),
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
        kind: z.literal('repair').describe('The last answer cannot be used.'),
        problem: z.string().describe('What was wrong with it.'),
      }),
    ])
    .meta({ id: 'Entry', description: 'One thing that is new to a conversation; `kind` says what.' }),
);

export const ModelCall = mirrorOf<CallModelInputType>()(
  z
    .object({
      root,
      turnKey: z
        .string()
        .describe("Names this very turn: a second attempt finds the first one's answer by it."),
      agent: z.string().describe('The agent that is asked.'),
      head: z.string().nullable().describe('Where its conversation stands; null when it begins.'),
      entries: z.array(Entry).describe('What is new to it; the envelope first when it begins.'),
      handoffs: z
        .array(z.string())
        .describe('The contracts, as `name@version`, by which the agent may hand over in this turn.'),
      priced: z
        .literal(true)
        .optional()
        .describe('A budget bounds the cost: a model without a price is not asked.'),
    })
    .describe('The input of the activity `callModel`: what an agent is given for one turn.'),
);

export const SpecialistInput = mirrorOf<SpecialistInputType>()(
  z
    .object({
      v: z.literal(1).describe('The version of this shape.'),
      agent: z.string().describe('The agent that gets the task.'),
      maxTurns: z.int().min(1).describe('How many model calls the task may take.'),
      handoffs: z.array(z.string()).describe('The contracts, as `name@version`, by which it may hand over.'),
      handedOverBy,
      redirectedBy,
      redirectTo: z.array(z.string()).describe('To whom a person may move the task, by name.'),
      input: AnyJson.describe('What the sender passed.'),
      root,
      rootWorkflowId: z.string().describe('The run that this specialist is part of.'),
      path: z.string().describe('Where in that run.'),
    })
    .describe('What a specialist in a workflow of its own is started with.'),
);
