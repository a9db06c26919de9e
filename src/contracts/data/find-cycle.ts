/** Finds a way from an agent back to itself. */
interface Edge {
  readonly from: { readonly name: string };
  readonly to: { readonly name: string };
}

/** The edges of one circle, in the order in which they are gone; undefined where there is none. */
export function findCycle<E extends Edge>(edges: readonly E[]): E[] | undefined {
  const leaving = new Map<string, E[]>();
  for (const edge of edges) leaving.set(edge.from.name, [...(leaving.get(edge.from.name) ?? []), edge]);
  const seen = new Set<string>();
  const walk = (name: string, way: readonly E[]): E[] | undefined => {
    const begins = way.findIndex(({ from }) => from.name === name);
    if (begins >= 0) return way.slice(begins);
    if (seen.has(name)) return undefined;
    seen.add(name);
    for (const edge of leaving.get(name) ?? []) {
      const circle = walk(edge.to.name, [...way, edge]);
      if (circle) return circle;
    }
    return undefined;
  };
  for (const name of leaving.keys()) {
    const circle = walk(name, []);
    if (circle) return circle;
  }
  return undefined;
}
