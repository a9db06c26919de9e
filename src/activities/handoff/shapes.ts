/** The schemas for what models write when tasks change hands; their arguments are checked against these. */
import { z } from 'zod';
import type {
  SenderSummary as SummaryType,
  TaskDescription as TaskType,
} from '../../contracts/handoff/envelope.js';
import type { Schema } from '../../contracts/data/schema.js';

const describeTexts = (about: string) => z.array(z.string()).describe(about);

export const TaskDescription = z.object({
  goal: z.string().describe('The result that the receiver must reach, in one sentence.'),
  expected: z.string().describe('The output, or the state afterwards, that you expect.'),
  acceptance: describeTexts('Criteria by which anyone can see that it is done.'),
}) satisfies Schema<TaskType>;

export const SenderSummary = z.object({
  done: describeTexts('Finished work that must not be repeated, with its result.'),
  decisions: z
    .array(z.object({ decision: z.string(), reason: z.string() }))
    .describe('Decisions, each with its reason.'),
  answered: z
    .array(z.object({ question: z.string(), answer: z.string() }))
    .describe('Answered questions that must not be asked again.'),
  open: describeTexts(
    'Work and questions that are open. A point that was open for you stays open until you repeat it above in the same words.',
  ),
  needToKnow: describeTexts('Facts that the owner of the task must know: ids, amounts, names, limits.'),
}) satisfies Schema<SummaryType>;

/** The arguments of a handoff: the task, what the sender knows, and what the contract requires. */
export function buildHandoffArguments(payload: Schema) {
  return z.object({ task: TaskDescription, summary: SenderSummary, payload });
}

export const Clarify = z.object({
  questions: z
    .array(z.string().min(1))
    .min(1)
    .max(5)
    .describe('Questions that you need answered before you can begin.'),
});
export const Decline = z.object({ reason: z.string().min(1).describe('Why you cannot accept the task.') });
export const Misrouted = z.object({
  to: z.string().min(1).describe('The name of the right receiver.'),
  reason: z.string().min(1).describe('Why.'),
});

/** The arguments of an acceptance; `answer` matches the agent's output schema. */
export function acceptArguments(output: Schema | undefined) {
  return z.object({
    items: describeTexts('Every required item that you have, as "name@version".'),
    answer: (output ?? z.string())
      .nullish()
      .describe('Your final answer if you already have it. Otherwise null, or leave it out.'),
  });
}

/** The sender's answers when its receiver asks: in the order of the questions; null for an unknown answer. */
export const Clarification = z.object({
  answers: z.array(z.string().nullable()).describe('One for each question, in their order; null if unknown.'),
});
