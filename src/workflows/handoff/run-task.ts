/**
 * Runs a task from its first owner to a result. Each step is one agent's work, and its move says who continues: no one,
 * another agent, or the sender. The sender's work is suspended until the receiver accepts.
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

/** The events that the giver of a task listens for. */
export interface Listener {
  /** The agent has accepted the task: with a handoff, responsibility moves now. */
  readonly accepted: (task: Task) => void;
}

/** @throws {BatonError} the last agent's error, when no declared recovery fixed it. */
export async function runTask(run: Run, first: Task, listener: Listener): Promise<Done> {
  let task = first;
  // The depth budget ends a task that is handed off endlessly.
  for (let hop = 1; ;) {
    const place = (to: string): string => buildHopPath(first.place, to, hop);
    const ownerBefore = run.owner;
    let next: Next;
    try {
      const result = await dispatchTask(run, task, createAcceptance(run, task, listener));
      if (result.kind === 'finish') return finishTask(run, task, result);
      // A person may return a task after accepting it: then ownership returns to the previous owner.
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
    // A child agent reports it twice: at once with a signal, and with its result.
    if (taken) return;
    taken = true;
    accept(run, task, items, listener);
  };
}

/** The agent has accepted the task. With a handoff, responsibility moves now. */
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

/** Code may continue from this work. A person has no conversation, and knows only the memory that came with the task. */
function finishTask(
  run: Pick<Run, 'scopes'>,
  { agent, envelope, place, standing }: Task,
  { output, at }: Extract<AssignmentResult, { kind: 'finish' }>,
): Done {
  const memory = at ? at.memory?.known : envelope.memory;
  run.scopes.finished.add({ place, head: at?.head, envelope, memory });
  return { kind: 'done', output, by: agent.name, holds: standing.permissions };
}

/** Finds the agent that continues an unfinished task. */
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
 * The receiver does not accept the task. A refusal by its worker because of the contract goes back to the sending agent, in
 * words that it can use. The recovery policy handles a refusal by the receiver itself.
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

/** How often an agent may correct its handoff. */
const SEND_BACK_LIMIT = 2;

/**
 * Returns a handoff to the agent that requested it, as the result of its call. Returns the sender's task, to be continued.
 *
 * @throws {BatonError} `problem` itself, when code gave the task or its sender has no corrections left.
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
