/**
 * The orchestration: plain TypeScript that runs as a durable workflow. It survives every restart, so it must be
 * deterministic: no network and no files here; put those into tools.
 */
import { orchestration } from '@batonhq/baton/workflow';
import { z } from 'zod';
import { clerk, desk, Letter, sendReply, writer } from './team.js';

export const answerLetter = orchestration(
  { team: desk, input: Letter, output: z.object({ answer: z.string(), sent: z.boolean() }) },
  async (letter, { delegate, perform }) => {
    const findings = await delegate(clerk, letter); // control returns
    const reply = await delegate(writer, { letter, findings });
    const sending = await perform(sendReply, { to: letter.from, ...reply }); // waits for a person
    return { answer: reply.body, sent: sending.outcome !== 'rejected' };
  },
);
