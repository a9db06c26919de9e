/** The origin of a request, as the run reports it: the input, the handoffs, and the sources that were read. */
import { z } from 'zod';
import { Count, type Wire } from '../data/wire-schema.js';

export const OriginTask = z.object({
  text: z.string().describe("The run's input, or the message that is being answered; a long one is cut."),
  by: z.string().optional().describe('The author, if the message names one.'),
});
export type OriginTask = Wire<typeof OriginTask>;

/** One step on the path of a task. */
export const OriginHandoff = z.object({
  from: z.string().describe('The sender: an agent, the orchestration, or the author of a message.'),
  to: z.string().describe('The receiver.'),
  goal: z.string().describe('The goal in the sender’s words; without one, the payload.'),
});
export type OriginHandoff = Wire<typeof OriginHandoff>;

/** A source that someone read with one tool; for an untrusted tool, in one call. */
export const OriginSource = z.object({
  by: z.string().describe('The reader: an agent, or the orchestration.'),
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
    task: OriginTask.optional().describe('The request of the user; absent if the run has no input.'),
    handoffs: z
      .array(OriginHandoff)
      .describe('The handoffs from the start of the run to the asking agent, oldest first.'),
    read: z.array(OriginSource).describe('The sources read in the run before the request.'),
    earlier: Count.optional().describe('How many handoffs and sources are left out; absent where none is.'),
  })
  .meta({
    id: 'RequestOrigin',
    description: "Where a request comes from: the run's word about itself, which no signature covers.",
  });
export type RequestOrigin = Wire<typeof RequestOrigin>;
