/**
 * The two basic verbs that everything else uses. `delegate`: control returns. `handoff`: control moves, together with the
 * responsibility for the task.
 */
import type {
  Envelope,
  SenderSummary,
  TaskDescription,
  TaskTerms,
  Trigger,
} from '../../contracts/handoff/envelope.js';
import { assertBudget, type Budget } from '../../contracts/handoff/budget.js';
import type { AnyParticipant } from '../../contracts/definitions/participant.js';
import {
  isDeclarable,
  type ContractDefinition,
  type DeclaredTrigger,
} from '../../contracts/definitions/contract.js';
import { createInputError } from '../../contracts/errors.js';
import type { Json } from '../../contracts/data/json.js';
import { clip } from '../../contracts/data/preview.js';
import { parseWith } from '../../contracts/data/schema.js';
import type { Run } from '../runtime/run.js';
import { runTask } from './run-task.js';
import type { Finished } from '../runtime/finished-work.js';
import { findContract, createUnknownAgentError } from '../task/contract-lookup.js';
import { toTrigger } from '../task/agent-handoff.js';
import { createLimits } from '../task/task-limits.js';
import { openTask, type Done, type Task } from '../task/task.js';

/** Options of a task that code gives. */
export interface HandoffOptions {
  /**
   * The agent whose work this continues. The team's contract between the two agents applies, and the receiver sees as much
   * of that agent's last conversation as the contract says. Inside a branch of `parallel`, the branch's own work and the
   * work before it count. Without `from`, the orchestration itself is the sender.
   */
  readonly from?: { readonly name: string };
  /** Default: the contract's trigger, else `specialization`; inside `parallel` it is `parallelization`. */
  readonly trigger?: DeclaredTrigger;
  readonly task?: TaskDescription;
  readonly summary?: SenderSummary;
  /** The task's budget; never more than the run has left. */
  readonly budget?: Budget;
}

/** The additional options of a shape. */
export interface ShapeOptions extends HandoffOptions {
  readonly terms?: TaskTerms | undefined;
  /** The permissions of the agent that delegates this work: the receiver gets no others. */
  readonly holds?: readonly string[] | undefined;
}

/** Gives an agent a task and waits for the result: its own, or that of the agent it handed off to. */
export async function delegate(
  run: Run,
  agent: AnyParticipant,
  input: unknown,
  options: ShapeOptions = {},
): Promise<unknown> {
  const { output } = await delegateFrom(run, agent, input, options);
  return output;
}

/** Like {@link delegate}, but also returns the participant that finally gave the result. */
export async function delegateFrom(
  run: Run,
  agent: AnyParticipant,
  input: unknown,
  options: ShapeOptions = {},
): Promise<Done> {
  const task = giveTask(run, agent, input, 'delegate', options);
  const { from } = task.envelope;
  const done = await runTask(run, task, { accepted: () => {} });
  run.recordReturn(done.by, from, done.output, task.place);
  return done;
}

/** Hands off the whole task to an agent. The agent owns the task once it has accepted it, and its result is the run's. */
export async function runHandoff(
  run: Run,
  agent: AnyParticipant,
  input: unknown,
  options: HandoffOptions = {},
): Promise<unknown> {
  const task = giveTask(run, agent, input, 'handoff', options);
  const { output } = await runTask(run, task, {
    accepted: ({ agent: receiver }) => {
      run.moveOwnership(receiver.name);
    },
  });
  return output;
}

function giveTask(
  run: Run,
  agent: AnyParticipant,
  input: unknown,
  control: Envelope['control'],
  { from, trigger, task, summary, budget, terms, holds }: ShapeOptions,
): Task {
  assertGiven(agent, control);
  const contract = from && findDeclared(run, from, agent);
  const value = checkInput(run, agent, input, contract);
  const scope = run.scopes.path;
  const place = run.scopes.next(agent.name);
  assertBudget(budget, `the task at ${place}`);
  const standing = createLimits(run, agent, place, { contract, budget, holds });
  const work = from && findWork(run, from, agent);
  return openTask(run, {
    from: from?.name ?? run.owner,
    to: agent,
    control,
    routing: run.handoffLog.takeRouting(scope, agent.name),
    trigger: findCause(run, contract, trigger),
    input: value,
    place,
    contract,
    standing,
    task,
    summary,
    before: work?.envelope,
    terms,
    head: work?.head,
    memory: work?.memory,
  });
}

/** Untyped code may pass a name, or an import that does not exist. */
function assertGiven(agent: unknown, verb: string): void {
  const { kind } = (agent ?? {}) as { readonly kind?: unknown };
  if (kind === 'agent' || kind === 'human') return;
  throw createInputError(
    `${verb} takes an agent or a person, as agent(…) or human(…) defines it, and got ${clip(toGiven(agent), 80)}. Import the definition and give it: ${verb}(writer, input).`,
  );
}

function toGiven(value: unknown): string {
  return typeof value === 'string'
    ? JSON.stringify(value)
    : typeof value === 'object' && value !== null
      ? 'something else'
      : String(value);
}

/** The work that the task continues: the sender's last work, if there is exactly one. */
function findWork(
  run: Pick<Run, 'scopes'>,
  from: { readonly name: string },
  to: AnyParticipant,
): Finished | undefined {
  const [work, ...others] = run.scopes.finished.of(from.name);
  if (work === undefined || others.length === 0) return work;
  const places = [work, ...others].map(({ place }) => place);
  throw createInputError(
    `The task of ${to.name} cannot continue the work of ${from.name}: it ended side by side at ${places.join(' and at ')}. Give the task inside the branch whose work is meant, or leave out "from" and pass on in the input what is needed.`,
    { from: from.name, to: to.name, places },
  );
}

/** Code may state why it gives a task, but not a cause that is untrue. */
function findCause(
  run: Pick<Run, 'scopes'>,
  contract: ContractDefinition | undefined,
  trigger: DeclaredTrigger | undefined,
): Trigger {
  if (trigger !== undefined && !isDeclarable(trigger)) {
    throw createInputError(
      `A task cannot have the trigger ${JSON.stringify(trigger)}: code may say specialization or domain-completion; the others follow from what is so.`,
      { trigger },
    );
  }
  if (contract !== undefined && contract.grants.length > 0) return toTrigger(contract);
  if (run.scopes.inBranch) return 'parallelization';
  return trigger ?? (contract ? toTrigger(contract) : 'specialization');
}

function findDeclared(
  run: Pick<Run, 'team'>,
  from: { readonly name: string },
  to: AnyParticipant,
): ContractDefinition {
  const contract = findContract(run, from, to);
  if (contract) return contract;
  throw createInputError(
    `Team ${run.team?.name ?? '(none)'} has no contract from ${from.name} to ${to.name}: declare one, or leave out "from".`,
    { from: from.name, to: to.name },
  );
}

function checkInput(
  run: Pick<Run, 'team'>,
  agent: AnyParticipant,
  input: unknown,
  contract: ContractDefinition | undefined,
): Json {
  const known = run.team === undefined || run.team.agents.some((member) => member.name === agent.name);
  if (!known) throw createUnknownAgentError(run, agent.name);
  // Both ends of the contract, as the receiver will check them too.
  let value = input;
  for (const schema of [contract?.payload, agent.input]) {
    const parsed = parseWith(schema, value);
    if (!parsed.ok) {
      throw createInputError(
        `The input for agent ${agent.name} does not fit its schema.\n${parsed.problem}`,
        { agent: agent.name },
      );
    }
    value = parsed.value;
  }
  return value as Json;
}
