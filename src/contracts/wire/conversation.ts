/** The messages of users to a swarm, and the view of the conversation. */
import { z } from 'zod';
import { AnyJson, Count, type Wire } from '../data/wire-schema.js';

const turn = z.int().min(1).describe('Which turn of the conversation it is, from 1.');
const id = z.string().describe('Names the message.');
const by = z.string().optional().describe('The author, unverified.');

/** A message: the argument of the update or signal `say`. */
export const Said = z
  .object({
    v: z.literal(1).optional().describe('The version of this shape.'),
    id: id.optional().describe('Said again under the same id it counts once.'),
    text: z.string().describe('At most 32,000 bytes.'),
    by,
  })
  .describe('A message, as the update or the signal `say` takes it.');
export type Said = Wire<typeof Said>;

/** The receipt of an accepted message. Messages are answered in order. */
export const TalkTicket = z
  .object({ v: z.literal(1).describe('The version of this shape.'), id, turn })
  .describe('That a message is taken in; it is answered in its turn.');
export type TalkTicket = Wire<typeof TalkTicket>;

/** One message and its outcome. */
export const TalkTurn = z.object({
  turn,
  id,
  text: z.string().describe('The message.'),
  by,
  agent: z.string().optional().describe('Who answered.'),
  answer: AnyJson.optional().describe('The answer, as the agent gives it.'),
  error: z
    .object({ code: z.string().describe('Its code.'), message: z.string().describe('In words.') })
    .optional()
    .describe('Why there is no answer.'),
});
export type TalkTurn = Wire<typeof TalkTurn>;

/** The state of a conversation: the result of the query `talk`. */
export const TalkView = z
  .object({
    v: z.literal(1).describe('The version of this shape.'),
    state: z.enum(['open', 'ended']).describe('Whether anything can be said.'),
    active: z.string().describe('The agent in control, which gets the next message.'),
    turns: Count.describe('How many messages were taken in.'),
    answered: Count.describe('How many of them are answered.'),
    recent: z
      .array(TalkTurn)
      .describe('The last turns, oldest first; those that wait are always among them.'),
  })
  .describe('Where a conversation stands: the answer to the query `talk`.');
export type TalkView = Wire<typeof TalkView>;
