/** The sender of a task answers what the person who has it asks before they finish. */
import { shortenPreview } from '../../contracts/data/preview.js';
import { createUnreadableEnd } from '../agent/answer-back.js';
import type { AnswersBack } from '../approvals/ask-back.js';
import type { Run } from '../runtime/run.js';
import { askSideQuestion, numberLines } from '../agent/side-question.js';
import type { Sender } from './task.js';

/** Who handed a task to a person; undefined where the orchestration's own code did. */
export function createSenderAnswers(run: Run, sender: Sender | undefined): AnswersBack | undefined {
  if (sender === undefined) return undefined;
  const { task, at, callId, entries } = sender;
  const agent = task.agent.name;
  return async ({ questions, by }, path) => {
    const text = `Not done yet: ${by}, who has the task before them, asks first.\n${numberLines(questions)}`;
    const { answers } = await askSideQuestion(run, {
      agent,
      head: at.head,
      entries: [
        ...entries,
        callId === undefined ? { kind: 'repair', problem: text } : { kind: 'answer', callId, text },
      ],
      questions,
      path,
      place: task.place,
      turn: at.turns,
      ledger: task.standing.ledger,
      summary: `${agent}: answers ${shortenPreview(by, 60)}`,
    });
    return answers === undefined ? createUnreadableEnd(agent) : { answers, by: agent };
  };
}
