/** The result of a tool call, as the store keeps it until its agent's next turn. */
import type { MemoryReference } from '../../contracts/handoff/envelope.js';
import { BatonError } from '../../contracts/errors.js';
import type { Json } from '../../contracts/data/json.js';
import type { Store } from '../../store/store.js';

export interface ToolResult {
  readonly ok: boolean;
  /** The tool that returned it, once it is stored. */
  readonly tool?: string;
  /** The text that the agent reads. */
  readonly content: string;
  /** The output as data, for an orchestration that called the tool itself. */
  readonly output?: Json;
  /** The preview for people, when it is not made from the output. */
  readonly preview?: string;
  /** Which versions of the shared memory its caller has seen through it. */
  readonly memory?: readonly MemoryReference[];
}

/**
 * The kind of result: `effect` is the result of an irreversible action. Only a permitted action writes one, so a result of
 * another call at the same step cannot be mistaken for it.
 */
export type ResultKind = 'effect' | 'tool';

export async function findToolResult(
  store: Store,
  root: string,
  name: string,
  kind: ResultKind,
): Promise<ToolResult | undefined> {
  const kept = await store.record(root, `${kind}:${name}`);
  return kept === undefined ? undefined : parseToolResult(kept);
}

export async function readToolResult(store: Store, root: string, name: string): Promise<ToolResult> {
  const result =
    (await findToolResult(store, root, name, 'effect')) ?? (await findToolResult(store, root, name, 'tool'));
  if (result) return result;
  throw new BatonError(
    'STORE_MISSING',
    `The store has no result for the tool call ${name}. Does this worker use the same store as the one that made the call?`,
    { root, name },
  );
}

/** A result as text. Its content is mostly the output again, so large data is written only once. */
export function writeToolResult({ output, ...result }: ToolResult): string {
  if (output === undefined) return JSON.stringify(result);
  if (output === result.content) return JSON.stringify({ ...result, outputIs: 'content' });
  const isSame = JSON.stringify(output) === result.content;
  return JSON.stringify(isSame ? { ...result, outputIs: 'parsed' } : { ...result, output });
}

export function parseToolResult(text: string): ToolResult {
  const { outputIs, ...result } = JSON.parse(text) as ToolResult & { readonly outputIs?: string };
  if (outputIs === undefined) return result;
  return {
    ...result,
    output: outputIs === 'content' ? result.content : (JSON.parse(result.content) as Json),
  };
}

/** Stores a result; the first writer wins. */
export async function keepToolResult(
  store: Store,
  root: string,
  name: string,
  kind: ResultKind,
  result: ToolResult,
): Promise<ToolResult> {
  const kept = await store.keep(root, `${kind}:${name}`, writeToolResult(result));
  return parseToolResult(kept);
}
