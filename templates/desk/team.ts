/** The agents, their tools and the shapes that they exchange: plain data for workflows, tools and tests. */
import { agent, team, tool } from '@batonhq/baton';
import { z } from 'zod';

export const Letter = z.object({ from: z.string(), text: z.string() });
export type Letter = z.infer<typeof Letter>;

export const Reply = z.object({ subject: z.string(), body: z.string() });
export type Reply = z.infer<typeof Reply>;

/** Reads only, so an agent can call it without an approval. */
export const lookUp = tool({
  name: 'look_up',
  description: 'Finds what the handbook says about some words.',
  input: z.object({ words: z.string() }),
  output: z.array(z.string()),
});

/** Irreversible: Baton opens an approval request with the exact arguments before it runs. */
export const sendReply = tool({
  name: 'send_reply',
  description: 'Sends a reply to the author of the letter.',
  // Approvers read this first, beside the exact arguments.
  title: ({ to, subject }) => `Send “${subject}” to ${to}`,
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
