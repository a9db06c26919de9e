/** What of a tool's output JSON cannot say: found before it would become `{}`, or nothing, in silence. */

/** The first of it, with the name of its field; undefined where the whole output can be sent. */
export function findLost(
  value: unknown,
  path = 'output',
  above: readonly unknown[] = [],
): string | undefined {
  if (typeof value === 'bigint' || typeof value === 'function' || typeof value === 'symbol')
    return `${path} is a ${typeof value}`;
  if (typeof value !== 'object' || value === null) return undefined;
  if (above.includes(value)) return `${path} refers to itself`;
  if ('toJSON' in value && typeof value.toJSON === 'function') return undefined;
  if (Array.isArray(value))
    return findLostPart(value.entries(), (index) => `${path}[${index}]`, above, value);
  const prototype: unknown = Object.getPrototypeOf(value);
  const isPlain = prototype === Object.prototype || prototype === null;
  const isOpaque = value instanceof Error || value instanceof Map || value instanceof Set;
  if (isOpaque || ArrayBuffer.isView(value) || (!isPlain && Object.keys(value).length === 0))
    return `${path} is a ${value.constructor.name}`;
  return findLostPart(Object.entries(value), (name) => `${path}.${name}`, above, value);
}

/** Deeper than any output may nest: what is there is refused for that. */
const DEEP = 200;

function findLostPart<Name>(
  parts: Iterable<readonly [Name, unknown]>,
  toPath: (name: Name) => string,
  above: readonly unknown[],
  owner: unknown,
): string | undefined {
  if (above.length > DEEP) return undefined;
  for (const [name, part] of parts) {
    const lost = findLost(part, toPath(name), [...above, owner]);
    if (lost !== undefined) return lost;
  }
  return undefined;
}
