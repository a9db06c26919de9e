/** Puts an agent to work on a task: in this workflow, or in one of its own. */
import { executeChild, workflowInfo } from '@temporalio/workflow';
import { digest } from '../../contracts/canonical-json.js';
import { BatonError } from '../../contracts/errors.js';
import { preview } from '../../contracts/preview.js';
import {
  SPECIALIST,
  type AssignmentResult,
  type SpecialistInput,
  type SpecialistResult,
} from '../../contracts/wire.js';
import { fromFailure } from '../failures.js';
import { workOfPerson } from '../person.js';
import type { Run } from '../run.js';
import { takeAccount } from '../specialist-account.js';
import { work, type Assignment } from '../turn.js';
import { offeredBy } from './governing.js';
import { eligible } from './redirected.js';
import type { Task } from './task.js';

/** @throws {BatonError} what the agent's work failed with. */
export function assign(
  run: Run,
  task: Task,
  accepted: (items: readonly string[]) => void,
): Promise<AssignmentResult> {
  const { agent, place, start } = task;
  const redirectTo = (): string[] => eligible(run, agent, task.envelope.input).map(({ party }) => party.name);
  if (agent.kind === 'human') return workOfPerson(run, agent, { ...task, redirectTo, accepted });
  const assignment: Assignment = {
    agent: agent.name,
    maxTurns: agent.maxTurns,
    handoffs: offeredBy(run, agent),
    redirectTo,
    start,
    path: place,
    accepted,
  };
  return agent.runs === 'child'
    ? assignToChild(run, task, assignment)
    : work(run, { ...assignment, tools: agent.tools });
}

/** A specialist in a workflow of its own: its own history, decided upon at its own id, mirrored at the root. */
async function assignToChild(run: Run, task: Task, assignment: Assignment): Promise<AssignmentResult> {
  const { workflowId } = workflowInfo();
  const { accepted, tools: _tools, redirectTo, ...plain } = assignment;
  const { place, start, envelope } = task;
  const input: SpecialistInput = {
    v: 1,
    ...plain,
    redirectTo: redirectTo(),
    root: run.root,
    rootWorkflowId: workflowId,
  };
  const hash = digest({ root: run.root, path: place, turns: start.turns }).slice(0, 8);
  const childId = `${workflowId}/${assignment.agent}-${hash}`;
  run.step();
  run.begins(place, assignment.agent, `workflow ${childId}`);
  run.specialists.begins(childId, accepted);
  try {
    const result = (await executeChild(SPECIALIST, {
      workflowId: childId,
      args: [input],
      staticSummary: `${assignment.agent}: ${preview(envelope.input, 80)}`,
    })) as SpecialistResult;
    // Its signal may not have come before it ended.
    if (result.acknowledged !== undefined) accepted?.(result.acknowledged);
    run.used.add(result);
    return result.result;
  } catch (error) {
    const known = takeAccount(run, place, fromFailure(error));
    // A person who ends the run at a specialist's request ends all of it.
    if (known instanceof BatonError && known.code === 'ABORTED') return await run.abort(known);
    throw known;
  } finally {
    run.specialists.ends(childId);
    run.ends(place);
  }
}
