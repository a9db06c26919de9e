/**
 * Answering what somebody asks before they decide, while the request stays open: the agent that wants the decision is
 * asked beside its task, or code of the orchestration's own is. Nothing that comes of it decides anything.
 */
import type { AskedBack } from '../../contracts/requests/request-parts.js';
import { CancellationScope, condition, isCancellation } from '@temporalio/workflow';
import type { RoundsEnd } from '../requests/ask-back-rounds.js';
import { fromFailure } from '../runtime/failures.js';
import type { Run } from '../runtime/run.js';
import { buildAskBackPath } from '../../contracts/data/step-path.js';

/** Gives the answers to one round; fails where there are none. */
export type AnswersBack = (asked: AskedBack, path: string) => Promise<RoundsEnd>;

/**
 * Answers what is asked of the request, one round after the other, until the returned function is called. Whoever fails
 * to answer holds nobody up: the request says so and stays open.
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
    // Only its end reaches this: the request is settled.
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
    // A branch of its own: what is done to answer changes the names of no other steps, and moves no control.
    end = await run.scopes.within(place, () => answers(asked, place), 1);
  } catch (error) {
    if (isCancellation(error)) throw error;
    const known = fromFailure(error);
    end = { problem: known instanceof Error ? known.message : String(known) };
  }
  const round = run.requests.answer(id, asked.round, end, new Date().toISOString());
  if (round) run.record({ kind: 'asked-back', request: id, ...round }, path);
}

/** Code of the orchestration's own, asked one question after the other. */
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
