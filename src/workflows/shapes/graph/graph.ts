/**
 * A state graph: nodes that change a typed state, and edges that say which come next. The state is what travels, and
 * all of it is data, so that a run goes on in new executions, tells each state it was in, and can be forked from any.
 */
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

/** What a graph declares. */
export interface GraphOptions<State extends object, Name extends string, Given extends keyof State> {
  readonly name: string;
  readonly team?: TeamDefinition;
  /** What the graph is about; it is held against it after each step. */
  readonly state: StateSchema<State>;
  /** How what a node gives becomes part of the state; without one the newer value counts, and two in one step are an error. */
  readonly reducers?: Reducers<State>;
  /** What the input need not bring. */
  readonly initial?: { readonly [K in Given]: State[K] };
  readonly nodes: { readonly [N in Name]: GraphNode<State> };
  /** Where it begins. */
  readonly entry: NoInfer<Name>;
  /** Which nodes come next: `({ edge, conditionalEdge, fanOut }) => [edge('a', 'b'), edge('b', END)]`. */
  readonly edges: (make: EdgeMaker<State, Name>) => readonly Edge<State, NoInfer<Name>>[];
  /**
   * Nodes that branches of unequal length lead to: `all` runs such a node once, when no branch may still come to it; `each`
   * runs it at each arrival. Without either it runs at each arrival too, and the worker warns of it.
   */
  readonly join?: { readonly [N in NoInfer<Name>]?: Join };
  /** After how many steps it has gone wrong; default 25. */
  readonly recursionLimit?: number;
  /** A person is shown the state before these run, and may change it. */
  readonly interruptBefore?: readonly NoInfer<Name>[];
  /** A person is shown the state after these ran, and may change it. */
  readonly interruptAfter?: readonly NoInfer<Name>[];
  readonly budget?: Budget;
  /** After how many steps the run goes on in a new execution; default 500. */
  readonly turnsPerExecution?: number;
}

/** What a graph is started with: the state, without what it has initially. */
export type GraphInput<State, Given extends keyof State> = Omit<State, Given> & Partial<Pick<State, Given>>;

const statesQuery = defineQuery<GraphStates>(STATES);

interface Kept extends Stand {
  readonly journal: ReturnType<Journal['report']>;
}

/**
 * An orchestration that is a graph: it takes the state and gives the state. As a node of another graph, or as any other
 * part, it runs in the same run.
 *
 * @throws {BatonError} `BAD_DEFINITION` for unknown targets, nodes that nothing leads to or that never end, a missing entry,
 * reducers of keys that the state has not.
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
      // So that whoever reads the run finds what came before.
      if (fork) run.note(`goes on from step ${fork.step} of ${clip(fork.of, 200)}`);
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

/** @throws {BatonError} `BAD_INPUT` where what it is given is not the state, or no step to go on from. */
function beginGraph(sound: Graph, { initial, entry, fork }: Beginning, input: unknown): Kept {
  if (fork) assertFits(sound, fork);
  else assertObject(sound, input);
  const given = fork ? fork.state : { ...initial, ...(input as object | null) };
  const parsed = parseWith(sound.schema, given);
  if (!parsed.ok) {
    throw createInputError(`What graph ${sound.name} was given does not fit its state.\n${parsed.problem}`, {
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
    `Graph ${name} was given ${clip(input as Json, 80)}, and takes an object with what its state (${keys.join(', ')}) has not initially.`,
    { graph: name },
  );
}

/** Of a run of its own: nobody has compiled what it is given. A part may be given more than it needs. */
function assertNoStray({ name, keys }: Graph, state: object, input: unknown): void {
  const stray = Object.keys((input ?? {}) as object).find(
    (key) => key !== FORK && !Object.hasOwn(state, key) && !keys.includes(key),
  );
  if (stray === undefined) return;
  throw createInputError(
    `Graph ${name} was given ${clip(stray, 80)}, which its state has not: it has ${keys.join(', ')}.`,
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

/** The graph may have been changed since the run that it was forked from, and an edit may be mistyped. */
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
  // A part has no query of its own: there may be several of it in a run.
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
