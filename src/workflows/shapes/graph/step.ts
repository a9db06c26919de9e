/**
 * Runs a graph, step by step. All due nodes run at the same time. Their results are merged in the declared order of the
 * nodes, and only then the next nodes are chosen. So the state after a step never depends on which node was faster.
 */
import type { Due, GraphStep } from '../../../contracts/wire/graph-states.js';
import { BatonError, createDefinitionError, createOutputError } from '../../../contracts/errors.js';
import type { Json } from '../../../contracts/data/json.js';
import { parseWith, type Schema } from '../../../contracts/data/schema.js';
import { clip } from '../../../contracts/data/preview.js';
import { runParallel } from '../../runtime/parallel.js';
import type { Run } from '../../runtime/run.js';
import type { NodeVerbs, GraphNode } from './node.js';
import { END, type Edge } from './edges.js';
import { addArrivals, holdJoins, type Joins } from './join.js';
import { interruptAt } from './interrupt.js';
import { findContested, mergeState, type Merging } from './reducers.js';
import { buildGraphStepPath, joinPath } from '../../../contracts/data/step-path.js';

type State = Readonly<Record<string, Json>>;

/** A graph that passed its checks. */
export interface Graph extends Merging<State> {
  readonly name: string;
  readonly schema: Schema;
  /** The keys of the state. */
  readonly keys: readonly string[];
  readonly nodes: Readonly<Record<string, GraphNode<State>>>;
  readonly edges: readonly Edge<State, string>[];
  readonly join: Joins;
  readonly recursionLimit: number;
  readonly interruptBefore: readonly string[];
  readonly interruptAfter: readonly string[];
}

/** The position of a graph between two steps. */
export interface Stand {
  readonly step: number;
  readonly state: State;
  readonly due: readonly Due[];
}

/** The result of a step. */
export interface TakenStep {
  readonly stand: Stand;
  readonly told: GraphStep;
}

/**
 * Runs one step.
 *
 * @throws {BatonError} `STEP_BUDGET` beyond the recursion limit; `OUTPUT_INVALID` when the state no longer fits its schema;
 * `BAD_DEFINITION` when a router selects an undeclared target, or nodes of the step set a key without a reducer to
 * different values; `REJECTED` at an interrupt.
 */
export async function runGraphStep(run: Run, verbs: NodeVerbs, graph: Graph, at: Stand): Promise<TakenStep> {
  const step = at.step + 1;
  if (step > graph.recursionLimit) {
    throw new BatonError(
      'STEP_BUDGET',
      `Graph ${graph.name} has taken ${graph.recursionLimit} steps and has not ended; ${listNames(at.due).join(', ')} would be next. Raise its recursionLimit, or see what it repeats (baton show).`,
      { graph: graph.name, recursionLimit: graph.recursionLimit },
    );
  }
  return run.scopes.within(buildGraphStepPath(run.scopes.path, step), async () => {
    const { ready, held } = holdJoins(graph, at.due);
    const names = listNames(ready);
    const before = await stopAt(run, graph, 'before', { step, names, state: at.state });
    const given = await runDue(run, verbs, graph, ready, before);
    assertUncontested(graph, ready, given);
    const after = given.reduce<State>((state, each) => mergeState(state, each as State, graph), before);
    const state = selectState(graph, after, names);
    const stood = await stopAt(run, graph, 'after', { step, names, state });
    const due = addArrivals(held, findNext(graph, names, stood));
    const next = due.length === 0 ? 'END' : listNames(due).join(', ');
    run.note(`Graph ${graph.name}, step ${step}: ${names.join(', ')}; next: ${next}`);
    const told = { step, nodes: names, state: stood, next: due };
    return {
      stand: { step, state: stood, due },
      told: held.length === 0 ? told : { ...told, held },
    };
  });
}

async function runDue(
  run: Pick<Run, 'scopes'>,
  verbs: NodeVerbs,
  graph: Graph,
  due: readonly Due[],
  state: State,
): Promise<Partial<State>[]> {
  const branches = due.map(({ node, item = null }) => async (): Promise<Partial<State>> => {
    const work = graph.nodes[node];
    if (work === undefined) throw createUnknownNodeError(graph, node);
    const given: unknown = await run.scopes.within(joinPath(run.scopes.path, node), async () =>
      // A copy: no other node sees a change in place, so the result never depends on which node was faster.
      work(copyState(state), verbs, item),
    );
    if (typeof given === 'object' && given !== null && !Array.isArray(given)) return given as Partial<State>;
    throw createOutputError(
      `Node ${node} of graph ${graph.name} gave ${clip(given as Json)}: a node gives an object with what changes of the state, {} for nothing.`,
      { graph: graph.name, node },
    );
  });
  const [only, ...others] = branches;
  if (only === undefined) return [];
  return others.length === 0 ? [await only()] : runParallel(run, branches);
}

async function stopAt(
  run: Run,
  graph: Graph,
  when: 'before' | 'after',
  { step, names, state }: { readonly step: number; readonly names: readonly string[]; readonly state: State },
): Promise<State> {
  const wanted = when === 'before' ? graph.interruptBefore : graph.interruptAfter;
  const nodes = names.filter((name) => wanted.includes(name));
  if (nodes.length === 0) return state;
  const { name, schema } = graph;
  return (await interruptAt(run, { graph: name, when, nodes, step, schema }, state)) as State;
}

/** @throws {BatonError} `BAD_DEFINITION` naming a key of which all but one value would be lost. */
function assertUncontested(graph: Graph, due: readonly Due[], given: readonly Partial<State>[]): void {
  const all = due.map(({ node }, index) => ({ node, changes: given[index] ?? {} }));
  const found = findContested(all, graph);
  if (found === undefined) return;
  const { key, nodes } = found;
  const who = nodes.length === 1 ? `branches of ${nodes.join('')}` : nodes.join(' and ');
  throw createDefinitionError(
    `Graph ${graph.name}: ${who} give ${key} in one step, and it has no reducer: only one of them would stay. Declare one, as reducers: { ${key}: append }, or (before, given) => given to take the last.`,
    { graph: graph.name, key, nodes },
  );
}

/** @throws {BatonError} `OUTPUT_INVALID` naming the nodes that may have caused it. */
function selectState(graph: Graph, state: State, names: readonly string[]): State {
  const parsed = parseWith(graph.schema, state);
  if (parsed.ok) return parsed.value as State;
  throw createOutputError(
    `The state of graph ${graph.name} does not fit its schema after ${names.join(', ')}.\n${parsed.problem}`,
    { graph: graph.name, nodes: names },
  );
}

/** In the order of the nodes that ran, and of their edges; a node with several arrivals runs once. */
export function findNext(graph: Graph, ran: readonly string[], stood: State): Due[] {
  // A copy: a router that changes it in place does not change the state.
  const state = copyState(stood);
  const due: Due[] = [];
  const seen = new Set<string>();
  const add = (node: string): void => {
    if (node === END || seen.has(node)) return;
    seen.add(node);
    due.push({ node });
  };
  const follow = (from: string, passed: ReadonlySet<string>): void => {
    for (const each of graph.edges.filter((candidate) => candidate.from === from)) {
      const [to = END] = each.to;
      const items = each.items?.(state);
      if (items === undefined) for (const target of routeFrom(graph, each, state)) add(target);
      else due.push(...items.map((item) => ({ node: to, item })));
      // Without items there are no branches, so the nodes after them come now.
      if (items?.length === 0 && !passed.has(to)) follow(to, new Set([...passed, to]));
    }
  };
  for (const name of ran) follow(name, new Set());
  return due;
}

function routeFrom(graph: Graph, { from, route, to }: Edge<State, string>, state: State): readonly string[] {
  if (route === undefined) return to;
  const named = route(state);
  const targets = Array.isArray(named) ? (named as readonly unknown[]) : [named];
  for (const target of targets) {
    if (typeof target === 'string' && to.includes(target)) continue;
    throw createDefinitionError(
      `The router after ${from} of graph ${graph.name} named ${clip(String(target), 80)}, and it declares ${to.join(', ')}.`,
      { graph: graph.name, node: from, named: String(target) },
    );
  }
  if (targets.length > 0 || to.includes(END)) return targets as readonly string[];
  throw createDefinitionError(
    `The router after ${from} of graph ${graph.name} named nobody, and it declares ${to.join(', ')}. To end there, declare END.`,
    { graph: graph.name, node: from },
  );
}

function createUnknownNodeError(graph: Graph, node: string): BatonError {
  return createDefinitionError(
    `Graph ${graph.name} has no node ${node}. It has: ${Object.keys(graph.nodes).join(', ')}.`,
    { graph: graph.name, node },
  );
}

/** Each once. */
export function listNames(due: readonly Due[]): string[] {
  return [...new Set(due.map(({ node }) => node))];
}

function copyState(state: State): State {
  return JSON.parse(JSON.stringify(state)) as State;
}
