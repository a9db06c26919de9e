/** The input of one agent turn: the new entries of its conversation, and the model call. */
import { z } from 'zod';
import { type Wire } from '../data/wire-schema.js';
import { home } from './run-home.js';
import { Envelope, describeTexts } from '../handoff/envelope.js';

const callId = z.string().describe('The tool call, as the conversation names it.');
export const root = z.string().describe("The root under which the run's conversations are stored.");

export const Entry = z
  .discriminatedUnion('kind', [
    Envelope,
    z.object({
      kind: z.literal('tool-result').describe('The result of a tool call.'),
      callId,
      step: z.string().describe('Under which step the store has it.'),
      note: z.string().optional().describe('A note for the agent: a person changed the arguments.'),
    }),
    z.object({
      kind: z.literal('tool-refused').describe('A tool call that was not carried out.'),
      callId,
      reason: z.string().describe('Why.'),
    }),
    z.object({
      kind: z.literal('answer').describe('The runtime’s answer to a call.'),
      callId,
      text: z.string().describe('The answer.'),
    }),
    z.object({
      kind: z.literal('said').describe('A user’s message to the agent in control.'),
      text: z.string().describe('The message.'),
      by: z.string().optional().describe('The author, unverified.'),
      turn: z.int().min(1).describe('Which turn of the conversation it is.'),
    }),
    z.object({
      kind: z.literal('repair').describe('The last answer cannot be used.'),
      problem: z.string().describe('The problem.'),
    }),
  ])
  .meta({ id: 'Entry', description: 'One thing that is new to a conversation; `kind` says what.' });
export type Entry = Wire<typeof Entry>;

/** The acknowledgement that an agent must give before it acts: it accepts the task, or says why not. */
export const AwaitedAcknowledgement = z.object({
  items: describeTexts('The items that it must name, as `name@version`.'),
  alone: z.boolean().describe('Whether no other call runs with it.'),
});
export type AwaitedAcknowledgement = Wire<typeof AwaitedAcknowledgement>;

export const acknowledge = AwaitedAcknowledgement.optional().describe(
  'Present until the agent has taken its task on, under a declared contract.',
);

export const permissions = describeTexts(
  'The agent’s permissions for the task: tools that need more are not offered.',
).optional();

export const team = z
  .string()
  .optional()
  .describe("The run's team: by its policies people are asked. The worker’s own policies apply in addition.");

export const routed = z
  .number()
  .optional()
  .describe('How sure the routing was that gave the agent its task, where a policy looks at it.');

export const CallModelInput = z
  .object({
    root,
    home,
    turnKey: z
      .string()
      .describe("Names this very turn: a second attempt finds the first one's answer by it."),
    agent: z.string().describe('The agent that is asked.'),
    team,
    routed,
    head: z.string().nullable().describe('Where its conversation stands; null when it begins.'),
    entries: z.array(Entry).describe('The new entries; the envelope first at the beginning.'),
    handoffs: z
      .array(z.string())
      .describe('The contracts, as `name@version`, by which the agent may hand off in this turn.'),
    permissions,
    priced: z
      .literal(true)
      .optional()
      .describe('A budget bounds the cost: a model without a price is not asked.'),
    acknowledge,
    questions: z
      .array(z.string())
      .optional()
      .describe('A receiver’s questions before it accepts; no other answer is allowed.'),
  })
  .describe('The input of the activity `callModel`: one turn of an agent.');
export type CallModelInput = Wire<typeof CallModelInput>;
