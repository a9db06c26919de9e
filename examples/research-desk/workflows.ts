/** The desk's one orchestration: plan, research in parallel, weigh, write, check, and send once a person agrees. */
import { orchestration } from '@batonhq/baton/workflow';
import { z } from 'zod';
import { sendToReader, Sending } from './mail/deliver.js';
import { CheckedCitation, checkCitations, desk, lead, Plan, planner, Question, researcher } from './team.js';

export const DeskResult = z.object({
  question: z.string().describe('What was asked.'),
  plan: Plan.describe('How the question was divided.'),
  answer: z.string().describe('The answer in Markdown, with marks [file:start-end].'),
  citations: z.array(CheckedCitation).describe('What the marks point at, as it stands in the files.'),
  missing: z.array(z.string()).describe('What the documents do not answer.'),
  ...Sending.shape,
});
export type DeskResult = z.infer<typeof DeskResult>;

/**
 * Answers a question from the documents of the corpus and sends the answer after a person has approved it. When the
 * person refuses, the run still completes with the answer, and nothing is sent.
 */
export const researchDesk = orchestration(
  { team: desk, input: Question, output: DeskResult },
  async ({ question }, { delegate, parallel, perform }) => {
    const plan = await delegate(planner, { question });
    const findings = await parallel(
      plan.subtasks.map((subtask) => () => delegate(researcher, { question, subtask })),
    );
    // The lead hands over in its own turn, so what comes back is the writer's report.
    const report = await delegate(lead, { question, findings });
    const { answer, citations } = await perform(checkCitations, {
      answer: report.answer,
      citations: report.citations,
    });
    const sending = await sendToReader(perform, {
      subject: `Research desk: ${question.replace(/\s+/g, ' ').slice(0, 120)}`,
      body: `# ${question}\n\n${answer}\n`,
    });
    return { question, plan, answer, citations, missing: report.missing, ...sending };
  },
);
