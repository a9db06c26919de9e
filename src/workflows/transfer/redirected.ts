/** A person chose who is to have a task instead: the same task, from its beginning. */
import type { AssignmentResult } from '../../contracts/wire.js';
import type { Run } from '../run.js';
import { standIns } from '../stand-ins.js';
import { recordTransfer, seal } from './envelope.js';
import { unknownAgent } from './governing.js';
import { begun, type Task } from './task.js';

export function redirected(
  run: Run,
  { agent, envelope: before }: Task,
  result: Extract<AssignmentResult, { kind: 'redirected' }>,
  placeOf: (to: string) => string,
): Task {
  const to = standIns(run.team, agent).find(({ name }) => name === result.to);
  if (!to) throw unknownAgent(run, result.to);
  const place = placeOf(to.name);
  const why = result.reason === undefined ? '.' : `: ${result.reason}`;
  const envelope = seal(run, {
    from: agent.name,
    to,
    control: 'handoff',
    routing: { by: 'person', ...(result.reason === undefined ? {} : { reason: result.reason }) },
    trigger: 'specialization',
    input: before.input,
    place,
    task: before.task,
    summary: before.summary,
    before,
    redirectedBy: `${result.by}${why}${alreadyDone(agent.name, result.done)}`,
  });
  recordTransfer(run, envelope, place);
  return begun(to, place, envelope);
}

/** What whoever takes over must not repeat. */
export function alreadyDone(agent: string, done: readonly string[]): string {
  if (done.length === 0) return '';
  return `\nBefore that, ${agent} has carried out what cannot be undone; do not repeat it: ${done.join('; ')}.`;
}
