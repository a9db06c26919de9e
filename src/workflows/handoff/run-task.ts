/**
 * Carries a task through, from whoever has it first to a result. Each step is one agent's work; what comes of it says
 * who goes on: nobody, another agent, or the sender, whose work stands where it handed off until somebody takes it on.
 */
import { defined } from '../../contracts/data/defined.js';
import { toContractId } from '../../contracts/definitions/contract.js';
import { BatonError } from '../../contracts/errors.js';
import { clip } from '../../contracts/data/preview.js';
import type { Entry } from '../../contracts/wire/model-call.js';
import type { AssignmentResult } from '../../contracts/wire/wire.js';
import type { Run } from '../runtime/run.js';
import { dispatchTask } from '../task/dispatch.js';
import { clarifyTask } from './clarify.js';
import { runFanOut } from './fan-out.js';
import { startHandoff } from '../task/agent-handoff.js';
import { redirectTask } from '../task/redirect.js';
import { recoverTask } from './recover.js';
import { rerouteTask } from './reroute.js';
import { continueTask, keepSender, type Done, type Next, type Sender, type Task } from '../task/task.js';
import { buildHopPath } from '../../contracts/data/step-path.js';

/** What whoever gave the task wants to hear. */
export interface Listener {
  /** The agent has taken it on: responsibility moves with a handoff. */
  readonly accepted: (task: Task) => void;
}

/**
 * @throws {BatonError} what the last agent's work failed with, when nothing that is declared could mend it.
 */
export async function runTask(run: Run, first: Task, listener: Listener): Promise<Done> {
  let task = first;
  // The budget of its depth ends a task that is handed on for ever.
  for (let hop = 1; ;) {
    const place = (to: string): string => buildHopPath(first.place, to, hop);
    const ownerBefore = run.owner;
    let next: Next;
    try {
      const result = await dispatchTask(run, task, createAcceptance(run, task, listener));
      if (result.kind === 'finish') return finishTask(run, task, result);
      // A person may give back what they took on: then it is again whose it was.
      if (result.kind === 'decline' && run.owner !== ownerBefore) run.moveOwnership(ownerBefore);
      next = { kind: 'task', task: await continueAfter(run, task, result, place) };
    } catch (error) {
      next = await recoverTask(run, task, error, place);
    }
    if (next.kind === 'done') return next;
    if (next.task.place !== task.place) hop += 1;
    task = next.task;
  }
}

function createAcceptance(
  run: Pick<Run, 'owner' | 'record'>,
  task: Task,
  listener: Listener,
): (items: readonly string[]) => void {
  let taken = false;
  return (items) => {
    // A child agent says it twice: at once by a signal, and with its result.
    if (taken) return;
    taken = true;
    accept(run, task, items, listener);
  };
}

/** The agent has taken the task on. With a handoff this is when responsibility moves. */
function accept(
  run: Pick<Run, 'owner' | 'record'>,
  task: Task,
  items: readonly string[],
  listener: Listener,
): void {
  const { agent, envelope, place, standing } = task;
  if (standing.hop) standing.loops.take(standing.hop);
  keepSender(task);
  listener.accepted(task);
  if (envelope.control === 'delegate' && envelope.required === undefined) return;
  run.record({ kind: 'accepted', handoff: envelope.id, by: agent.name, items, owner: run.owner }, place);
}

/** Code may go on with this work. A person has no conversation, and knows of the memory what they were handed. */
function finishTask(
  run: Pick<Run, 'scopes'>,
  { agent, envelope, place, standing }: Task,
  { output, at }: Extract<AssignmentResult, { kind: 'finish' }>,
): Done {
  const memory = at ? at.memory?.known : envelope.memory;
  run.scopes.finished.add({ place, head: at?.head, envelope, memory });
  return { kind: 'done', output, by: agent.name, holds: standing.permissions };
}

/** Who goes on with a task that is not done. */
async function continueAfter(
  run: Run,
  task: Task,
  result: Exclude<AssignmentResult, { kind: 'finish' }>,
  place: (to: string) => string,
): Promise<Task> {
  switch (result.kind) {
    case 'handoff':
      return startHandoff(run, task, result, place);
    case 'fan-out':
      return runFanOut(run, task, result, (offer) => runTask(run, offer, { accepted: () => {} }));
    case 'clarify':
      return clarifyTask(run, task, result);
    case 'misrouted':
      return rerouteTask(run, task, result, place);
    case 'redirected':
      return redirectTask(run, task, result, place);
    case 'decline':
      return declineTask(run, task, result);
  }
}

/**
 * The receiver does not take the task on. What its worker refused for the contract's sake goes back to the agent that
 * sent it, in words that it can use; a refusal by the receiver itself is for the recovery policy.
 */
function declineTask(
  run: Pick<Run, 'record'>,
  task: Task,
  { reason, code }: Extract<AssignmentResult, { kind: 'decline' }>,
): Task {
  const { agent, envelope, place } = task;
  run.record(
    {
      kind: 'declined',
      handoff: envelope.id,
      by: agent.name,
      reason: clip(reason, 300),
      ...defined({ code }),
    },
    place,
  );
  const contract = toContractId(envelope.contract);
  if (code === 'CONTRACT_VIOLATED' || code === 'CONTEXT_TOO_LARGE') {
    return returnToSender(run, task, new BatonError(code, reason, { agent: agent.name, contract }));
  }
  throw new BatonError(
    code ?? 'HANDOFF_DECLINED',
    `${agent.name} declined the task of ${envelope.from} (${contract}): ${reason}`,
    { agent: agent.name, from: envelope.from, contract, handoff: envelope.id },
  );
}

/** How often an agent may mend what it hands off. */
const SEND_BACK_LIMIT = 2;

/**
 * Gives a handoff back to the agent that asked for it, as the answer to its call: the sender's task, to be gone on with.
 *
 * @throws {BatonError} `problem` itself, where code gave the task or its sender has had its chances.
 */
function returnToSender(
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
