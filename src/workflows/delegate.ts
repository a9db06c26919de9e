/**
 * The two verbs that everything is built on. `delegate`: control comes back. `handoff`: control moves, and with it
 * the responsibility for the task.
 */
import { executeChild, workflowInfo } from '@temporalio/workflow';
import { digest } from '../contracts/canonical-json.js';
import { contractId, type ContractDefinition } from '../contracts/contract.js';
import { BatonError } from '../contracts/errors.js';
import type { Json } from '../contracts/json.js';
import { preview } from '../contracts/preview.js';
import type { AnyParty } from '../contracts/party.js';
import { parseWith } from '../contracts/schema.js';
import {
  SPECIALIST,
  type AssignmentResult,
  type SpecialistInput,
  type SpecialistResult,
} from '../contracts/wire.js';
import { fromFailure } from './failures.js';
import type { Run } from './run.js';
import { workOfPerson } from './person.js';
import { standIns } from './stand-ins.js';
import { work, type Assignment } from './turn.js';

/** How often one task may be handed on before somebody must be going in circles. */
const HANDOFF_LIMIT = 10;

/** Gives an agent a task and waits for the result: its own, or that of whom it handed over to. */
export function delegate(run: Run, agent: AnyParty, input: unknown): Promise<unknown> {
  const value = checkedInput(run, agent, input);
  const path = run.scopes.next(agent.name);
  const from = run.owner;
  run.record(
    {
      kind: 'delegated',
      from,
      to: agent.name,
      trigger: run.scopes.inBranch ? 'parallelization' : 'specialization',
      preview: preview(value),
    },
    path,
  );
  return carryThrough(run, agent, value, path, {
    finished: (output, by) =>
      run.record({ kind: 'returned', from: by, to: from, preview: preview(output) }, path),
  });
}

/** Hands the whole task to an agent. It owns the task once it has taken it on, and its result is the run's. */
export function handoff(run: Run, agent: AnyParty, input: unknown): Promise<unknown> {
  const value = checkedInput(run, agent, input);
  const path = run.scopes.next(agent.name);
  return carryThrough(run, agent, value, path, {
    handedOverBy: run.owner,
    accepted: (to) => {
      run.moveOwnership(to);
    },
  });
}

interface Transfer {
  readonly handedOverBy?: string;
  readonly accepted?: (agent: string) => void;
  readonly finished?: (output: Json, by: string) => void;
}

async function carryThrough(
  run: Run,
  first: AnyParty,
  input: Json,
  path: string,
  transfer: Transfer,
): Promise<Json> {
  let task: Task = { agent: first, input, place: path, ...pick(transfer.handedOverBy) };
  if (task.handedOverBy !== undefined) recordHandoff(run, task, { from: task.handedOverBy, by: 'code' });
  for (let hop = 1; hop <= HANDOFF_LIMIT; hop += 1) {
    const { agent } = task;
    const result = await assign(run, agent, {
      agent: agent.name,
      maxTurns: agent.kind === 'agent' ? agent.maxTurns : 1,
      handoffs: contractsFrom(run, agent).map(contractId),
      redirectTo: () => standIns(run.team, agent).map(({ name }) => name),
      input: task.input,
      path: task.place,
      ...pick(task.handedOverBy),
      ...(task.redirectedBy === undefined ? {} : { redirectedBy: task.redirectedBy }),
      ...acceptance(transfer, agent.name),
    });
    if (result.kind === 'finish') {
      transfer.finished?.(result.output, agent.name);
      return result.output;
    }
    task =
      result.kind === 'handoff'
        ? handedOn(run, agent, result, `${path}/${result.to}-${hop}`)
        : redirected(run, task, result, `${path}/${result.to}-${hop}`);
  }
  throw new BatonError(
    'HANDOFF_LIMIT',
    `The task at ${path} was handed on ${HANDOFF_LIMIT} times without a result; ${task.agent.name} had it last. See the loop with baton show.`,
    { path, limit: HANDOFF_LIMIT, last: task.agent.name },
  );
}

/** Who has the task now, and how it came to them. */
interface Task {
  readonly agent: AnyParty;
  readonly input: Json;
  readonly place: string;
  readonly handedOverBy?: string;
  readonly redirectedBy?: string;
}

function pick(handedOverBy: string | undefined): { readonly handedOverBy?: string } {
  return handedOverBy === undefined ? {} : { handedOverBy };
}

function handedOn(
  run: Run,
  agent: AnyParty,
  result: Extract<AssignmentResult, { kind: 'handoff' }>,
  place: string,
): Task {
  const contract = contractsFrom(run, agent).find((candidate) => contractId(candidate) === result.contract);
  if (!contract) throw unknownAgent(run, result.to);
  const task: Task = { agent: contract.to, input: result.payload, place, handedOverBy: agent.name };
  recordHandoff(run, task, { from: agent.name, by: 'agent', contract: result.contract });
  return task;
}

/** A person chose who is to have the task instead: the same task, from its beginning. */
function redirected(
  run: Run,
  { agent, input }: Task,
  result: Extract<AssignmentResult, { kind: 'redirected' }>,
  place: string,
): Task {
  const to = standIns(run.team, agent).find(({ name }) => name === result.to);
  if (!to) throw unknownAgent(run, result.to);
  const why = result.reason === undefined ? '.' : `: ${result.reason}`;
  const before =
    result.done.length === 0
      ? ''
      : `\nBefore that, ${agent.name} has carried out what cannot be undone; do not repeat it: ${result.done.join('; ')}.`;
  const task: Task = {
    agent: to,
    input,
    place,
    handedOverBy: agent.name,
    redirectedBy: `${result.by}${why}${before}`,
  };
  recordHandoff(run, task, { from: agent.name, by: 'person' });
  return task;
}

function recordHandoff(
  run: Run,
  { agent, input, place }: Task,
  how: { readonly from: string; readonly by: 'code' | 'agent' | 'person'; readonly contract?: string },
): void {
  run.record(
    { kind: 'handoff', to: agent.name, trigger: 'specialization', preview: preview(input), ...how },
    place,
  );
}

function acceptance(transfer: Transfer, agent: string): Pick<Assignment, 'accepted'> {
  const { accepted } = transfer;
  return accepted === undefined ? {} : { accepted: () => accepted(agent) };
}

function assign(run: Run, agent: AnyParty, assignment: Assignment): Promise<AssignmentResult> {
  if (agent.kind === 'human') return workOfPerson(run, agent, assignment);
  return agent.runs === 'child'
    ? assignToChild(run, assignment)
    : work(run, { ...assignment, tools: agent.tools });
}

/** A specialist in a workflow of its own: its own history, decided upon at its own id, mirrored at the root. */
async function assignToChild(run: Run, assignment: Assignment): Promise<AssignmentResult> {
  const { workflowId } = workflowInfo();
  const { accepted, tools: _tools, redirectTo, ...plain } = assignment;
  const input: SpecialistInput = {
    v: 1,
    ...plain,
    redirectTo: redirectTo(),
    root: run.root,
    rootWorkflowId: workflowId,
  };
  const childId = `${workflowId}/${assignment.agent}-${digest({ root: run.root, path: assignment.path }).slice(0, 8)}`;
  run.step();
  run.begins(assignment.path, assignment.agent, `workflow ${childId}`);
  run.specialistBegins(childId);
  try {
    const result = (await executeChild(SPECIALIST, {
      workflowId: childId,
      args: [input],
      staticSummary: `${assignment.agent}: ${preview(assignment.input, 80)}`,
    })) as SpecialistResult;
    accepted?.();
    run.used.add(result);
    return result.result;
  } catch (error) {
    const known = fromFailure(error);
    // A person who ends the run at a specialist's request ends all of it.
    if (known instanceof BatonError && known.code === 'ABORTED') return await run.abort(known);
    throw known;
  } finally {
    run.ends(assignment.path);
    run.specialistEnds(childId);
  }
}

function contractsFrom(run: Run, agent: AnyParty): ContractDefinition[] {
  return (run.team?.contracts ?? []).filter((contract) => contract.from.name === agent.name);
}

function checkedInput(run: Run, agent: AnyParty, input: unknown): Json {
  const known = run.team === undefined || run.team.agents.some((member) => member.name === agent.name);
  if (!known) throw unknownAgent(run, agent.name);
  const parsed = parseWith(agent.input, input);
  if (!parsed.ok) {
    throw new BatonError(
      'BAD_INPUT',
      `The input for agent ${agent.name} does not fit its schema.\n${parsed.problem}`,
      {
        agent: agent.name,
      },
    );
  }
  return parsed.value as Json;
}

function unknownAgent(run: Run, name: string): BatonError {
  const members = run.team?.agents.map((member) => member.name) ?? [];
  return new BatonError(
    'UNKNOWN_AGENT',
    `Team ${run.team?.name ?? '(none)'} has no agent ${name}. It has: ${members.join(', ')}.`,
    {
      agent: name,
      members,
    },
  );
}
