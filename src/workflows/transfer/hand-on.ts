/** What an agent handed over in its own turn becomes the receiver's task; the sender's work stands until it is taken on. */
import type { ContractDefinition } from '../../contracts/contract.js';
import { contractId } from '../../contracts/contract.js';
import type { Envelope, Routing } from '../../contracts/envelope.js';
import type { Trigger } from '../../contracts/trigger.js';
import type { AssignmentResult, Suspension } from '../../contracts/wire.js';
import type { HandoffMove } from '../../contracts/activities.js';
import type { Run } from '../run.js';
import { recordTransfer, seal } from './envelope.js';
import { contractsFrom, unknownAgent } from './governing.js';
import { begun, type Sender, type Task } from './task.js';

export function handedOn(
  run: Run,
  task: Task,
  result: Extract<AssignmentResult, { kind: 'handoff' }>,
  place: (to: string) => string,
): Task {
  const { callId, entries, at } = result;
  return offered(run, task, result, {
    place: place(result.to),
    control: 'handoff',
    sender: { task, at, callId, entries },
    at,
  });
}

/** How an offer differs from another. */
interface Offer {
  readonly place: string;
  readonly control: Envelope['control'];
  /** Where the sender's work stands. */
  readonly at: Suspension;
  readonly sender?: Sender;
  readonly trigger?: Trigger;
}

/** The task that a handoff's receiver is offered. */
export function offered(run: Run, { agent, envelope: before }: Task, move: HandoffMove, offer: Offer): Task {
  const contract = contractsFrom(run, agent).find((candidate) => contractId(candidate) === move.contract);
  if (!contract) throw unknownAgent(run, move.to);
  const routing: Routing = { by: 'agent' };
  const envelope = seal(run, {
    from: agent.name,
    to: contract.to,
    control: offer.control,
    routing,
    trigger: offer.trigger ?? triggerOf(contract),
    input: move.payload,
    place: offer.place,
    contract,
    task: move.task,
    summary: move.summary,
    before,
    head: offer.at.head,
    memory: offer.at.memory?.known,
  });
  recordTransfer(run, envelope, offer.place);
  return begun(contract.to, offer.place, envelope, {
    sender: offer.sender,
    alone: contract.grants.length > 0,
  });
}

/** Where permissions change, that is the cause; otherwise it is what the contract declares. */
export function triggerOf({ grants, trigger }: ContractDefinition): Trigger {
  return grants.length > 0 ? 'privilege' : (trigger ?? 'specialization');
}
