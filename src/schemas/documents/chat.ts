/** What `baton chat --json` prints: a line for each answer. */
import { TalkTurn } from '../../contracts/wire/conversation.js';
import { z } from 'zod';

export const ChatDocument = z
  .object({ workflowId: z.string().describe('The conversation.'), ...TalkTurn.shape })
  .describe('A message and its answer, as `baton chat --json` prints them, a line each.');
