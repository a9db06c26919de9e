/** Several handoffs in one answer: they run at the same time, and their results are returned as the results of the calls. */
import type { Entry } from '../../contracts/wire/model-call.js';
import type { AssignmentResult } from '../../contracts/wire/wire.js';
import { collect } from '../runtime/parallel.js';
import type { Run } from '../runtime/run.js';
import { digest } from '../../contracts/data/canonical-json.js';
import { findContractOf, readContent, offerTask } from '../task/agent-handoff.js';
import { limitFanOut } from '../task/task-limits.js';
import { continueTask, type Done, type Task } from '../task/task.js';
import { buildFanOutPath } from '../../contracts/data/step-path.js';

type FanOut = Extract<AssignmentResult, { kind: 'fan-out' }>;

/** The sender's task, continued once all handoffs have ended; the results are in the order of the calls. */
export async function runFanOut(
  run: Run,
  task: Task,
  { handoffs, entries, at }: FanOut,
  carry: (offer: Task) => Promise<Done>,
): Promise<Task> {
  const { loops } = task.standing;
  // All are checked against the path so far before any of them counts, because they do not follow each other.
  const ways = handoffs.map((move) => {
    const contract = findContractOf(run, task, move);
    return { move, contract, standing: limitFanOut(task.standing, contract, readContent(move)) };
  });
  for (const { standing } of ways) if (standing.hop) loops.take(standing.hop);
  const branches = ways.map(({ move, contract, standing }) => async () => {
    const place = run.scopes.next(move.to);
    const offer = offerTask(run, task, move, {
      place,
      contract,
      standing,
      control: 'delegate',
      at,
      sender: {
        task,
        at,
        callId: move.callId,
        entries: [...entries, ...describeFanOut(handoffs, move)],
        joins: true,
      },
      trigger: 'parallelization',
    });
    const { output, by } = await carry(offer);
    loops.noteResult(digest({ from: by, output }));
    run.recordReturn(by, task.agent.name, output, place);
    return output;
  });
  const results = await run.scopes.within(buildFanOutPath(task.place, at.turns), () =>
    collect(run, branches),
  );
  const answers = handoffs.map(({ callId, to }, index): Entry => {
    const result = results[index];
    if (result?.ok === true) return { kind: 'answer', callId, text: JSON.stringify(result.value) };
    const why = result === undefined ? 'no result' : `${result.error.code}: ${result.error.message}`;
    return { kind: 'tool-refused', callId, reason: `${to} failed: ${why}` };
  });
  return continueTask(task, at, [...entries, ...answers]);
}

/** The sender's information about the other handoffs, when one receiver asks it a question. */
function describeFanOut(handoffs: FanOut['handoffs'], one: FanOut['handoffs'][number]): Entry[] {
  const others = handoffs.filter(({ callId }) => callId !== one.callId);
  return others.map(({ callId, to }) => ({ kind: 'answer', callId, text: `${to} has it; no result yet.` }));
}
