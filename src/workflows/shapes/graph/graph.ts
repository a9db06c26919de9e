/**
 * A state graph: nodes change a typed state, and edges say which nodes come next. All that travels is the state, which is
 * data. Therefore a run can continue in new executions, report each of its states, and be forked from any of them.
 */
import { describeNearest } from '../../../contracts/data/nearest.js';
import { defined } from '../../../contracts/data/defined.js';
import type { Fork, GraphStates } from '../../../contracts/wire/graph-states.js';
import { defineQuery, setHandler } from '@temporalio/workflow';
import type { Budget } from '../../../contracts/handoff/budget.js';
import { createInputError } from '../../../contracts/errors.js';
import { FORK, STATES } from '../../../contracts/wire/wire.js';
import type { Json } from '../../../contracts/data/json.js';
import { askDescription } from '../../../contracts/definitions/orchestration.js';
import { clip } from '../../../contracts/data/preview.js';
import { assertWireSchema, parseWith, type Schema } from '../../../contracts/data/schema.js';
import type { TeamDefinition } from '../../../contracts/definitions/team.js';
import type { Orchestration } from '../../orchestration/definition.js';
import type { Loop } from '../../orchestration/loop.js';
import { loop } from '../../orchestration/continue-as-new-loop.js';
import type { Run } from '../../runtime/run.js';
import { getRun, type Verbs } from '../../orchestration/verbs.js';
import { assertGraph, warnOfJoins } from './checks.js';
import { createEdgeMaker, type Edge, type EdgeMaker } from './edges.js';
import { addArrivals, type Join } from './join.js';
import { Journal } from './journal.js';
import type { GraphNode } from './node.js';
import { findOptional, type Reducers } from './reducers.js';
import { findNext, runGraphStep, type Graph, type Stand } from './step.js';

/** An object schema, as `z.object` makes it. */
export type StateSchema<State> = Schema<State> & { readonly shape: object };

/** The options of a graph. */
export interface GraphOptions<State extends object, Name extends string, Given extends keyof State> {
  readonly name: string;
  readonly team?: TeamDefinition;
  /** The schema of the state, which is checked after each step. */
  readonly state: StateSchema<State>;
  /**
   * How a node's result is merged into the state. Without a reducer the newer value replaces the older one, and two values
   * in one step are an error.
   */
  readonly reducers?: Reducers<State>;
  /** Default values, which make these keys optional in the input. */
  readonly initial?: { readonly [K in Given]: State[K] };
  readonly nodes: { readonly [N in Name]: GraphNode<State> };
  /** The first node. */
  readonly entry: NoInfer<Name>;
  /** Which nodes come next: `({ edge, conditionalEdge, fanOut }) => [edge('a', 'b'), edge('b', END)]`. */
  readonly edges: (make: EdgeMaker<State, Name>) => readonly Edge<State, NoInfer<Name>>[];
  /**
   * Nodes that branches of unequal length lead to. `all` runs such a node once, when no branch can still reach it. `each`
   * runs it at each arrival. Without either it also runs at each arrival, and the worker logs a warning.
   */
  readonly join?: { readonly [N in NoInfer<Name>]?: Join };
  /** The number of steps after which the graph fails; default 25. */
  readonly recursionLimit?: number;
  /** A person sees the state before these nodes run, and may edit it. */
  readonly interruptBefore?: readonly NoInfer<Name>[];
  /** A person sees the state after these nodes ran, and may edit it. */
  readonly interruptAfter?: readonly NoInfer<Name>[];
  readonly budget?: Budget;
  /** After how many steps the run continues in a new execution; default 500. */
  readonly turnsPerExecution?: number;
}

/** The input of a graph: the state, in which the keys of `initial` are optional. */
export type GraphInput<State, Given extends keyof State> = Omit<State, Given> & Partial<Pick<State, Given>>;

const statesQuery = defineQuery<GraphStates>(STATES);

interface Kept extends Stand {
  readonly journal: ReturnType<Journal['report']>;
}

/**
 * An orchestration that is a graph: its input and its output are the state. As a node of another graph, or as any other
 * part, it runs in the same run.
 *
 * @throws {BatonError} `BAD_DEFINITION` for unknown targets, nodes that are unreachable or that never end, a missing entry,
 * and reducers of keys that the state does not have.
 */
export function graph<State extends object, const Name extends string, Given extends keyof State = never>(
  options: GraphOptions<State, Name, Given>,
): Orchestration<GraphInput<State, Given>, State> {
  const { name, team, budget, turnsPerExecution, initial = {}, entry } = options;
  const sound = checkGraph(options as unknown as AnyGraphOptions);
  const workflow = loop<TeamDefinition | undefined, GraphInput<State, Given>, State, never>(
    {
      name,
      team,
      ...defined({ budget, turnsPerExecution }),
    },
    (start, verbs, loop) => {
      const run = getRun(verbs);
      const goOn = (kept: Kept): Promise<State> =>
        toTheEnd(run, verbs as Verbs<undefined>, sound, loop, kept) as Promise<State>;
      if ('state' in start) return goOn(start.state as Kept);
      const fork = readFork(start.input);
      const kept = beginGraph(sound, { initial, entry, fork }, start.input);
      if (loop.isWhole) assertNoStray(sound, kept.state, start.input);
      // Readers of the run find the earlier steps this way.
      if (fork) run.note(`continues from step ${fork.step} of ${clip(fork.of, 200)}`);
      return goOn(kept);
    },
  );
  return askDescription(workflow, withoutThose(options.state.shape, initial));
}

function withoutThose(shape: object, initial: object): Record<string, Schema> {
  const entries = Object.entries(shape) as [string, Schema][];
  return Object.fromEntries(entries.filter(([key]) => !Object.hasOwn(initial, key)));
}

type AnyGraphOptions = GraphOptions<Record<string, Json>, string, string>;

function checkGraph(options: AnyGraphOptions): Graph {
  const { name, state: schema, nodes, reducers = {}, initial = {}, entry } = options;
  const { recursionLimit = 25, interruptBefore = [], interruptAfter = [], join = {} } = options;
  assertWireSchema(schema, `graph ${name}, state`);
  const edges = options.edges(createEdgeMaker());
  const keys = Object.keys(schema.shape);
  const form = {
    name,
    keys,
    nodes,
    entry,
    edges: edges as readonly Edge<never, string>[],
    reducers,
    initial,
    recursionLimit,
    join,
    interrupts: [...interruptBefore, ...interruptAfter],
  };
  assertGraph(form);
  warnOfJoins(form);
  const optional = findOptional(schema.shape);
  return { ...form, schema, edges, optional, interruptBefore, interruptAfter };
}

interface Beginning {
  readonly initial: object;
  readonly entry: string;
  readonly fork: Fork | undefined;
}

/** @throws {BatonError} `BAD_INPUT` when the input is not the state, or not a step to continue from. */
function beginGraph(sound: Graph, { initial, entry, fork }: Beginning, input: unknown): Kept {
  if (fork) assertFits(sound, fork);
  else assertObject(sound, input);
  const given = fork ? fork.state : { ...initial, ...(input as object | null) };
  const parsed = parseWith(sound.schema, given);
  if (!parsed.ok) {
    throw createInputError(`The input of graph ${sound.name} does not fit its state.\n${parsed.problem}`, {
      graph: sound.name,
    });
  }
  const state = parsed.value as Stand['state'];
  const [step, nodes] = fork ? [fork.step, fork.nodes] : [0, []];
  const due =
    nodes.length === 0 ? [{ node: entry }] : addArrivals(fork?.held ?? [], findNext(sound, nodes, state));
  const steps = [{ step, nodes, state, next: due }];
  return { step, state, due, journal: { steps, left: step } };
}

function assertObject({ name, keys }: Graph, input: unknown): void {
  if (input === undefined || (typeof input === 'object' && !Array.isArray(input))) return;
  throw createInputError(
    `Graph ${name} got ${clip(input as Json, 80)}, but takes an object with the keys of its state (${keys.join(', ')}) that have no initial value.`,
    { graph: name },
  );
}

/** For a separate run, because no compiler has checked its input. A part may receive extra keys. */
function assertNoStray({ name, keys }: Graph, state: object, input: unknown): void {
  const stray = Object.keys((input ?? {}) as object).find(
    (key) => key !== FORK && !Object.hasOwn(state, key) && !keys.includes(key),
  );
  if (stray === undefined) return;
  throw createInputError(
    `Graph ${name} got the key ${clip(stray, 80)}, which its state does not have: it has ${keys.join(', ')}.${describeNearest(stray, keys)}`,
    { graph: name },
  );
}

function readFork(input: unknown): Fork | undefined {
  if (typeof input !== 'object' || input === null || !(FORK in input)) return undefined;
  const fork = input[FORK] as Partial<Fork> | null;
  const readable =
    typeof fork === 'object' &&
    fork !== null &&
    typeof fork.of === 'string' &&
    Number.isInteger(fork.step) &&
    typeof fork.state === 'object' &&
    Array.isArray(fork.nodes) &&
    fork.nodes.every((node) => typeof node === 'string');
  if (readable) return fork as Fork;
  throw createInputError(`"${FORK}" must be { v: 1, of, step, nodes, state }, as \`baton fork\` makes it.`);
}

/** The graph may have changed since the forked run, and an edit may contain a typing error. */
function assertFits({ name, keys, nodes }: Graph, fork: Fork): void {
  const stray = fork.nodes.find((node) => !Object.hasOwn(nodes, node));
  const key = Object.keys(fork.state ?? {}).find((each) => !keys.includes(each));
  if (stray === undefined && key === undefined) return;
  const what =
    stray === undefined
      ? `its state has no ${key}: it has ${keys.join(', ')}`
      : `it has no node ${stray} any more: it has ${Object.keys(nodes).join(', ')}`;
  throw createInputError(`Graph ${name} cannot go on from step ${fork.step}: ${what}.`, {
    graph: name,
  });
}

async function toTheEnd(
  run: Run,
  verbs: Verbs<undefined>,
  sound: Graph,
  loop: Loop,
  kept: Kept,
): Promise<unknown> {
  const journal = new Journal(kept.journal);
  // A part has no query, since a run may have several parts.
  if (loop.isWhole) {
    setHandler(statesQuery, () => ({ v: 1, graph: sound.name, ...journal.report() }), {
      description: 'The states that the graph has been in, step by step.',
    });
  }
  let stand: Stand = { step: kept.step, state: kept.state, due: kept.due };
  while (stand.due.length > 0) {
    if (loop.due()) return loop.goOn({ ...stand, journal: journal.report() } as unknown as Json);
    const taken = await runGraphStep(run, verbs, sound, stand);
    stand = taken.stand;
    journal.add(taken.told);
    loop.turn();
  }
  return stand.state;
}
