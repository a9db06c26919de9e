/** The desk's one orchestration: plan, research in parallel, weigh, write, check, and send once a person agrees. */
import { orchestration } from '@batonhq/baton/workflow';
import { z } from 'zod';
import {
  CheckedCitation,
  checkCitations,
  desk,
  lead,
  Plan,
  planner,
  Question,
  researcher,
  sendReport,
} from './team.js';

export const DeskResult = z.object({
  question: z.string().describe('What was asked.'),
  plan: Plan.describe('How the question was divided.'),
  answer: z.string().describe('The answer in Markdown, with marks [file:start-end].'),
  citations: z.array(CheckedCitation).describe('What the marks point at, as it stands in the files.'),
  missing: z.array(z.string()).describe('What the documents do not answer.'),
  delivery: z
    .object({
      kind: z.string().describe('How it was delivered.'),
      path: z.string().describe('Where it lies.'),
    })
    .nullable()
    .describe('Null when the report was not sent.'),
  rejected: z
    .object({ by: z.string().describe('Who refused to send it.'), reason: z.string().describe('Why.') })
    .optional()
    .describe('Present when a person refused to send the report.'),
});
export type DeskResult = z.infer<typeof DeskResult>;

const READER = 'reader@research-desk.baton.invalid';

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
    const sent = await perform(sendReport, {
      to: READER,
      subject: `Research desk: ${question.replace(/\s+/g, ' ').slice(0, 120)}`,
      body: `# ${question}\n\n${answer}\n`,
      composedAt: new Date().toISOString(),
    });
    const result = { question, plan, answer, citations, missing: report.missing };
    if (sent.outcome === 'rejected') {
      return { ...result, delivery: null, rejected: { by: sent.by, reason: sent.reason } };
    }
    if (sent.outcome === 'confirmed') {
      return { ...result, delivery: { kind: 'confirmed', path: `confirmed by ${sent.by}` } };
    }
    return { ...result, delivery: { kind: sent.output.kind, path: sent.output.path } };
  },
);
