/** The checks of a graph before it runs. */
import { assertWhole } from '../../../contracts/data/whole-number.js';
import { describeNearest } from '../../../contracts/data/nearest.js';
import { type BatonError, createDefinitionError } from '../../../contracts/errors.js';
import { registerWarning } from '../../../contracts/definitions/definition-registry.js';
import { assertName } from '../../../contracts/data/names.js';
import { END, type Edge } from './edges.js';
import { computeClosure, findUndeclaredJoins, type Joins } from './join.js';
import { isNode } from './node.js';

/** The structure of a graph. */
export interface Form {
  readonly name: string;
  readonly keys: readonly string[];
  readonly nodes: Readonly<Record<string, unknown>>;
  readonly entry: string;
  readonly edges: readonly Edge<never, string>[];
  readonly reducers: Readonly<Record<string, unknown>>;
  readonly initial: Readonly<Record<string, unknown>>;
  readonly recursionLimit: number;
  readonly join: Joins;
  readonly interrupts: readonly string[];
}

/** @throws {BatonError} `BAD_DEFINITION`, naming the graph, the node and the fix. */
export function assertGraph(form: Form): void {
  const { name, nodes, entry, edges } = form;
  assertName('graph', name);
  const names = Object.keys(nodes);
  for (const each of names) {
    assertName(`graph ${name}, node`, each);
    if (isNode(nodes[each])) continue;
    throw createGraphError(
      name,
      `node ${each} is not a function: wrap an agent, a person or an orchestration as node(who, { input, output })`,
    );
  }
  if (names.length === 0) throw createGraphError(name, 'it has no nodes');
  assertKnown(form, entry, 'its entry');
  for (const each of edges) assertEdge(form, each);
  for (const each of form.interrupts) assertKnown(form, each, 'an interrupt');
  for (const [what, given] of Object.entries({ reducers: form.reducers, initial: form.initial })) {
    for (const key of Object.keys(given)) {
      if (form.keys.includes(key)) continue;
      throw createGraphError(
        name,
        `${what} names ${key}, which the state has not: it has ${form.keys.join(', ')}`,
      );
    }
  }
  assertWhole(`graph ${name}: its recursionLimit`, form.recursionLimit, { graph: name });
  assertReachable(form);
  assertJoins(form);
}

function assertJoins(form: Form): void {
  const { name, join } = form;
  for (const [node, how] of Object.entries(join)) {
    assertKnown(form, node, 'join names');
    if (how === 'all' || how === 'each') continue;
    throw createGraphError(name, `join of ${node} is ${JSON.stringify(how)}, and must be 'all' or 'each'`);
  }
}

/** Warns about nodes that run more than once because branches of unequal length lead to them. */
export function warnOfJoins({ name, entry, edges, join }: Form): void {
  for (const node of findUndeclaredJoins(entry, { edges, join })) {
    registerWarning(
      `Graph ${name}: branches of unequal length lead to ${node}, so it runs more than once. Declare join: { ${node}: 'all' } to run it once, when all have come, or join: { ${node}: 'each' } to run it at each arrival.`,
    );
  }
}

function assertEdge(form: Form, each: Edge<never, string>): void {
  const { name } = form;
  assertKnown(form, each.from, 'an edge begins at');
  const targets = each.to;
  if (targets.length === 0)
    throw createGraphError(name, `the conditional edge from ${each.from} names nobody to go to`);
  if (new Set(targets).size < targets.length)
    throw createGraphError(
      name,
      `the conditional edge from ${each.from} names a node twice: ${targets.join(', ')}`,
    );
  for (const target of targets) {
    if (target !== END) assertKnown(form, target, `an edge from ${each.from} leads to`);
    else if (each.kind === 'fan-out')
      throw createGraphError(name, `the fan-out from ${each.from} leads to END: it needs a node`);
  }
}

function assertKnown({ name, nodes }: Form, node: string, what: string): void {
  if (Object.hasOwn(nodes, node)) return;
  const has = Object.keys(nodes).join(', ');
  if (node === END) throw createGraphError(name, `${what} END, which is where a graph ends and no node`);
  throw createGraphError(
    name,
    `${what} ${JSON.stringify(node)}, and there is no such node. It has: ${has}`,
    describeNearest(node, Object.keys(nodes)),
  );
}

function assertReachable({ name, nodes, entry, edges }: Form): void {
  const names = Object.keys(nodes);
  const next = (node: string): string[] =>
    edges.filter(({ from }) => from === node).flatMap((each) => [...each.to]);
  const reached = computeClosure(entry, next);
  const never = names.filter((each) => !reached.has(each));
  if (never.length > 0)
    throw createGraphError(
      name,
      `nothing leads to ${never.join(', ')} from the entry ${entry}: add an edge, or take ${never.length === 1 ? 'it' : 'them'} out`,
    );
  const last = names.find((each) => next(each).length === 0);
  if (last !== undefined) throw createGraphError(name, `nothing follows ${last}: add edge('${last}', END)`);
  for (const each of names) {
    if (!computeClosure(each, next).has(END))
      throw createGraphError(
        name,
        `from ${each} no way leads to END: the graph would go on until its recursion limit`,
      );
  }
}

export function createGraphError(graph: string, what: string, hint = ''): BatonError {
  return createDefinitionError(`graph ${graph}: ${what}.${hint}`, { graph });
}
