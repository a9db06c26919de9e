/** Turns an agent's handoff into the receiver's task; the sender's work is suspended until the receiver accepts. */
import type { Envelope, Trigger } from '../../contracts/handoff/envelope.js';
import { type ContractDefinition, toContractId } from '../../contracts/definitions/contract.js';
import type { AssignmentResult, Suspension } from '../../contracts/wire/wire.js';
import type { HandoffMove } from '../../contracts/wire/activities.js';
import type { Run } from '../runtime/run.js';
import { listContractsFrom, createUnknownAgentError } from './contract-lookup.js';
import { limitHandoff, type HandoffContent, type TaskLimits } from './task-limits.js';
import { openTask, type Sender, type Task } from './task.js';

/** @throws {BatonError} `HANDOFF_LOOP`, `HANDOFF_LIMIT` or `BUDGET_EXCEEDED`: the sender still owns the task. */
export function startHandoff(
  run: Run,
  task: Task,
  result: Extract<AssignmentResult, { kind: 'handoff' }>,
  place: (to: string) => string,
): Task {
  const { callId, entries, at } = result;
  const contract = findContractOf(run, task, result);
  return offerTask(run, task, result, {
    contract,
    standing: limitHandoff(task.standing, contract, readContent(result)),
    place: place(result.to),
    control: 'handoff',
    sender: { task, at, callId, entries },
    at,
  });
}

export function readContent({ payload, task, summary }: HandoffMove): HandoffContent {
  return { payload, task, summary };
}

/** The parts in which one offer differs from another. */
interface Offer {
  readonly contract: ContractDefinition;
  readonly standing: TaskLimits;
  readonly place: string;
  readonly control: Envelope['control'];
  /** Where the sender's work stands. */
  readonly at: Suspension;
  readonly sender?: Sender;
  readonly trigger?: Trigger;
}

/** The task that a handoff's receiver is offered. */
export function offerTask(
  run: Pick<Run, 'hiddenFacts' | 'origin' | 'owner' | 'record' | 'root'>,
  { agent, envelope: before }: Task,
  move: HandoffMove,
  offer: Offer,
): Task {
  const { contract, standing, place, control, at, sender, trigger = toTrigger(contract) } = offer;
  return openTask(
    run,
    {
      from: agent.name,
      to: contract.to,
      control,
      routing: { by: 'agent' },
      trigger,
      input: move.payload,
      place,
      contract,
      standing,
      task: move.task,
      summary: move.summary,
      before,
      head: at.head,
      memory: at.memory?.known,
    },
    { sender },
  );
}

/** The contract of an agent's requested handoff. */
export function findContractOf(
  run: Pick<Run, 'team'>,
  { agent }: Task,
  move: HandoffMove,
): ContractDefinition {
  const contract = listContractsFrom(run, agent).find(
    (candidate) => toContractId(candidate) === move.contract,
  );
  if (!contract) throw createUnknownAgentError(run, move.to);
  return contract;
}

/** If permissions change, that is the trigger; otherwise it is the contract's declared one. */
export function toTrigger({ grants, trigger }: ContractDefinition): Trigger {
  return grants.length > 0 ? 'privilege' : (trigger ?? 'specialization');
}
