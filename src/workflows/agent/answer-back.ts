/**
 * Lets an agent answer a question about its tool call before a person decides. The agent answers from its own conversation,
 * as a side question.
 */
import { clip } from '../../contracts/data/preview.js';
import type { AnswersBack } from '../approvals/ask-back.js';
import type { RoundsEnd } from '../requests/ask-back-rounds.js';
import type { Run } from '../runtime/run.js';
import { askSideQuestion, numberLines, type SideQuestion } from './side-question.js';

/** An agent that waits for its own tool call. */
export interface WaitingAgent extends Pick<SideQuestion, 'agent' | 'head' | 'place' | 'turn' | 'ledger'> {
  readonly callId: string;
}

/** A side question: the agent's conversation continues without it. */
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
