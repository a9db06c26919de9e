/**
 * Answers questions that people ask before they decide, while the request stays open. The agent that wants the decision
 * answers as a side question, or the orchestration's own code answers. The answers never decide anything.
 */
import type { AskedBack } from '../../contracts/requests/request-parts.js';
import { CancellationScope, condition, isCancellation } from '@temporalio/workflow';
import type { RoundsEnd } from '../requests/ask-back-rounds.js';
import { fromFailure } from '../runtime/failures.js';
import type { Run } from '../runtime/run.js';
import { buildAskBackPath } from '../../contracts/data/step-path.js';

/** Returns the answers to one round; fails when there are no answers. */
export type AnswersBack = (asked: AskedBack, path: string) => Promise<RoundsEnd>;

/**
 * Answers questions about the request, one round after the other, until the returned function is called. A failed answer
 * blocks nothing: the request shows the failure and stays open.
 */
export function answerWhileOpen(
  run: Pick<Run, 'record' | 'requests' | 'scopes'>,
  id: string,
  path: string,
  answers: AnswersBack | undefined,
): () => void {
  if (answers === undefined) return () => {};
  const scope = new CancellationScope();
  void scope
    .run(async () => {
      for (;;) {
        await condition(() => run.requests.findUnanswered(id) !== undefined);
        const asked = run.requests.findUnanswered(id);
        if (asked) await answerOne(run, id, { asked, path, answers });
      }
    })
    // Only the cancellation at its end arrives here: the request is settled.
    .catch(() => {});
  return () => scope.cancel();
}

interface Round {
  readonly asked: AskedBack;
  readonly path: string;
  readonly answers: AnswersBack;
}

async function answerOne(
  run: Pick<Run, 'record' | 'requests' | 'scopes'>,
  id: string,
  { asked, path, answers }: Round,
): Promise<void> {
  let end: RoundsEnd;
  try {
    const place = buildAskBackPath(path, asked.round);
    // A separate branch: the steps that produce an answer change the names of no other steps, and move no control.
    end = await run.scopes.within(place, () => answers(asked, place), 1);
  } catch (error) {
    if (isCancellation(error)) throw error;
    const known = fromFailure(error);
    end = { problem: known instanceof Error ? known.message : String(known) };
  }
  const round = run.requests.answer(id, asked.round, end, new Date().toISOString());
  if (round) run.record({ kind: 'asked-back', request: id, ...round }, path);
}

/** The orchestration's own code, which answers one question after the other. */
export function createCodeAnswers(
  run: Pick<Run, 'owner'>,
  answer: ((question: string, by: string) => string | Promise<string>) | undefined,
): AnswersBack | undefined {
  if (answer === undefined) return undefined;
  return async ({ questions, by }) => {
    const answers: string[] = [];
    for (const question of questions) answers.push(await answer(question, by));
    return { answers, by: run.owner };
  };
}
