/** A recovery agent gets the failure report and decides: return a result, retry with advice, or escalate. */
import type { RecoveryAgent } from '../../contracts/definitions/agent.js';
import { BatonError } from '../../contracts/errors.js';
import type { RecoveryDecision } from '../../contracts/handoff/failure-report.js';
import type { Json } from '../../contracts/data/json.js';
import { clip } from '../../contracts/data/preview.js';
import { isRecoverable } from '../../contracts/definitions/recovery.js';
import { fromFailure } from '../runtime/failures.js';
import { dispatchTask } from '../task/dispatch.js';
import { buildDecisionTerms } from './decision-terms.js';
import { limitQuestion } from '../task/task-limits.js';
import { openTask, type Next } from '../task/task.js';
import { getFirst } from '../task/attempts.js';
import { retryWith, listCandidates, noteStep, createReport, resolve, type Failing } from './failing-task.js';

/** The agent's decision: how the task continues, or why it must be escalated. */
export type Verdict = { readonly next: Next } | { readonly why: string };

/** A recovery agent that fails has decided nothing. */
export async function askRecoveryAgent(failing: Failing, agent: RecoveryAgent): Promise<Verdict> {
  noteStep(failing, 'agent', agent.name);
  const decision = await readDecision(failing, agent);
  if (decision instanceof BatonError)
    return { why: `${agent.name} failed itself: ${decision.code}: ${decision.message}` };
  switch (decision.decision) {
    case 'escalate':
      return { why: `${agent.name}: ${decision.reason}` };
    case 'retry': {
      const to = listCandidates(failing).find(({ name }) => name === decision.agent);
      if (to === undefined)
        return { why: `${agent.name} named ${decision.agent}, who cannot have the task.` };
      noteStep(failing, 'retry', to.name);
      const advice = { text: decision.guidance, by: agent.name, identity: 'agent' } as const;
      return { next: retryWith(failing, { to, by: 'recovery', advice }) };
    }
    case 'resolved': {
      const next = resolve(failing, decision.output, agent.name);
      if (next === undefined) return { why: `${agent.name} gave a result that does not fit.` };
      noteStep(failing, 'resolved', agent.name);
      return { next };
    }
  }
}

async function readDecision(failing: Failing, agent: RecoveryAgent): Promise<RecoveryDecision | BatonError> {
  const { run, task, recovering, placeOf } = failing;
  const from = getFirst(recovering).party.name;
  const place = placeOf(agent.name);
  const asked = openTask(run, {
    standing: limitQuestion(task.standing, agent, `the recovery at ${place}`),
    from,
    to: agent,
    control: 'delegate',
    routing: { by: 'recovery' },
    trigger: 'error-recovery',
    input: createReport(failing) as Json,
    place,
    terms: buildDecisionTerms(failing, agent),
  });
  try {
    const result = await dispatchTask(run, asked, () => {});
    if (result.kind !== 'finish') throw new TypeError('A recovery agent can only finish.');
    run.recordReturn(agent.name, from, result.output, place);
    // Its own schema has accepted the output.
    return result.output as RecoveryDecision;
  } catch (error) {
    const known = fromFailure(error);
    if (known instanceof BatonError && run.abortion === undefined && isRecoverable(known.code)) {
      run.record(
        {
          kind: 'note',
          text: `${agent.name} failed itself: ${clip(known.message, 300)}`,
          code: known.code,
        },
        place,
      );
      return known;
    }
    throw known;
  }
}
