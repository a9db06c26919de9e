/** A task that failed, and the ways to continue: with another participant, or with a result. */
import { defined } from '../../contracts/data/defined.js';
import type { Routing } from '../../contracts/handoff/envelope.js';
import type { FailureReport } from '../../contracts/handoff/failure-report.js';
import type { Json } from '../../contracts/data/json.js';
import type { AnyParticipant } from '../../contracts/definitions/participant.js';
import { clip } from '../../contracts/data/preview.js';
import type { RecoveryPolicy } from '../../contracts/definitions/recovery.js';
import { parseWith, type Schema } from '../../contracts/data/schema.js';
import type { RecoveryStep } from '../../contracts/wire/timeline.js';
import type { Run } from '../runtime/run.js';
import { findSubstitutes } from '../../contracts/definitions/same-shape.js';
import { limitMove } from '../task/task-limits.js';
import { moveAsIs, openTask, type Next, type Task } from '../task/task.js';
import { getFirst, getLast, type Recovering } from '../task/attempts.js';
import { buildReport } from './report.js';
import { renderGuidance, type Advice } from './render-report.js';

export interface Failing {
  readonly run: Run;
  /** The last attempt that failed. */
  readonly task: Task;
  readonly recovering: Recovering;
  readonly policy: RecoveryPolicy;
  readonly placeOf: (to: string) => string;
}

/** Records the recovery step in the timeline, with the failure that caused it. */
export function noteStep({ run, recovering }: Failing, step: RecoveryStep, to?: string): void {
  const { party, place, error } = getLast(recovering);
  const cause = { code: error.code, message: clip(error.message, 300) };
  run.record({ kind: 'recovery', step, agent: party.name, cause, ...defined({ to }) }, place);
}

/** The candidates for a retry: the task's first owner, and all participants who can replace it. */
export function listCandidates({ run, recovering }: Failing): AnyParticipant[] {
  const { party } = getFirst(recovering);
  return [party, ...findSubstitutes(run.team, party)];
}

export function createReport(failing: Failing): FailureReport {
  const { run, recovering, task } = failing;
  const { envelope, standing } = task;
  return buildReport(run, recovering, {
    envelope,
    candidates: listCandidates(failing),
    left: standing.ledger.getLeft(),
  });
}

/** Why a participant gets the task again. */
export interface Again {
  readonly to: AnyParticipant;
  readonly by: Routing['by'];
  /** Advice about what to do differently. */
  readonly advice?: Advice | undefined;
  readonly redirectedBy?: string;
}

/** The same task from its beginning, with the report of what went wrong before. */
export function retryWith(failing: Failing, { to, by, advice, redirectedBy }: Again): Next {
  const { run, task, recovering, placeOf } = failing;
  const { party, error } = getLast(recovering);
  // The sender's summary appears once. Earlier settled facts are carried along separately.
  const { summary, ...settled } = task.envelope;
  const again = openTask(
    run,
    {
      ...moveAsIs(settled),
      from: to.name === party.name ? settled.from : party.name,
      to,
      standing: limitMove(task.standing, to),
      control: 'handoff',
      routing: { by, reason: `${party.name} failed: ${error.code}` },
      trigger: 'error-recovery',
      place: placeOf(to.name),
      summary,
      redirectedBy,
      guidance: renderGuidance(createReport(failing), advice),
    },
    { sender: task.sender },
  );
  return { kind: 'task', task: { ...again, recovering } };
}

/**
 * A result from elsewhere, if the failed participant could have returned it. A worker has checked what only the task
 * requires, and not the participant's own schema.
 */
export function resolve({ recovering, task }: Failing, output: unknown, by: string): Next | undefined {
  const schema: Schema | undefined = getFirst(recovering).party.output;
  const parsed = parseWith(schema, output);
  const isAnyJson = schema !== undefined || task.envelope.terms?.output !== undefined;
  const fits = parsed.ok && (isAnyJson || typeof output === 'string');
  return fits ? { kind: 'done', output: parsed.value as Json, by } : undefined;
}
