/**
 * The manager of a hierarchical crew: it chooses who does a task, and reviews the result. It accepts the result, sends it
 * back with feedback, or gives the task to another agent. It never works on a task, and its rounds are limited.
 */
import { defined } from '../../../contracts/data/defined.js';
import type { AgentDefinition } from '../../../contracts/definitions/agent.js';
import { toOutputText } from '../../../contracts/crew/outcome.js';
import type { CrewTask } from '../../../contracts/crew/task.js';
import { createOutputError } from '../../../contracts/errors.js';
import { isJsonObject, type Json } from '../../../contracts/data/json.js';
import type { AnyParticipant } from '../../../contracts/definitions/participant.js';
import { clip } from '../../../contracts/data/preview.js';
import type { Run } from '../../runtime/run.js';
import { delegate } from '../../handoff/verbs.js';
import { describeTask, buildTaskTerms, delegateTask, type Assigned, type Given } from './delegate-task.js';

type Manager = AgentDefinition<string, never, unknown>;

/** How often a manager may send a task's result back or elsewhere before it accepts one. */
const ROUNDS = 5;

/** @throws {BatonError} `OUTPUT_INVALID` when the manager accepts no result, or names no agent. */
export async function runManaged(
  run: Run,
  manager: Manager,
  task: CrewTask,
  given: Given,
): Promise<Assigned> {
  let current = given;
  let coworker = task.agent ?? (await chooseMember(run, manager, given));
  let last = '';
  for (let round = 0; round < ROUNDS; round += 1) {
    const done = await delegateTask(run, coworker, current);
    const { verdict, feedback, to } = await judgeOutput(run, manager, given, done);
    if (verdict === 'accept') return done;
    last = feedback;
    run.note(`${manager.name}: ${verdict} ${task.name}: ${clip(feedback, 300)}`);
    current = { ...given, feedback, previous: done.output };
    if (verdict === 'reassign') coworker = to ?? coworker;
  }
  throw createOutputError(
    `crew ${given.crew.name}: ${manager.name} accepted no output of ${task.name} in ${ROUNDS} rounds. Its last word: ${clip(last, 400)}`,
    { crew: given.crew.name, task: task.name, manager: manager.name },
  );
}

async function chooseMember(run: Run, manager: Manager, given: Given): Promise<AnyParticipant> {
  const { crew, context, feedback } = given;
  // With only one agent, the manager is not asked.
  const [only, ...others] = crew.agents;
  if (only !== undefined && others.length === 0) return only;
  const said = await askManager(
    run,
    manager,
    given,
    {
      question: 'Which coworker does this task?',
      context: context.map(({ name, agent, output }) => ({
        task: name,
        agent,
        output: clip(output, 300),
      })),
      ...defined({ feedback }),
    },
    {
      type: 'object',
      properties: { coworker: nameAgents(crew.agents), reason: { type: 'string' } },
      required: ['coworker', 'reason'],
      additionalProperties: false,
    },
  );
  const coworker = crew.agents.find(({ name }) => name === said['coworker']);
  if (coworker !== undefined) return coworker;
  throw createOutputError(
    `crew ${crew.name}: ${manager.name} gave the task to ${clip(said['coworker'], 60)}, who is none of its agents.`,
    { crew: crew.name, manager: manager.name },
  );
}

interface Verdict {
  readonly verdict: 'accept' | 'revise' | 'reassign';
  readonly feedback: string;
  readonly to: AnyParticipant | undefined;
}

/** Only a clear acceptance accepts. */
async function judgeOutput(run: Run, manager: Manager, given: Given, done: Assigned): Promise<Verdict> {
  const { agents } = given.crew;
  const said = await askManager(
    run,
    manager,
    given,
    {
      question: 'Is this result good? Accept it, have it revised, or give the task to another coworker.',
      done_by: done.by,
      result: toOutputText(done.output),
    },
    {
      type: 'object',
      properties: {
        verdict: { type: 'string', enum: ['accept', 'revise', 'reassign'] },
        feedback: { type: 'string', description: 'The advice for improvement; empty if it is accepted.' },
        coworker: {
          anyOf: [nameAgents(agents), { type: 'null' }],
          description: 'The other receiver; else null.',
        },
      },
      required: ['verdict', 'feedback', 'coworker'],
      additionalProperties: false,
    },
  );
  const { verdict, feedback, coworker } = said;
  const to = agents.find(({ name }) => name === coworker);
  const words = typeof feedback === 'string' ? feedback : '';
  if (verdict === 'accept') return { verdict, feedback: words, to };
  return { verdict: verdict === 'reassign' && to !== undefined ? verdict : 'revise', feedback: words, to };
}

async function askManager(
  run: Run,
  manager: Manager,
  { task, expected, crew, values }: Given,
  further: Readonly<Record<string, Json>>,
  output: Json,
): Promise<Readonly<Record<string, Json>>> {
  const input = {
    ...further,
    task,
    expected_output: expected,
    coworkers: crew.agents.map((party) => describeTask(party, values)),
  };
  const said = await delegate(run, manager, input, { terms: buildTaskTerms(manager, values, { output }) });
  return isJsonObject(said) ? said : {};
}

function nameAgents(agents: readonly AnyParticipant[]): Json {
  return { type: 'string', enum: agents.map(({ name }) => name) };
}
