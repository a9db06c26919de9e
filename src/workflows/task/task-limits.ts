/**
 * The limits of a task: the agent's permissions, the budget, and the task's path. They follow the task to each receiver,
 * and can only shrink.
 */
import { digest } from '../../contracts/data/canonical-json.js';
import { toContractId, type ContractDefinition } from '../../contracts/definitions/contract.js';
import type { Budget } from '../../contracts/handoff/budget.js';
import { BatonError } from '../../contracts/errors.js';
import { computePermissions, listPermissions } from '../../contracts/definitions/permission.js';
import { listTeamPermissions } from '../../contracts/definitions/team.js';
import type { AnyParticipant } from '../../contracts/definitions/participant.js';
import type { SenderSummary, TaskDescription } from '../../contracts/handoff/envelope.js';
import type { Json } from '../../contracts/data/json.js';
import type { Run } from '../runtime/run.js';
import type { BudgetAccount } from '../runtime/budget.js';
import { LoopDetection, type Hop } from './loop-detection.js';
import { createResting, type Resting } from './resting-work.js';

/** Everything that a sender writes for a receiver. */
export interface HandoffContent {
  readonly payload: Json;
  readonly task?: TaskDescription | undefined;
  readonly summary?: SenderSummary | undefined;
}

export interface TaskLimits {
  /** The agent's permissions, sorted. */
  readonly permissions: readonly string[];
  /** The permissions among them that the contract granted. */
  readonly granted: readonly string[];
  readonly ledger: BudgetAccount;
  /** The path of the task so far, shared by all its successive owners. */
  readonly loops: LoopDetection;
  /** The suspended conversations of earlier owners, shared in the same way. */
  readonly resting: Resting;
  /** The transition that led here; counted once the task is accepted. */
  readonly hop?: Hop;
}

/**
 * The limits of a task that code gives. The orchestration has the permissions that its team's agents declare, unless it
 * gives the task for a participant with fewer (`holds`).
 */
export function createLimits(
  run: Pick<Run, 'budget' | 'team'>,
  to: AnyParticipant,
  place: string,
  given: {
    readonly contract?: ContractDefinition | undefined;
    readonly budget?: Budget | undefined;
    readonly holds?: readonly string[] | undefined;
    readonly resting?: Resting | undefined;
  },
): TaskLimits {
  const { contract, budget, holds, resting = createResting() } = given;
  const now = Date.now();
  const task = run.budget.task(budget, `the task at ${place}`, now);
  const ledger = contract?.budget
    ? task.task(contract.budget, `contract ${toContractId(contract)}`, now)
    : task;
  const caller = holds ?? listTeamPermissions(run.team) ?? listPermissions(to);
  const { grants = [] } = contract ?? {};
  return {
    permissions: computePermissions(caller, to, grants),
    granted: grants,
    ledger,
    loops: new LoopDetection(),
    resting,
  };
}

/**
 * The limits of the receiver of an agent's handoff.
 *
 * @throws {BatonError} `HANDOFF_LOOP`, `HANDOFF_LIMIT` or `BUDGET_EXCEEDED`; the sender still owns the task.
 */
export function limitHandoff(
  sender: TaskLimits,
  contract: ContractDefinition,
  matter: HandoffContent,
): TaskLimits {
  const { from, to, grants, budget } = contract;
  const { loops, resting } = sender;
  const hop: Hop = { from: from.name, to: to.name, matter: digest(matter) };
  assertNoLoop(loops, hop, contract);
  return {
    permissions: computePermissions(sender.permissions, to, grants),
    granted: grants,
    ledger: sender.ledger.handedOn(budget, `contract ${toContractId(contract)}`, Date.now()),
    loops,
    resting,
    hop,
  };
}

/** Like {@link limitHandoff}, for one of several handoffs at once: each receiver has a separate path from here. */
export function limitFanOut(
  sender: TaskLimits,
  contract: ContractDefinition,
  matter: HandoffContent,
): TaskLimits {
  const { maxTokens, works } = sender.resting;
  return {
    ...limitHandoff(sender, contract, matter),
    loops: new LoopDetection(),
    resting: { maxTokens, works: new Map(works) },
  };
}

/**
 * The limits after a move by a person, a re-routing or the recovery. The move itself grants no permissions; a person may
 * move the task along one of their contracts.
 */
export function limitMove(held: TaskLimits, to: AnyParticipant, contract?: ContractDefinition): TaskLimits {
  const { grants = [], budget } = contract ?? {};
  return {
    permissions: computePermissions(held.permissions, to, grants),
    granted: grants,
    // It counts as a handoff, so that nothing moves back and forth forever.
    ledger: held.ledger.handedOn(
      budget,
      contract ? `contract ${toContractId(contract)}` : 'the move',
      Date.now(),
    ),
    loops: held.loops,
    resting: held.resting,
  };
}

/**
 * The limits of a participant who answers a question about a task and returns control: they stay within the task's budget
 * and permissions.
 */
export function limitQuestion(
  { permissions, ledger }: TaskLimits,
  to: AnyParticipant,
  whose: string,
): TaskLimits {
  return {
    permissions: computePermissions(permissions, to),
    granted: [],
    ledger: ledger.task({}, whose, Date.now()),
    loops: new LoopDetection(),
    resting: createResting(),
  };
}

/** Stops a task that goes in circles, and one that takes the same transition too often. */
function assertNoLoop(loops: LoopDetection, hop: Hop, contract: ContractDefinition): void {
  const { from, to } = hop;
  const loop = loops.find(hop);
  const name = toContractId(contract);
  if (loop) {
    const { text, ...facts } = loop;
    throw new BatonError(
      'HANDOFF_LOOP',
      `The task goes in a circle: ${text}. ${from} still has it; ${to} did not get it again.`,
      { ...facts, from, to, contract: name },
    );
  }
  const used = loops.times(from, to);
  if (contract.limit === undefined || used < contract.limit) return;
  throw new BatonError(
    'HANDOFF_LIMIT',
    `The task went from ${from} to ${to} ${used} times, as often as contract ${name} allows. ${from} still has it. Raise its limit, or see the way with baton show.`,
    { from, to, contract: name, limit: contract.limit, used },
  );
}
