/** Implements the tools of the shared memory. They read and write the store, so workers need no implementation. */
import type { MemoryReference } from '../../contracts/handoff/envelope.js';
import type { Json } from '../../contracts/data/json.js';
import type {
  MemoryDefinition,
  Recalled,
  Remembered,
  RememberResult,
} from '../../contracts/definitions/memory.js';
import { formatReference } from '../../contracts/handoff/memory-reference.js';
import { clip } from '../../contracts/data/preview.js';
import { parseWith } from '../../contracts/data/schema.js';
import type { ToolDefinition, ToolEffect } from '../../contracts/definitions/tool.js';
import type { MemoryVersion, Store } from '../../store/store.js';
import type { ToolResult } from './tool-result.js';

/** The largest value, in bytes of JSON: an orchestration can still receive it with its provenance. */
export const VALUE_LIMIT_BYTES = 30_000;

/** A built-in tool's information about a call. */
export interface BuiltInCall {
  readonly store: Store;
  readonly root: string;
  readonly step: string;
  readonly agent: string;
  /** The versions that the caller reads unless it requests others. */
  readonly memory: readonly MemoryReference[];
}

/** A tool that every worker implements. Its arguments have been checked. */
export interface BuiltInTool {
  readonly tool: ToolDefinition;
  readonly run: (args: unknown, call: BuiltInCall) => Promise<ToolResult>;
}

type InputOfTool<T> = T extends ToolDefinition<string, infer In, infer _Out, infer _Effect> ? In : never;

/** The implementations of a namespace's tools. */
export function createMemoryTools(definition: MemoryDefinition): readonly BuiltInTool[] {
  return [
    createBuiltInTool(definition.remember, (args, call) => remember(definition, args, call)),
    createBuiltInTool(definition.recall, (args, call) => recall(definition, args, call)),
    createBuiltInTool(definition.list, (_args, call) => list(definition, call)),
  ];
}

function createBuiltInTool<Name extends string, In, Out, Effect extends ToolEffect>(
  tool: ToolDefinition<Name, In, Out, Effect>,
  run: (args: In, call: BuiltInCall) => Promise<ToolResult>,
): BuiltInTool {
  return { tool: tool as unknown as ToolDefinition, run: (args, call) => run(args as In, call) };
}

async function remember(
  definition: MemoryDefinition,
  args: InputOfTool<MemoryDefinition['remember']>,
  { store, root, step, agent }: BuiltInCall,
): Promise<ToolResult> {
  const { name: namespace } = definition;
  const { key, expectedVersion } = args;
  const value = args.value as Json;
  const bytes = Buffer.byteLength(JSON.stringify(value));
  if (bytes > VALUE_LIMIT_BYTES)
    return toFailedResult(
      `Not written: the value of ${namespace}/${key} has ${bytes} bytes, and a value may have ${VALUE_LIMIT_BYTES}. ` +
        'Write less, or spread it over several keys.',
    );
  const expected = expectedVersion ?? 0;
  const wrote = await store.remember(root, { namespace, key, value, expected, agent, step });
  if (wrote.outcome === 'full')
    return toFailedResult(
      `Not written: the memory ${namespace} holds ${wrote.keys} keys, and takes no more. Write to one of them: ` +
        `${definition.list.name} names them.`,
    );
  if (wrote.outcome === 'conflict') return reportConflict(definition, { store, root }, args, wrote.current);
  const written = { namespace, key, version: wrote.version };
  const reference = formatReference(written);
  const output = { outcome: 'written', reference, version: wrote.version } satisfies RememberResult<Json>;
  return { ...toResult(output, `${reference}: ${clip(value)}`), memory: [written] };
}

/** An agent gets a failure with advice; an orchestration gets a regular result. */
async function reportConflict(
  definition: MemoryDefinition,
  { store, root }: Pick<BuiltInCall, 'store' | 'root'>,
  { key, expectedVersion }: InputOfTool<MemoryDefinition['remember']>,
  version: number,
): Promise<ToolResult> {
  const { name: namespace } = definition;
  const place = `${namespace}/${key}`;
  const found = version === 0 ? undefined : await store.recall(root, { namespace, key }, version);
  const seen = expectedVersion === null || expectedVersion === 0 ? 'none' : `version ${expectedVersion}`;
  const note =
    found === undefined
      ? `Not written: ${place} is not there, and you expected ${seen}. Pass null as expectedVersion.`
      : `Not written: ${place} is at version ${version}, written by ${found.agent}, and you expected ${seen}. ` +
        `Decide again with what it holds, and pass ${version} as expectedVersion.`;
  const current = found === undefined ? null : toRemembered(found);
  return {
    ok: false,
    content: found === undefined ? note : `${note} It holds: ${JSON.stringify(found.value)}`,
    output: { outcome: 'conflict', current, note } satisfies RememberResult<Json>,
    preview: note,
    memory: found === undefined ? [] : [{ namespace, key, version }],
  };
}

async function recall(
  definition: MemoryDefinition,
  { key, version }: InputOfTool<MemoryDefinition['recall']>,
  { store, root, memory }: BuiltInCall,
): Promise<ToolResult> {
  const { name: namespace } = definition;
  const newest = await store.recall(root, { namespace, key });
  if (newest === undefined)
    return createAbsent(
      0,
      `${namespace}/${key} is not there; ${definition.list.name} names the keys that are.`,
    );
  const handed = memory.find((reference) => reference.namespace === namespace && reference.key === key);
  const wanted = version === 'newest' ? newest.version : (version ?? handed?.version ?? newest.version);
  const found = wanted === newest.version ? newest : await store.recall(root, { namespace, key }, wanted);
  if (found === undefined)
    return createAbsent(
      newest.version,
      `${namespace}/${key} has no version ${wanted}; its newest is ${newest.version}.`,
    );
  const fits = parseWith(definition.schema, found.value);
  if (!fits.ok)
    return toFailedResult(
      `${formatReference({ namespace, key, version: wanted })} was written with another schema of the memory ${namespace}, and does not fit this worker's.\n${fits.problem}`,
    );
  return read({ namespace, key, version: wanted }, found, newest);
}

function read(what: MemoryReference, found: MemoryVersion, newest: MemoryVersion): ToolResult {
  const reference = formatReference(what);
  const note =
    what.version < newest.version
      ? {
          note: `Version ${newest.version} is newer, written by ${newest.agent}. Ask for version "newest" to read it.`,
        }
      : {};
  const output = {
    found: true,
    reference,
    ...toRemembered(found),
    newest: newest.version,
    ...note,
  } satisfies Recalled<Json>;
  return { ...toResult(output, `${reference}: ${clip(found.value)}`), memory: [what] };
}

async function list(
  { name: namespace }: MemoryDefinition,
  { store, root, memory }: BuiltInCall,
): Promise<ToolResult> {
  const keys = (await store.memoryKeys(root, namespace)).map(({ key, version, agent, at }) => {
    const handed = memory.find((reference) => reference.namespace === namespace && reference.key === key);
    return { key, version, by: agent, at, ...(handed === undefined ? {} : { handed: handed.version }) };
  });
  const output = { keys };
  const names = keys.map(({ key, version }) => formatReference({ namespace, key, version }));
  return toResult(output, names.length === 0 ? `${namespace} is empty` : names.join(', '));
}

function toRemembered({ value, version, agent, step, at }: MemoryVersion): Remembered<Json> {
  return { value, version, by: agent, step, at };
}

function createAbsent(newest: number, note: string): ToolResult {
  const output = { found: false, newest, note } satisfies Recalled<Json>;
  return toResult(output, note);
}

function toResult(output: Json, preview: string): ToolResult {
  return { ok: true, content: JSON.stringify(output), output, preview };
}

function toFailedResult(content: string): ToolResult {
  return { ok: false, content };
}
