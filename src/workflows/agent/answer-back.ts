/** An agent answers what somebody asks before deciding on its tool call: beside its task, from its own conversation. */
import { clip } from '../../contracts/data/preview.js';
import type { AnswersBack } from '../approvals/ask-back.js';
import type { RoundsEnd } from '../requests/ask-back-rounds.js';
import type { Run } from '../runtime/run.js';
import { askSideQuestion, numberLines, type SideQuestion } from './side-question.js';

/** An agent that waits for a tool call of its own. */
export interface WaitingAgent extends Pick<SideQuestion, 'agent' | 'head' | 'place' | 'turn' | 'ledger'> {
  readonly callId: string;
}

/** It is asked beside its task: its conversation goes on as if it had not been. */
export function createAgentAnswers(run: Run, { callId, ...waiting }: WaitingAgent): AnswersBack {
  return async ({ questions, by }, path) => {
    const text = `Not decided yet: ${by}, who is to decide on it, asks first.\n${numberLines(questions)}`;
    const { answers } = await askSideQuestion(run, {
      ...waiting,
      entries: [{ kind: 'answer', callId, text }],
      questions,
      path,
      summary: `${waiting.agent}: answers ${clip(by, 60)}`,
    });
    return answers === undefined ? createUnreadableEnd(waiting.agent) : { answers, by: waiting.agent };
  };
}

export function createUnreadableEnd(agent: string): RoundsEnd {
  return { problem: `${agent} gave no answer that could be read.` };
}
