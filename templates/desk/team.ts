/** Who works here and what they exchange: plain data, read by workflows, tools and tests alike. */
import { agent, team, tool } from '@batonhq/baton';
import { z } from 'zod';

export const Letter = z.object({ from: z.string(), text: z.string() });
export type Letter = z.infer<typeof Letter>;

export const Reply = z.object({ subject: z.string(), body: z.string() });
export type Reply = z.infer<typeof Reply>;

/** An agent may call this whenever it likes: it changes nothing. */
export const lookUp = tool({
  name: 'look_up',
  description: 'Finds what the handbook says about some words.',
  input: z.object({ words: z.string() }),
  output: z.array(z.string()),
});

/** It cannot be undone, so a person is asked before, with the exact arguments. */
export const sendReply = tool({
  name: 'send_reply',
  description: 'Sends a reply to who wrote the letter.',
  input: z.object({ to: z.string(), subject: z.string(), body: z.string() }),
  output: z.object({ file: z.string() }),
  effect: 'irreversible',
  idempotency: 'keyed',
});

export const clerk = agent({
  name: 'clerk',
  goal: 'Find out what the letter asks, and what the handbook says about it.',
  input: Letter,
  tools: [lookUp],
});

export const writer = agent({
  name: 'writer',
  goal: 'Write a short, friendly reply that says only what the findings say.',
  input: z.object({ letter: Letter, findings: z.string() }),
  output: Reply,
});

export const desk = team({ name: 'desk', agents: [clerk, writer], contracts: [] });
