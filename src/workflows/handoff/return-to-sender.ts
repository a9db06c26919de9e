/** Gives a handoff back to the agent that asked for it, as the answer to its call: it still has the task. */
import type { Entry } from '../../contracts/wire/model-call.js';
import type { BatonError } from '../../contracts/errors.js';
import { clip } from '../../contracts/data/preview.js';
import type { Run } from '../runtime/run.js';
import { continueTask, type Sender, type Task } from '../task/task.js';

/** How often an agent may mend what it hands off. */
const SEND_BACK_LIMIT = 2;

/**
 * The sender's task, to be gone on with.
 *
 * @throws {BatonError} `problem` itself, where code gave the task or its sender has had its chances.
 */
export function returnToSender(
  run: Pick<Run, 'record'>,
  { sender, envelope, agent, place }: Task,
  problem: BatonError,
): Task {
  if (sender === undefined || sender.joins || sender.task.sentBack >= SEND_BACK_LIMIT) throw problem;
  const reason = `Not handed off to ${agent.name}: ${problem.message}`;
  run.record(
    { kind: 'sent-back', handoff: envelope.id, to: envelope.from, reason: clip(reason, 300) },
    place,
  );
  const task = continueTask(sender.task, sender.at, createAnswers(sender, reason));
  return { ...task, sentBack: task.sentBack + 1 };
}

function createAnswers({ callId, entries }: Sender, reason: string): Entry[] {
  if (callId === undefined) return [...entries, { kind: 'repair', problem: reason }];
  return [...entries, { kind: 'tool-refused', callId, reason }];
}
