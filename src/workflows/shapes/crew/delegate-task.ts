/** Runs a crew's task with one agent or person, and with the coworkers that it may ask or give a subtask. */
import { defined } from '../../../contracts/data/defined.js';
import { canDelegate } from '../../../contracts/crew/agent.js';
import type { Feedback, TaskOutput } from '../../../contracts/crew/outcome.js';
import { fillPlaceholders, findPlaceholders } from '../../../contracts/crew/placeholders.js';
import type { TaskTerms } from '../../../contracts/handoff/envelope.js';
import type { Json } from '../../../contracts/data/json.js';
import type { AnyParticipant } from '../../../contracts/definitions/participant.js';
import type { Schema } from '../../../contracts/data/schema.js';
import type { Run } from '../../runtime/run.js';
import type { Done } from '../../task/task.js';
import { delegateFrom } from '../../handoff/verbs.js';
import { ASKED, readAsked, addCoworkers, type CoworkerAnswer } from './coworkers.js';
import type { CrewParts } from '../../../contracts/crew/check.js';

/** The input for the agent that does a task. */
export interface Given extends Partial<Feedback> {
  readonly crew: CrewParts;
  readonly values: Readonly<Record<string, string>>;
  readonly task: string;
  readonly expected: string;
  readonly context: readonly TaskOutput[];
  /** The schema of the output; default: text. */
  readonly output?: { readonly schema: Schema; readonly json: Json };
  /** The permissions of the coworker that delegated this subtask. */
  readonly holds?: readonly string[];
}

/** The output, and who returned it. */
export interface Assigned {
  /** The final owner of the task: it may have been handed off, or recovered by another participant. */
  readonly by: string;
  readonly output: Json;
}

/** How often an agent may ask coworkers in one task. */
const DELEGATIONS = 5;

/** @throws {BatonError} the error of the work. */
export async function delegateTask(run: Run, party: AnyParticipant, given: Given): Promise<Assigned> {
  const coworkers = given.crew.agents.filter(({ name }) => name !== party.name);
  if (!canDelegate(party) || coworkers.length === 0) return assignTask(run, party, given);
  const answers: CoworkerAnswer[] = [];
  for (;;) {
    const mayAsk = answers.length < DELEGATIONS;
    const offered = mayAsk ? coworkers : [];
    const wanted = addCoworkers(given.output?.json, offered);
    const {
      by,
      output: said,
      holds = [],
    } = await assignTask(run, party, given, {
      answers,
      coworkers: offered,
      wanted,
    });
    const asked = readAsked(said, offered);
    if ('answer' in asked) return { by, output: asked.answer };
    const { coworker, kind, text, context } = asked;
    const { output } = await assignTask(run, coworker, {
      crew: given.crew,
      values: given.values,
      task: text,
      expected: kind === 'ask' ? 'An answer to the question.' : 'The result of this part of the work.',
      context: context === '' ? [] : [{ name: 'context', agent: by, output: context }],
      holds,
    });
    answers.push({ coworker: coworker.name, [kind === 'ask' ? 'question' : 'task']: text, answer: output });
  }
}

interface WithCoworkers {
  readonly answers: readonly CoworkerAnswer[];
  readonly coworkers: readonly AnyParticipant[];
  readonly wanted: Json;
}

function assignTask(run: Run, party: AnyParticipant, given: Given, more?: WithCoworkers): Promise<Done> {
  const { task, expected, context, output, feedback, previous = null, values, holds } = given;
  const passed = {
    ...(context.length === 0
      ? {}
      : { context: context.map(({ name, agent, output: gave }) => ({ task: name, agent, output: gave })) }),
    ...(feedback === undefined ? {} : { feedback, previous }),
    ...(more === undefined ? {} : offer(more, values)),
  };
  if (party.kind === 'human') {
    const person = output === undefined ? party : { ...party, output: output.schema };
    return delegateFrom(run, person, toPlainJson(passed), {
      task: { goal: task, expected, acceptance: [] },
      holds,
    });
  }
  const says = more && (more.coworkers.length === 0 ? ['answer'] : ASKED);
  const terms = buildTaskTerms(party, values, { output: more?.wanted ?? output?.json, says });
  const input = toPlainJson({ task, expected_output: expected === '' ? undefined : expected, ...passed });
  return delegateFrom(run, party, input, { terms, holds });
}

function offer(
  { coworkers, answers }: WithCoworkers,
  values: Given['values'],
): Readonly<Record<string, unknown>> {
  return {
    ...(coworkers.length === 0 ? {} : { coworkers: coworkers.map((party) => describeTask(party, values)) }),
    ...(answers.length === 0 ? {} : { coworkers_said: answers }),
  };
}

/** A task as the crew's other agents see it. */
export function describeTask(
  party: AnyParticipant,
  values: Given['values'],
): { name: string; role: string; goal: string } {
  const role = party.kind === 'human' ? party.roles.join(', ') : (party.role ?? party.name);
  return {
    name: party.name,
    role: fillPlaceholders(role, values),
    goal: fillPlaceholders(party.goal, values),
  };
}

/** The task's terms, with the values that the agent's own texts use. */
export function buildTaskTerms(
  party: AnyParticipant,
  values: Given['values'],
  { output, says }: { readonly output?: Json | undefined; readonly says?: readonly string[] | undefined },
): TaskTerms | undefined {
  const texts = party.kind === 'human' ? [] : [party.role, party.goal, party.instructions];
  const open = findPlaceholders(texts.join(' ')).filter((name) => Object.hasOwn(values, name));
  if (open.length === 0 && output === undefined) return undefined;
  return {
    ...(open.length === 0
      ? {}
      : { values: Object.fromEntries(open.map((name) => [name, values[name] ?? ''])) }),
    ...defined({ output, says }),
  };
}

/** Drops undefined properties. */
function toPlainJson(value: unknown): Json {
  return JSON.parse(JSON.stringify(value)) as Json;
}
