/**
 * Joins: nodes that branches of unequal length lead to. The edges alone determine which nodes these are, and whether an
 * active branch can still reach one.
 */
import type { Due } from '../../../contracts/wire/graph-states.js';
import { END } from './edges.js';

/** How often a node runs that branches of unequal length lead to: once, when `all` have arrived, or at `each` arrival. */
export type Join = 'all' | 'each';
/** A graph's declared joins. */
export type Joins = Readonly<Record<string, Join | undefined>>;

/** The source and the targets of an edge. */
interface Way {
  readonly kind: 'edge' | 'conditional' | 'fan-out';
  readonly from: string;
  readonly to: readonly string[];
}

/** The edges of a graph, and its declared joins. */
export interface Ways {
  readonly edges: readonly Way[];
  readonly join: Joins;
}

/** Removes the joins that a branch can still reach from the due nodes. If nothing else is due, no join has to wait. */
export function holdJoins(
  ways: Ways,
  due: readonly Due[],
): { readonly ready: readonly Due[]; readonly held: readonly Due[] } {
  const holds = ({ node }: Due): boolean =>
    ways.join[node] === 'all' && due.some((other) => canArrive(ways.edges, other.node, node));
  const ready = due.filter((each) => !holds(each));
  return ready.length === 0 ? { ready: due, held: [] } : { ready, held: due.filter(holds) };
}

/** The due nodes after a step: waiting joins come first, and another arrival at one does not run it twice. */
export function addArrivals(held: readonly Due[], next: readonly Due[]): Due[] {
  const isHeld = (node: string): boolean =>
    held.some((each) => each.node === node && each.item === undefined);
  return [...held, ...next.filter(({ node, item }) => item !== undefined || !isHeld(node))];
}

/**
 * The undeclared nodes that run more than once because branches of unequal length lead to them. Nodes that only follow such
 * a node are not listed. A router may select several nodes, which only its run shows, so it counts as selecting one.
 */
export function findUndeclaredJoins(entry: string, { edges, join }: Ways): string[] {
  const found: string[] = [];
  for (;;) {
    const joined = (node: string): boolean => join[node] !== undefined || found.includes(node);
    const next = findUnequal(entry, edges, joined);
    if (next === undefined) return found;
    found.push(next);
  }
}

function findUnequal(
  entry: string,
  edges: readonly Way[],
  joined: (node: string) => boolean,
): string | undefined {
  const unequal = new Set<string>();
  const pairs = new Map<string, readonly [string, string]>();
  const add = (one: string, other: string): void => {
    if (one !== other && one !== END && other !== END) pairs.set(`${one} ${other}`, [one, other]);
  };
  for (const [one, other] of listSplits(edges)) add(one, other);
  // A map is iterated in insertion order, and entries that are added during the iteration are visited too.
  for (const [one, other] of pairs.values()) {
    const waits = (node: string, branch: string): boolean => canArrive(edges, branch, node);
    for (const [node, branch] of [
      [one, other],
      [other, one],
    ] as const) {
      if (!joined(node) && waits(node, branch)) unequal.add(node);
    }
    const goOn = (node: string, branch: string): readonly string[] =>
      joined(node) && waits(node, branch) ? [node] : listNext(edges, node);
    for (const a of goOn(one, other)) for (const b of goOn(other, one)) add(a, b);
  }
  return [...computeClosure(entry, (node) => listNext(edges, node))].find((node) => unequal.has(node));
}

/** The pairs of nodes that start in parallel. */
function listSplits(edges: readonly Way[]): (readonly [string, string])[] {
  return edges.flatMap((one, index) =>
    edges
      .slice(index + 1)
      .filter(({ from }) => from === one.from)
      .flatMap((other) =>
        listTargets(edges, one).flatMap((a) => listTargets(edges, other).map((b) => [a, b] as const)),
      ),
  );
}

function listNext(edges: readonly Way[], node: string): readonly string[] {
  return edges.filter(({ from }) => from === node).flatMap((each) => listTargets(edges, each));
}

/** A fan-out without items leads to the nodes after its branches. */
function listTargets(edges: readonly Way[], { kind, from, to }: Way): readonly string[] {
  if (kind !== 'fan-out') return to;
  return [...to, ...to.filter((node) => node !== from).flatMap((node) => followOnce(edges, node))];
}

function followOnce(edges: readonly Way[], node: string): readonly string[] {
  return edges.filter(({ from }) => from === node).flatMap(({ to }) => to);
}

/** Whether a branch at `branch` can reach `node` before the work at `node` reaches the point that both must pass. */
function canArrive(edges: readonly Way[], branch: string, node: string): boolean {
  if (branch === node) return false;
  const next = (at: string): readonly string[] => listNext(edges, at);
  const isPassed = (at: string): boolean =>
    at !== node && at !== END && !computeClosure(node, next, at).has(END);
  if (isPassed(branch)) return false;
  return computeClosure(branch, (at) => next(at).filter((to) => to === node || !isPassed(to))).has(node);
}

/** All nodes that can be reached from a node, without passing `without`. */
export function computeClosure(
  from: string,
  next: (node: string) => readonly string[],
  without?: string,
): Set<string> {
  const reached = new Set([from]);
  for (const each of reached) for (const target of next(each)) if (target !== without) reached.add(target);
  return reached;
}
