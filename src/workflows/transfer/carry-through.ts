/**
 * Carries a task through, from whoever has it first to a result. Each step is one agent's work; what comes of it says
 * who goes on: nobody, another agent, or the sender, whose work stands where it handed over until somebody takes it on.
 */
import { contractId } from '../../contracts/contract.js';
import { BatonError } from '../../contracts/errors.js';
import { preview } from '../../contracts/preview.js';
import type { AssignmentResult } from '../../contracts/wire.js';
import type { Run } from '../run.js';
import { assign } from './assign.js';
import { clarified } from './clarify.js';
import { joined } from './fan-out.js';
import { handedOn } from './hand-on.js';
import { redirected } from './redirected.js';
import { recovered } from './recover.js';
import { rerouted } from './reroute.js';
import { sentBack } from './send-back.js';
import type { Next, Task } from './task.js';

/** What whoever gave the task wants to hear. */
export interface Listener {
  /** The agent has taken it on: responsibility moves with a handoff. */
  readonly accepted: (task: Task) => void;
}

/**
 * @throws {BatonError} what the last agent's work failed with, when nothing that is declared could mend it.
 */
export async function carryThrough(
  run: Run,
  first: Task,
  listener: Listener,
): Promise<Extract<Next, { kind: 'done' }>> {
  let task = first;
  // The budget of its depth ends a task that is handed on for ever.
  for (let hop = 1; ;) {
    const place = (to: string): string => `${first.place}/${to}-${hop}`;
    const next = await step(run, task, place, listener);
    if (next.kind === 'done') return next;
    if (next.task.place !== task.place) hop += 1;
    task = next.task;
  }
}

async function step(run: Run, task: Task, place: (to: string) => string, listener: Listener): Promise<Next> {
  let taken = false;
  const accepted = (items: readonly string[]): void => {
    // A specialist in a workflow of its own says it twice: at once by a signal, and with its result.
    if (taken) return;
    taken = true;
    accept(run, task, items, listener);
  };
  try {
    const result = await assign(run, task, accepted);
    return await after(run, task, result, place);
  } catch (error) {
    return recovered(run, task, error, place);
  }
}

/** The agent has taken the task on. With a handoff this is when responsibility moves. */
function accept(run: Run, task: Task, items: readonly string[], listener: Listener): void {
  const { agent, envelope, place, standing } = task;
  if (standing.hop) standing.loops.take(standing.hop);
  listener.accepted(task);
  if (envelope.control === 'delegate' && envelope.required === undefined) return;
  run.record({ kind: 'accepted', handoff: envelope.id, by: agent.name, items, owner: run.owner }, place);
}

async function after(
  run: Run,
  task: Task,
  result: AssignmentResult,
  place: (to: string) => string,
): Promise<Next> {
  switch (result.kind) {
    case 'finish':
      if (result.at) {
        const { head, memory } = result.at;
        run.transfers.finished(task.agent.name, { head, envelope: task.envelope, memory: memory?.known });
      }
      return { kind: 'done', output: result.output, by: task.agent.name };
    case 'handoff':
      return goOn(handedOn(run, task, result, place));
    case 'fan-out':
      return goOn(
        await joined(run, task, result, (offer) => carryThrough(run, offer, { accepted: () => {} })),
      );
    case 'clarify':
      return goOn(await clarified(run, task, result));
    case 'misrouted':
      return goOn(rerouted(run, task, result, place));
    case 'redirected':
      return goOn(redirected(run, task, result, place));
    case 'decline':
      return goOn(declined(run, task, result));
  }
}

function goOn(task: Task): Next {
  return { kind: 'task', task };
}

/**
 * The receiver does not take the task on. What its worker refused for the contract's sake goes back to the agent that
 * sent it, in words that it can use; a refusal by the receiver itself is for the recovery policy.
 */
function declined(
  run: Run,
  task: Task,
  { reason, code }: Extract<AssignmentResult, { kind: 'decline' }>,
): Task {
  const { agent, envelope, place } = task;
  run.record(
    {
      kind: 'declined',
      handoff: envelope.id,
      by: agent.name,
      reason: preview(reason, 300),
      ...(code === undefined ? {} : { code }),
    },
    place,
  );
  const contract = contractId(envelope.contract);
  if (code === 'CONTRACT_VIOLATED' || code === 'CONTEXT_TOO_LARGE') {
    return sentBack(run, task, new BatonError(code, reason, { agent: agent.name, contract }));
  }
  throw new BatonError(
    code ?? 'HANDOFF_DECLINED',
    `${agent.name} declined the task of ${envelope.from} (${contract}): ${reason}`,
    { agent: agent.name, from: envelope.from, contract, handoff: envelope.id },
  );
}
