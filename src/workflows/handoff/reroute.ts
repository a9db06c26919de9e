/**
 * The receiver named a better destination: the task moves there once, if the destination accepts its input and a contract
 * allows it.
 */
import type { AnyParticipant } from '../../contracts/definitions/participant.js';
import { BatonError } from '../../contracts/errors.js';
import { clip } from '../../contracts/data/preview.js';
import { parseWith } from '../../contracts/data/schema.js';
import type { ContractDefinition } from '../../contracts/definitions/contract.js';
import type { AssignmentResult } from '../../contracts/wire/wire.js';
import type { Run } from '../runtime/run.js';
import { findSubstitutes } from '../../contracts/definitions/same-shape.js';
import { findContract } from '../task/contract-lookup.js';
import { toTrigger } from '../task/agent-handoff.js';
import { limitHandoff, limitMove } from '../task/task-limits.js';
import { moveAsIs, openTask, type Task } from '../task/task.js';

/**
 * @throws {BatonError} `HANDOFF_MISROUTED` when no declared participant has the name, the task does not fit there, or it
 * was re-routed once already.
 */
export function rerouteTask(
  run: Run,
  task: Task,
  { to, reason }: Extract<AssignmentResult, { kind: 'misrouted' }>,
  placeOf: (to: string) => string,
): Task {
  const { agent, envelope: before, sender } = task;
  run.record(
    { kind: 'misrouted', handoff: before.id, by: agent.name, to, reason: clip(reason, 300) },
    task.place,
  );
  const better = task.rerouted ? undefined : findDestination(run, task, to);
  if (better === undefined) {
    const why = task.rerouted
      ? 'it was re-routed once already'
      : `${to} is not declared for it, or it does not fit there`;
    throw new BatonError(
      'HANDOFF_MISROUTED',
      `${agent.name} says that ${to} should have the task of ${before.from}: ${reason} It was not moved: ${why}.`,
      { agent: agent.name, to, handoff: before.id },
    );
  }
  const place = placeOf(to);
  const { contract } = better;
  const matter = { payload: before.input, task: before.task, summary: before.summary };
  const standing =
    contract && sender
      ? limitHandoff(sender.task.standing, contract, matter)
      : limitMove(task.standing, better.agent);
  const moved = {
    ...moveAsIs(before),
    from: before.from,
    to: better.agent,
    control: before.control,
    routing: { by: 'misrouted' as const, reason: `${agent.name}: ${clip(reason, 200)}` },
    trigger: contract ? toTrigger(contract) : before.trigger,
    place,
    contract,
    standing,
  };
  const { task: given, at } = sender ?? {};
  const sent = given && { before: given.envelope, head: at?.head, memory: at?.memory?.known };
  return openTask(run, { ...moved, ...sent }, { sender, rerouted: true });
}

interface Destination {
  readonly agent: AnyParticipant;
  readonly contract: ContractDefinition | undefined;
}

/**
 * The participant with this name, if it may have the task: through a contract of the task's sender, or because it does the
 * receiver's work.
 */
function findDestination(
  run: Pick<Run, 'team'>,
  { agent, envelope, sender }: Task,
  to: string,
): Destination | undefined {
  if (to === agent.name) return undefined;
  if (sender === undefined) {
    const standIn = findSubstitutes(run.team, agent).find(({ name }) => name === to);
    return standIn && { agent: standIn, contract: undefined };
  }
  const contract = findContract(run, sender.task.agent, { name: to });
  const fits = contract !== undefined && parseWith(contract.payload, envelope.input).ok;
  return fits ? { agent: contract.to, contract } : undefined;
}
