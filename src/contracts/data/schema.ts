/**
 * Schemas of data on the wire. A wire schema has the same input and output type: a receiver reads exactly what the
 * sender wrote. So transforms, dates, defaults and similar kinds are rejected at declaration.
 */
import type { z } from 'zod';
import { createDefinitionError } from '../errors.js';
import { findUnhashable } from './hashable-json.js';
import { cutToBytes } from './within-bytes.js';

export type Schema<T = unknown> = z.ZodType<T>;

/** The zod kinds that have a JSON form. */
const WIRE_KINDS = new Set([
  'string',
  'number',
  'int',
  'boolean',
  'null',
  'any',
  'unknown',
  'never',
  'literal',
  'enum',
  'template_literal',
]);

interface Definition {
  type: string;
  shape?: Record<string, Schema>;
  element?: Schema;
  innerType?: Schema;
  options?: Schema[];
  items?: Schema[];
  rest?: Schema | null;
  keyType?: Schema;
  valueType?: Schema;
  left?: Schema;
  right?: Schema;
  catchall?: Schema;
  getter?: () => Schema;
}

/**
 * Rejects a schema whose values change between sender and receiver.
 *
 * @throws {BatonError} `BAD_DEFINITION`, naming the owner, the path inside the schema and the kind found there, or that
 * it is not a schema.
 */
export function assertWireSchema(schema: Schema, owner: string): void {
  // Untyped callers can pass anything.
  if (typeof (schema as { readonly def?: Partial<Definition> } | null)?.def?.type !== 'string') {
    throw createDefinitionError(`${owner}: that is not a schema. Write it with zod, as z.object({ … }).`);
  }
  const problem = findNonWire(schema, '', new Set());
  if (problem === undefined) return;
  throw createDefinitionError(
    `${owner}: the schema holds a ${problem.kind} at ${problem.path || 'its top'}, which is not the same in and out. ` +
      `Use plain JSON kinds (objects, arrays, unions, strings, numbers, booleans, enums, optional, nullable).`,
    problem,
  );
}

/**
 * Rejects a schema that models cannot produce: providers don't support tuples.
 *
 * @throws {BatonError} `BAD_DEFINITION`, as {@link assertWireSchema}.
 */
export function assertModelSchema(schema: Schema, owner: string): void {
  assertWireSchema(schema, owner);
  const found = findNonWire(schema, '', new Set(), (kind) => kind !== 'tuple');
  if (found === undefined) return;
  throw createDefinitionError(
    `${owner}: the schema holds a tuple at ${found.path || 'its top'}, and providers take none. Use an object with a name for each part, or an array of one kind.`,
    found,
  );
}

const isWireKind = (kind: string): boolean => WIRE_KINDS.has(kind) || CONTAINERS.has(kind);

function findNonWire(
  schema: Schema,
  path: string,
  seen: Set<Schema>,
  isKnown: (kind: string) => boolean = isWireKind,
): { kind: string; path: string } | undefined {
  if (seen.has(schema)) return undefined;
  seen.add(schema);
  const def = schema.def as unknown as Definition;
  for (const [segment, child] of listChildren(def)) {
    const found = findNonWire(child, path === '' ? segment : `${path}.${segment}`, seen, isKnown);
    if (found !== undefined) return found;
  }
  return isKnown(def.type) ? undefined : { kind: def.type, path };
}

const CONTAINERS = new Set([
  'object',
  'array',
  'tuple',
  'record',
  'union',
  'intersection',
  'optional',
  'nullable',
  'nonoptional',
  'readonly',
  'lazy',
]);

function* listChildren(def: Definition): Generator<[string, Schema]> {
  if (!CONTAINERS.has(def.type)) return;
  yield* Object.entries(def.shape ?? {});
  if (def.element) yield ['[]', def.element];
  if (def.innerType) yield ['?', def.innerType];
  for (const [index, option] of (def.options ?? []).entries()) yield [`|${index}`, option];
  for (const [index, item] of (def.items ?? []).entries()) yield [`[${index}]`, item];
  if (def.rest) yield ['[rest]', def.rest];
  if (def.keyType) yield ['<key>', def.keyType];
  if (def.valueType) yield ['<value>', def.valueType];
  if (def.left) yield ['&left', def.left];
  if (def.right) yield ['&right', def.right];
  if (def.catchall && def.catchall.def.type !== 'never') yield ['<rest>', def.catchall];
  if (def.type === 'lazy' && def.getter) yield ['<lazy>', def.getter()];
}

export type ParseResult<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: string };

/** Checks a value. The problem has one line for each part: `path: what is wrong`. */
export function parseWith<T>(schema: Schema<T> | undefined, value: unknown): ParseResult<T> {
  // Reject it here: a later step that tried to hash it would fail forever.
  const problem = findUnhashable(value);
  if (problem !== undefined) return { ok: false, problem: `(top): ${problem}` };
  if (schema === undefined) return { ok: true, value: value as T };
  const result = schema.safeParse(value);
  if (result.success) return { ok: true, value: result.data };
  const { issues } = result.error;
  const found = issues.flatMap(findClosest);
  const lines = found.slice(0, ISSUE_LIMIT).map(formatIssue);
  const more = found.length - lines.length;
  return { ok: false, problem: [...lines, ...(more > 0 ? [`… and ${more} more`] : [])].join('\n') };
}

/** Models and people read a problem, and it is stored in histories: the first issues are enough. */
const ISSUE_LIMIT = 20;
const ISSUE_LIMIT_BYTES = 500;

/** The issues of a union's nearest option: the one whose fixed values match, then the one with the fewest issues. */
function findClosest(issue: z.core.$ZodIssue): z.core.$ZodIssue[] {
  if (issue.code !== 'invalid_union' || issue.message !== 'Invalid input') return [issue];
  const isOtherKind = ({ code, path }: z.core.$ZodIssue): boolean =>
    code === 'invalid_type' && path.length === 0;
  const options = issue.errors.filter((problems) => !problems.some(isOtherKind));
  const [closest] = options.toSorted((a, b) => weighProblems(a) - weighProblems(b));
  if (closest === undefined) return [issue];
  return closest.flatMap((inner) => findClosest({ ...inner, path: [...issue.path, ...inner.path] }));
}

function weighProblems(problems: readonly z.core.$ZodIssue[]): number {
  return problems.reduce((sum, { code }) => sum + (code === 'invalid_value' ? ISSUE_LIMIT : 1), 0);
}

function formatIssue({ path, message }: z.core.$ZodIssue): string {
  return cutToBytes(`${path.join('.') || '(top)'}: ${message}`, ISSUE_LIMIT_BYTES);
}
