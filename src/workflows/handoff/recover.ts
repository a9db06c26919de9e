/**
 * Handles work on a task that fails permanently. The declared recovery steps run one after another, and the timeline
 * records each with its cause. Without a declared recovery, the failure is unchanged.
 */
import { BatonError } from '../../contracts/errors.js';
import type { Json } from '../../contracts/data/json.js';
import type { AnyParticipant } from '../../contracts/definitions/participant.js';
import { isRecoverable, findRecovery } from '../../contracts/definitions/recovery.js';
import { fromFailure } from '../runtime/failures.js';
import { askPerson } from '../recovery/ask-person.js';
import { askRecoveryAgent } from '../recovery/ask-recovery-agent.js';
import { getFirst, getLast, type Recovering } from '../task/attempts.js';
import { retryWith, noteStep, type Failing } from '../recovery/failing-task.js';
import type { Run } from '../runtime/run.js';
import type { Next, Task } from '../task/task.js';

/** @throws the original error, when no declared recovery applies. */
export async function recoverTask(
  run: Run,
  task: Task,
  error: unknown,
  placeOf: (to: string) => string,
): Promise<Next> {
  const known = fromFailure(error);
  const before = task.recovering;
  const policy = findRecovery(run.team?.recovery, before ? getFirst(before).party : task.agent);
  // Recovery does not apply to an abort by a person, nor to an error that is not a failure of the work.
  const mendable = known instanceof BatonError && run.abortion === undefined && isRecoverable(known.code);
  if (!mendable || policy === undefined) throw known;
  const attempt = { party: task.agent, place: task.place, error: known };
  const recovering: Recovering = before
    ? { ...before, attempts: [...before.attempts, attempt] }
    : { attempts: [attempt], asked: false };
  return tryRecovery({ run, task, recovering, policy, placeOf });
}

/** The next declared step that was not taken yet. */
async function tryRecovery(failing: Failing): Promise<Next> {
  const { policy, recovering } = failing;
  const alternative = findAlternative(failing);
  if (alternative !== undefined) {
    noteStep(failing, 'alternative', alternative.name);
    return retryWith(failing, { to: alternative, by: 'recovery' });
  }
  const asking: Failing = { ...failing, recovering: { ...recovering, asked: true } };
  let why: string | undefined;
  if (policy.agent !== undefined && !recovering.asked) {
    const verdict = await askRecoveryAgent(asking, policy.agent);
    if ('next' in verdict) return verdict.next;
    why = verdict.why;
  }
  const next = policy.person && (await askPerson(asking, policy.person, why));
  return next ?? failWith(failing);
}

/** Participants that do the same work as the one that failed last are tried first, each once, before a person is asked. */
function findAlternative({ run, recovering }: Failing): AnyParticipant | undefined {
  if (recovering.asked) return undefined;
  const { party } = getLast(recovering);
  const alternative = findRecovery(run.team?.recovery, party)?.alternative;
  const tried = recovering.attempts.some((attempt) => attempt.party.name === alternative?.name);
  return tried ? undefined : alternative;
}

/** @throws {BatonError} the first failure, unless a fallback result is declared for it. */
function failWith(failing: Failing): Next {
  noteStep(failing, 'end');
  const { party, error } = getFirst(failing.recovering);
  const { end } = failing.policy;
  if (end === 'fail') throw error;
  return { kind: 'done', output: end.output as Json, by: party.name };
}
