/** The origin of a request, as the run reports it: the input, the handoffs, and the sources that were read. */
import { z } from 'zod';
import { Count, type Wire } from '../data/wire-schema.js';

export const OriginTask = z.object({
  text: z.string().describe("The run's input, or the message that is being answered; a long one is cut."),
  by: z.string().optional().describe('Who said it, where a message names somebody.'),
});
export type OriginTask = Wire<typeof OriginTask>;

/** One step on the path of a task. */
export const OriginHandoff = z.object({
  from: z.string().describe('Who gave the task: an agent, the orchestration, or whoever wrote a message.'),
  to: z.string().describe('Who was given it.'),
  goal: z
    .string()
    .describe('What the receiver is to achieve, in the words of its sender; else what it was given.'),
});
export type OriginHandoff = Wire<typeof OriginHandoff>;

/** A source that someone read with one tool; for an untrusted tool, in one call. */
export const OriginSource = z.object({
  by: z.string().describe('Who read it: an agent, or the orchestration.'),
  tool: z.string().describe('The tool that gave it.'),
  times: z.int().min(1).describe('How often.'),
  sources: z.array(z.string()).describe('With what it was called, the latest of them, each cut.'),
  gave: z.string().optional().describe('The beginning of what it gave, of a trusted tool last.'),
  untrusted: z
    .literal(true)
    .optional()
    .describe('Present where the tool gives what outsiders wrote: it may hold instructions of theirs.'),
});
export type OriginSource = Wire<typeof OriginSource>;

/** The origin of a request. No signature covers it. */
export const RequestOrigin = z
  .object({
    task: OriginTask.optional().describe('What was asked for; absent where the run was given nothing.'),
    handoffs: z.array(OriginHandoff).describe('The way of the task to whoever asks, oldest first.'),
    read: z.array(OriginSource).describe('What was read in the run before it was asked.'),
    earlier: Count.optional().describe('How many handoffs and sources are left out; absent where none is.'),
  })
  .meta({
    id: 'RequestOrigin',
    description: "Where a request comes from: the run's word about itself, which no signature covers.",
  });
export type RequestOrigin = Wire<typeof RequestOrigin>;
