/**
 * Joins: nodes that branches of unequal length lead to. Which nodes they are, and whether a branch that is under way may
 * still come to one, follows from the edges alone.
 */
import type { Due } from '../../../contracts/wire/graph-states.js';
import { END } from './edges.js';

/** How often a node runs that branches of unequal length lead to: once, when `all` have come, or at `each` arrival. */
export type Join = 'all' | 'each';
/** What is declared of a graph's joins. */
export type Joins = Readonly<Record<string, Join | undefined>>;

/** An edge, as far as it leads anywhere. */
interface Way {
  readonly kind: 'edge' | 'conditional' | 'fan-out';
  readonly from: string;
  readonly to: readonly string[];
}

/** The ways of a graph, and what is declared of its joins. */
export interface Ways {
  readonly edges: readonly Way[];
  readonly join: Joins;
}

/** Takes the joins out of what is due that a branch may still come to. Where nobody else is due, none is held. */
export function holdJoins(
  ways: Ways,
  due: readonly Due[],
): { readonly ready: readonly Due[]; readonly held: readonly Due[] } {
  const holds = ({ node }: Due): boolean =>
    ways.join[node] === 'all' && due.some((other) => canArrive(ways.edges, other.node, node));
  const ready = due.filter((each) => !holds(each));
  return ready.length === 0 ? { ready: due, held: [] } : { ready, held: due.filter(holds) };
}

/** What is due after a step: what was held came first, and an arrival at it is no second one. */
export function addArrivals(held: readonly Due[], next: readonly Due[]): Due[] {
  const isHeld = (node: string): boolean =>
    held.some((each) => each.node === node && each.item === undefined);
  return [...held, ...next.filter(({ node, item }) => item !== undefined || !isHeld(node))];
}

/**
 * The nodes that run more than once because branches of unequal length lead to them, and of which nothing is declared.
 * What only follows on such a node is not named. A router may name several nodes, which only its run tells: it
 * counts as naming one.
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
  // A map is walked in the order of insertion, and what is added while it is walked is walked too.
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

/** The pairs of nodes that begin side by side. */
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

/** A fan-out without items leads to what follows on its branches. */
function listTargets(edges: readonly Way[], { kind, from, to }: Way): readonly string[] {
  if (kind !== 'fan-out') return to;
  return [...to, ...to.filter((node) => node !== from).flatMap((node) => followOnce(edges, node))];
}

function followOnce(edges: readonly Way[], node: string): readonly string[] {
  return edges.filter(({ from }) => from === node).flatMap(({ to }) => to);
}

/** Whether a branch at `branch` may come to `node` before what is at `node` has come to where both must go. */
function canArrive(edges: readonly Way[], branch: string, node: string): boolean {
  if (branch === node) return false;
  const next = (at: string): readonly string[] => listNext(edges, at);
  const isPassed = (at: string): boolean =>
    at !== node && at !== END && !computeClosure(node, next, at).has(END);
  if (isPassed(branch)) return false;
  return computeClosure(branch, (at) => next(at).filter((to) => to === node || !isPassed(to))).has(node);
}

/** All that can be reached from a node, without going through `without`. */
export function computeClosure(
  from: string,
  next: (node: string) => readonly string[],
  without?: string,
): Set<string> {
  const reached = new Set([from]);
  for (const each of reached) for (const target of next(each)) if (target !== without) reached.add(target);
  return reached;
}
