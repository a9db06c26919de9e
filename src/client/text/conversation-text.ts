/** What was asked back of a request, as people read it. */
import type { AskedBack } from '../../contracts/requests/request-parts.js';

/** One question, and what is known of its answer. */
export interface Exchange {
  readonly by: string;
  readonly question: string;
  /** Who speaks: nobody as long as the answer is awaited, or where there is none. */
  readonly answeredBy?: string;
  readonly answer: string;
}

/** Every question of a conversation, oldest first. */
export function listExchanges(conversation: readonly AskedBack[] = []): Exchange[] {
  return conversation.flatMap(({ by, questions, answers, answeredBy, problem }) =>
    questions.map((question, index): Exchange => {
      if (problem !== undefined) return { by, question, answer: `There is no answer: ${problem}` };
      if (answers === undefined) return { by, question, answer: 'The answer is awaited.' };
      const answer = answers[index] ?? 'It does not know.';
      return { by, question, answer, ...(answeredBy === undefined ? {} : { answeredBy }) };
    }),
  );
}
