/** The desk's orchestration: plan, work by dependency, weigh, write, review, and send after a person approves. */
import { runPlan, orchestration } from '@batonhq/baton/workflow';
import { clip } from './clip.js';
import { DeskResult } from './desk-result.js';
import { sendToReader } from './mail/deliver.js';
import { reviewedReport } from './review/reviewed-report.js';
import { desk, lead, planner, Question, workers } from './team.js';

/**
 * Answers a question from the documents of the corpus, and sends the answer after a person has approved it.
 * If the person rejects it, the run still completes with the answer, and nothing is sent.
 */
export const researchDesk = orchestration(
  { team: desk, input: Question, output: DeskResult },
  async ({ question }, verbs) => {
    const { delegate, perform } = verbs;
    const { rationale, subtasks, results, missing } = await runPlan(verbs, { planner, workers }, question);
    // The lead hands off in its own turn, so the result is the writer's report.
    const report = await delegate(lead, { goal: question, results, missing });
    const reviewed = await reviewedReport(verbs, question, report, results);
    const sending = await sendToReader(perform, {
      subject: `Research desk: ${clip(question.replace(/\s+/g, ' '), 120)}`,
      body: `# ${question}\n\n${reviewed.answer}\n`,
    });
    return { question, plan: { rationale, subtasks: [...subtasks] }, ...reviewed, ...sending };
  },
);
