/** Finds what JSON cannot represent in a tool's output, before it would silently become `{}` or disappear. */

/** The first such value, with the name of its field; undefined when the whole output can be sent. */
export function findLost(
  value: unknown,
  path = 'output',
  above: readonly unknown[] = [],
): string | undefined {
  // The bytes of a Buffer would be sent as a list of numbers.
  if (ArrayBuffer.isView(value)) return `${path} is a ${value.constructor.name}`;
  if (value instanceof Date && Number.isNaN(value.getTime())) return `${path} is an invalid date`;
  const own = typeof value === 'object' && value !== null && 'toJSON' in value ? value.toJSON : undefined;
  // The value that `toJSON` returns is sent unchanged: JSON does not call it again.
  return findLostIn(typeof own === 'function' ? own.call(value) : value, path, above);
}

function findLostIn(value: unknown, path: string, above: readonly unknown[]): string | undefined {
  if (value === undefined && Array.isArray(above.at(-1))) return `${path} is undefined`;
  if (typeof value === 'bigint' || typeof value === 'function' || typeof value === 'symbol')
    return `${path} is a ${typeof value}`;
  if (typeof value !== 'object' || value === null) return undefined;
  if (above.includes(value)) return `${path} refers to itself`;
  if (Array.isArray(value))
    return findLostPart(value.entries(), (index) => `${path}[${index}]`, above, value);
  const prototype: unknown = Object.getPrototypeOf(value);
  const isPlain = prototype === Object.prototype || prototype === null;
  const isOpaque = value instanceof Error || value instanceof Map || value instanceof Set;
  if (isOpaque || (!isPlain && Object.keys(value).length === 0))
    return `${path} is a ${value.constructor.name}`;
  return findLostPart(Object.entries(value), (name) => `${path}.${name}`, above, value);
}

/** Deeper than any output may nest. Deeper outputs are refused for that reason. */
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
