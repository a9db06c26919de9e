/** A namespace of the shared memory: versioned values that several agents of one run share. */
import { z } from 'zod';
import { register } from './definition-registry.js';
import { createDefinitionError } from '../errors.js';
import { toMemoryToolName } from '../handoff/memory-reference.js';
import { assertName } from '../data/names.js';
import { assertWireSchema, type Schema } from '../data/schema.js';
import { tool, type ToolDefinition } from './tool.js';

/** A key is one or more plain words: `status`, `order/4711`. References contain it, so `@` is not allowed. */
const MemoryKey = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._:/-]{0,99}$/,
    'a key has 1 to 100 letters, digits, ".", "_", ":", "/" or "-", and begins with a letter or a digit',
  );

const RecallArguments = z.object({
  key: MemoryKey,
  version: z
    .union([z.int().min(1), z.literal('newest')])
    .nullable()
    .optional()
    .describe('Leave it out for the version you were handed, or else the newest.'),
});
type RecallArguments = z.infer<typeof RecallArguments>;

/** A value with its origin. */
export type Remembered<V> = {
  readonly value: V;
  readonly version: number;
  /** The agent that wrote it, or the orchestration. */
  readonly by: string;
  /** The step that wrote it. */
  readonly step: string;
  /** UTC, ISO 8601. */
  readonly at: string;
};

/** The result of a read. `reference` names the version that was read, e.g. `case/status@3`. */
export type Recalled<V> =
  | (Remembered<V> & {
      readonly found: true;
      readonly reference: string;
      /** The newest version. If the read returned an older one, `note` says so. */
      readonly newest: number;
      readonly note?: string | undefined;
    })
  | { readonly found: false; readonly newest: number; readonly note: string };

/** The result of a write: the reference to the new version, or why nothing was written. */
export type RememberResult<V> =
  | { readonly outcome: 'written'; readonly reference: string; readonly version: number }
  | {
      readonly outcome: 'conflict';
      /** The current value of the key; null if the key does not exist. */
      readonly current: Remembered<V> | null;
      readonly note: string;
    };

interface RememberArguments<V> {
  readonly key: string;
  readonly value: V;
  readonly expectedVersion: number | null;
}

const MemoryList = z.object({
  keys: z.array(
    z.object({
      key: z.string(),
      version: z.int().describe('The newest.'),
      by: z.string(),
      at: z.string(),
      handed: z.int().optional().describe('The version you were handed.'),
    }),
  ),
});
/** The contents of a namespace: its keys with their newest versions. */
export type MemoryList = z.infer<typeof MemoryList>;

/** A namespace of the shared memory as {@link memory} defines it, with the tools that read and write it. */
export interface MemoryDefinition<Name extends string = string, V = unknown> {
  readonly kind: 'memory';
  readonly name: Name;
  readonly description: string;
  readonly schema: Schema<V>;
  readonly remember: ToolDefinition<
    `remember_${Name}`,
    RememberArguments<V>,
    RememberResult<V>,
    'idempotent'
  >;
  readonly recall: ToolDefinition<`recall_${Name}`, RecallArguments, Recalled<V>, 'read'>;
  readonly list: ToolDefinition<`list_${Name}`, Record<string, never>, MemoryList, 'read'>;
}

/** The longest name for which the longest tool name stays within the limit of providers. */
const NAME_LIMIT = 64 - 'remember_'.length;

/**
 * Defines a namespace of the shared memory. Agents with `agent({ memory: [notes] })` read and write it with the tools
 * `remember_NAME`, `recall_NAME` and `list_NAME`. An orchestration uses `perform(notes.recall, …)`. The worker
 * implements these tools. Memory is scoped to one run and its child workflows, and is deleted with the run.
 *
 * A write is a compare-and-set: it names the version that it has seen. If that is not the newest, the write fails as a
 * conflict and returns the current value. Every version is kept, with its author, step and time.
 *
 * @throws {BatonError} `BAD_DEFINITION` for a bad name, a schema whose input and output types differ, or a schema that
 * allows a missing value.
 */
export function memory<const Name extends string, V>(spec: {
  readonly name: Name;
  /** The contents of the namespace and its keys. Models read this. */
  readonly description: string;
  /** The schema of one value. */
  readonly schema: Schema<V>;
}): MemoryDefinition<Name, V> {
  const { name, description, schema } = spec;
  assertMemory(name, schema);
  const definition: MemoryDefinition<Name, V> = Object.freeze({
    kind: 'memory' as const,
    ...spec,
    remember: tool({
      name: toMemoryToolName('remember', name),
      description:
        `Writes a value to the memory "${name}", which you share with other agents: ${description} ` +
        `Say in expectedVersion which version of the key you have seen, or null for a key that is not there. ` +
        `If it has another version by now nothing is written, and you get its current value.`,
      input: z.object({ key: MemoryKey, value: schema, expectedVersion: z.int().min(0).nullable() }),
      output: rememberResult(schema),
      effect: 'idempotent',
    }),
    recall: tool({
      name: toMemoryToolName('recall', name),
      description:
        `Reads a key of the memory "${name}", which you share with other agents: ${description} ` +
        `Without a version you get the one you were handed, or else the newest, with a note if there is a newer one.`,
      input: RecallArguments,
      output: buildRecalledSchema(schema),
    }),
    list: tool({
      name: toMemoryToolName('list', name),
      description: `Lists the keys of the memory "${name}" with their newest versions, without the values.`,
      input: z.object({}),
      output: MemoryList,
    }),
  });
  register(definition);
  return definition;
}

function assertMemory(name: string, schema: Schema): void {
  assertName('memory', name);
  if (name.length > NAME_LIMIT)
    throw createDefinitionError(
      `memory ${name}: the name has ${name.length} characters; its tools are named after it, so it may have ${NAME_LIMIT}.`,
      { name },
    );
  assertWireSchema(schema, `memory ${name}, schema`);
  if (z.object({ value: schema }).safeParse({}).success)
    throw createDefinitionError(
      `memory ${name}: its schema takes nothing for a value, but what is written is always one. Use nullable.`,
      { name },
    );
}

function buildRememberedSchema<V>(schema: Schema<V>) {
  return { value: schema, version: z.int(), by: z.string(), step: z.string(), at: z.string() };
}

function buildRecalledSchema<V>(schema: Schema<V>): Schema<Recalled<V>> {
  const found = z.object({
    ...buildRememberedSchema(schema),
    found: z.literal(true),
    reference: z.string(),
    newest: z.int(),
    note: z.string().optional(),
  });
  const not = z.object({ found: z.literal(false), newest: z.int(), note: z.string() });
  return z.union([found, not]) as Schema<unknown> as Schema<Recalled<V>>;
}

function rememberResult<V>(schema: Schema<V>): Schema<RememberResult<V>> {
  const written = z.object({ outcome: z.literal('written'), reference: z.string(), version: z.int() });
  const conflict = z.object({
    outcome: z.literal('conflict'),
    current: z.object(buildRememberedSchema(schema)).nullable(),
    note: z.string(),
  });
  return z.union([written, conflict]) as Schema<unknown> as Schema<RememberResult<V>>;
}
