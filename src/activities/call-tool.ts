/** The activity `callTool`: one tool call, at most one effect in the world. */
import { activityInfo, cancellationSignal } from '@temporalio/activity';
import type { CallToolInput, CallToolResult } from '../contracts/activities.js';
import { digest } from '../contracts/canonical-json.js';
import { BatonError } from '../contracts/errors.js';
import type { Json } from '../contracts/json.js';
import { preview } from '../contracts/preview.js';
import { resultName } from '../contracts/result-name.js';
import { parseWith } from '../contracts/schema.js';
import { idempotencyKey, idempotencyOf, type Idempotency, type ToolDefinition } from '../contracts/tool.js';
import { wellFormed } from '../contracts/well-formed.js';
import { withinBytes } from '../contracts/within-bytes.js';
import type { EffectState } from '../store/store.js';
import { coded, failure } from './failures.js';
import { withHeartbeat, type Tell } from './heartbeat.js';
import { NotDone } from './implement.js';
import { OUTPUT_LIMIT_BYTES } from './read-answer.js';
import type { Registry } from './registry.js';
import { unprovenFor } from './prove.js';
import { findToolResult, keepToolResult, type ToolResult } from './tool-result.js';

/** How often a tool that fails is tried before its caller is told. */
const ATTEMPTS = 3;

const MESSAGE_LIMIT_BYTES = 4_096;

/**
 * @param permission - what the queue is for that the activity is served on: tools that need it, and no others; on a
 * queue of its own a permission's tools cannot be reached over another one.
 */
export function createCallTool(registry: Registry, permission?: string) {
  return (input: CallToolInput): Promise<CallToolResult> =>
    coded(() =>
      withHeartbeat(input.step, (tell) => {
        assertServedHere(registry, input.tool, permission);
        return callTool(registry, input, tell);
      }),
    );
}

function assertServedHere(registry: Registry, name: string, permission: string | undefined): void {
  const tool = registry.tools.get(name);
  if (!tool || tool.permission === permission) return;
  const { taskQueue } = activityInfo();
  throw new BatonError(
    'PERMISSION_DENIED',
    tool.permission === undefined
      ? `${name} needs no permission: it is not carried out on the queue ${taskQueue}.`
      : `${name} needs the permission ${tool.permission}: it is not carried out on the queue ${taskQueue}.`,
    { tool: name, taskQueue },
  );
}

async function callTool(registry: Registry, input: CallToolInput, tell: Tell): Promise<CallToolResult> {
  const { store } = registry;
  const { root, step } = input;
  const kept = await findToolResult(store, root, resultName(step, input.call));
  if (kept) return answer(input, kept);

  const { tool, run } = look(registry, input, tell);
  const args = await argumentsOf(registry, input);
  const parsed = parseWith(tool.input, args);
  if (!parsed.ok) {
    return finish(registry, input, {
      ok: false,
      content: `The arguments of ${tool.name} do not fit.\n${parsed.problem}`,
    });
  }
  const carryOut = (): Promise<ToolResult> => run(parsed.value);
  const refused = await unprovenFor(registry, input, tool.effect, args);
  if (refused) return refused;
  if (tool.effect === 'irreversible') {
    const intent = { argsDigest: digest(args), idempotency: idempotencyOf(tool, parsed.value) };
    return once(registry, input, tool, intent, carryOut);
  }
  try {
    return await finish(registry, input, await carryOut());
  } catch (error) {
    return giveUpOrRetry(registry, input, error);
  }
}

/** Intent before, receipt after: what is between them when a worker dies has an unknown outcome. */
async function once(
  registry: Registry,
  input: CallToolInput,
  tool: ToolDefinition,
  { argsDigest, idempotency }: { readonly argsDigest: string; readonly idempotency: Idempotency },
  carryOut: () => Promise<ToolResult>,
): Promise<CallToolResult> {
  const { store } = registry;
  const { root, step } = input;
  const effect = await store.begin(root, step, { tool: tool.name, argsDigest });
  if (effect.state === 'other') return finish(registry, input, { ok: false, content: other(input, effect) });
  if (effect.state === 'done') return finish(registry, input, JSON.parse(effect.receipt) as ToolResult);
  if (effect.state === 'begun' && idempotency === 'none') return unknown(input, tool, effect.at);
  let result: ToolResult;
  try {
    result = await carryOut();
    await store.complete(root, step, JSON.stringify(result));
  } catch (error) {
    if (error instanceof NotDone) {
      await store.abandon(root, step);
      if (error.retry && activityInfo().attempt < ATTEMPTS) throw toolFailure(input, error);
      return finish(registry, input, { ok: false, content: messageOf(error) });
    }
    if (idempotency === 'keyed' && activityInfo().attempt < ATTEMPTS) throw toolFailure(input, error);
    return unknown(input, tool, new Date().toISOString(), messageOf(error));
  }
  // What fails from here on is tried again, and finds the receipt.
  return finish(registry, input, result);
}

/** The receipt of other arguments would be a lie, and carrying these out too would be a second action of one step. */
function other(
  { tool, step }: CallToolInput,
  { at, done }: Extract<EffectState, { state: 'other' }>,
): string {
  const what = done ? 'was carried out' : 'was begun, with an outcome that nobody knows,';
  return (
    `${tool} (${step}) ${what} with other arguments at ${at}, before the run was reset. It was not called with these: ` +
    'a step carries out an action that cannot be undone once. Start a new run for another one.'
  );
}

function unknown(
  { root, step }: CallToolInput,
  tool: ToolDefinition,
  begunAt: string,
  why?: string,
): CallToolResult {
  return {
    kind: 'unknown-outcome',
    begunAt,
    key: idempotencyKey(root, step),
    ...(why === undefined ? {} : { why: preview(why, 300) }),
    ...(tool.unknownOutcome ? { wording: tool.unknownOutcome } : {}),
  };
}

async function giveUpOrRetry(
  registry: Registry,
  input: CallToolInput,
  error: unknown,
): Promise<CallToolResult> {
  if (cancellationSignal().aborted) throw error;
  const worthIt = error instanceof NotDone ? error.retry : !(error instanceof BatonError);
  if (worthIt && activityInfo().attempt < ATTEMPTS) throw toolFailure(input, error);
  return finish(registry, input, { ok: false, content: `${input.tool} failed: ${messageOf(error)}` });
}

function toolFailure(input: CallToolInput, error: unknown): Error {
  return failure('TOOL_FAILED', `${input.tool} (${input.step}) failed: ${messageOf(error)}`, {
    retryable: true,
    ...(error instanceof Error ? { cause: error } : {}),
  });
}

async function finish(registry: Registry, input: CallToolInput, result: ToolResult): Promise<CallToolResult> {
  const kept = { ...result, content: wellFormed(result.content) };
  const name = resultName(input.step, input.call);
  return answer(input, await keepToolResult(registry.store, input.root, name, kept));
}

function answer(input: CallToolInput, result: ToolResult): CallToolResult {
  const { ok, content, output, memory } = result;
  const seen = memory === undefined ? {} : { memory };
  // What a tool says no to with an output, an orchestration takes as a result.
  if (!ok && (input.returns === 'reference' || output === undefined))
    return { kind: 'failed', code: 'TOOL_FAILED', message: result.preview ?? content, ...seen };
  const bytes = Buffer.byteLength(content);
  const name = digest(content).slice(0, 16);
  const said = result.preview ?? preview(output ?? content);
  if (input.returns === 'reference') return { kind: 'done', preview: said, bytes, digest: name, ...seen };
  if (bytes > OUTPUT_LIMIT_BYTES) {
    return {
      kind: 'failed',
      code: 'TOOL_FAILED',
      message: `${input.tool} (${input.step}) gave ${bytes} bytes; an orchestration can take ${OUTPUT_LIMIT_BYTES}. Let the tool keep the bulk and give a reference.`,
    };
  }
  return { kind: 'done', preview: said, bytes, digest: name, output: output ?? content, ...seen };
}

function toResult(tool: ToolDefinition, output: unknown): ToolResult {
  const parsed = parseWith(tool.output, output === undefined ? output : wellFormed(output as Json));
  if (!parsed.ok)
    throw new BatonError(
      'TOOL_FAILED',
      `${tool.name} gave an output that does not fit its schema.\n${parsed.problem}`,
      { tool: tool.name },
    );
  if (typeof parsed.value === 'string') return { ok: true, content: parsed.value, output: parsed.value };
  const json = (parsed.value ?? null) as Json;
  return { ok: true, content: JSON.stringify(json), output: json };
}

interface Callable {
  readonly tool: ToolDefinition;
  readonly run: (args: unknown) => Promise<ToolResult>;
}

function look(registry: Registry, input: CallToolInput, tell: Tell): Callable {
  const { root, step, agent } = input;
  const builtIn = registry.builtIns.get(input.tool);
  if (builtIn) {
    const call = { store: registry.store, root, step, agent, memory: input.memory ?? [] };
    return { tool: builtIn.tool, run: (args) => builtIn.run(args, call) };
  }
  const tool = registry.tools.get(input.tool);
  const implementation = registry.implementations.get(input.tool);
  if (!tool || !implementation)
    throw new BatonError(
      'UNKNOWN_TOOL',
      `This worker does not implement the tool ${input.tool}. Add implement(${input.tool}, …) to "tools" of its configuration.`,
      { tool: input.tool },
    );
  return {
    tool,
    run: async (args) => {
      const output = await implementation.run(args, {
        // What may be repeated is another matter with other arguments; what may not has one key for its step.
        idempotencyKey: idempotencyKey(
          root,
          tool.effect === 'irreversible' ? step : resultName(step, input.call),
        ),
        signal: cancellationSignal(),
        agent,
        progress: tell,
      });
      return toResult(tool, output);
    },
  };
}

async function argumentsOf(registry: Registry, input: CallToolInput): Promise<Json> {
  if ('args' in input.call) return input.call.args;
  const { head, callId } = input.call;
  const message = await registry.store.message(input.root, head);
  const calls = message.role === 'assistant' ? (message.toolCalls ?? []) : [];
  const call = calls.find((candidate) => candidate.id === callId);
  if (call) return call.args;
  throw new BatonError('STORE_MISSING', `The message ${head} has no tool call ${callId}.`, { head, callId });
}

/** Some errors quote a whole page; it goes through the history. */
function messageOf(error: unknown): string {
  return withinBytes(error instanceof Error ? error.message : String(error), MESSAGE_LIMIT_BYTES);
}
