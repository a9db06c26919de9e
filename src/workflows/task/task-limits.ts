/**
 * What a task stands under: what its agent may do, what it may use, and the way it has come. It follows the task to
 * whoever has it next, and only ever narrows.
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
  /** What the agent may do, sorted. */
  readonly permissions: readonly string[];
  /** What of it the contract granted. */
  readonly granted: readonly string[];
  readonly ledger: BudgetAccount;
  /** The way of the task so far, shared by all who have it in turn. */
  readonly loops: LoopDetection;
  /** Where the conversations of those who had it before rest, shared in the same way. */
  readonly resting: Resting;
  /** The transition by which it came; counted once it is taken on. */
  readonly hop?: Hop;
}

/**
 * The standing of a task that code gives. The orchestration holds what its team's agents declare, unless it gives the
 * task for somebody who `holds` less.
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
 * The standing of the receiver of a handoff that an agent asked for.
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

/** The same for one of several handoffs at once: each receiver goes a way of its own from here. */
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
 * The standing of whoever a person, a re-routing or the recovery moves a task to. By itself that grants nothing; a person
 * may move it along a contract of theirs.
 */
export function limitMove(held: TaskLimits, to: AnyParticipant, contract?: ContractDefinition): TaskLimits {
  const { grants = [], budget } = contract ?? {};
  return {
    permissions: computePermissions(held.permissions, to, grants),
    granted: grants,
    // It counts as handed on, so that nothing moves to and fro for ever.
    ledger: held.ledger.handedOn(
      budget,
      contract ? `contract ${toContractId(contract)}` : 'the move',
      Date.now(),
    ),
    loops: held.loops,
    resting: held.resting,
  };
}

/** The standing of somebody who is asked about a task, and gives control back: within what the task may use and do. */
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

/** Stops a task that goes in circles, and one that goes one way too often. */
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
