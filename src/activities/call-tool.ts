/** The activity `callTool`: one tool call, with at most one effect. */
import { activityInfo, cancellationSignal } from '@temporalio/activity';
import {
  type CallToolInput,
  type CallToolOutcome,
  type CallToolResult,
  formatResultName,
} from '../contracts/wire/tool-call.js';
import { BatonError, createDeniedError, createToolError } from '../contracts/errors.js';
import type { Json } from '../contracts/data/json.js';
import { readErrorMessage, toReadable } from '../contracts/data/thrown.js';
import { parseWith } from '../contracts/data/schema.js';
import { cutToBytes } from '../contracts/data/within-bytes.js';
import { OUTPUT_LIMIT_BYTES } from './turn/read-answer.js';
import { buildIdempotencyKey, type ToolDefinition } from '../contracts/definitions/tool.js';
import { toHashableJson } from '../contracts/data/hashable-json.js';
import { withoutConfidence } from './turn/confidence.js';
import { withWindow } from './runtime/failures.js';
import { assertHome } from './runtime/home.js';
import { withHeartbeat, type Tell } from './runtime/heartbeat.js';
import { NotDone } from './tools/implement.js';
import { runAtMostOnce } from './tool-call/at-most-once.js';
import type { Registry } from './registry/registry.js';
import { verifyApproval } from './tool-call/verify-approval.js';
import { toToolAnswer, ATTEMPTS, finish, createToolFailure, isTransient } from './tool-call/tool-answer.js';
import { findLost } from './tools/lost-in-json.js';
import { findToolResult, type ToolResult } from './tools/tool-result.js';

/**
 * @param permission - the permission that this queue is for. Only tools that need it run here, so they cannot be reached
 * through another queue.
 */
export function createCallTool(registry: Registry, permission?: string) {
  return (input: CallToolInput): Promise<CallToolResult> =>
    withWindow(registry, () =>
      withHeartbeat(input.step, (tell) => {
        assertHome(registry, input, false);
        assertServedHere(registry, input.tool, permission);
        return callTool(registry, input, tell);
      }),
    );
}

function assertServedHere(registry: Registry, name: string, permission: string | undefined): void {
  const tool = registry.tools.get(name);
  if (!tool || tool.permission === permission) return;
  const { taskQueue } = activityInfo();
  throw createDeniedError(
    tool.permission === undefined
      ? `${name} needs no permission: it is not carried out on the queue ${taskQueue}.`
      : `${name} needs the permission ${tool.permission}: it is not carried out on the queue ${taskQueue}.`,
    { tool: name, taskQueue },
  );
}

async function callTool(registry: Registry, input: CallToolInput, tell: Tell): Promise<CallToolResult> {
  const callable = lookUp(registry, input, tell);
  return { ...(await toOutcome(registry, input, callable)), effect: callable.tool.effect };
}

async function toOutcome(
  registry: Registry,
  input: CallToolInput,
  { tool, run }: Callable,
): Promise<CallToolOutcome> {
  const parsed = parseWith(tool.input, await readArguments(registry, input));
  if (!parsed.ok) {
    return finish(registry, input, 'tool', {
      ok: false,
      content: `The arguments of ${tool.name} do not fit.\n${parsed.problem}`,
    });
  }
  // Use the parsed arguments: a schema may drop or trim something, and people approve exactly what runs.
  const args = (parsed.value ?? null) as Json;
  const carryOut = (): Promise<ToolResult> => run(parsed.value);
  if (tool.effect === 'irreversible') return runAtMostOnce(registry, input, tool, args, carryOut);
  // An earlier result is not returned to a caller who may not read it now.
  const refused = await verifyApproval(registry, input, tool, args);
  if (refused) return refused;
  const kept = await findToolResult(
    registry.store,
    input.root,
    formatResultName(input.step, input.call),
    'tool',
  );
  if (kept?.tool === tool.name) return toToolAnswer(input, kept);
  if (kept) throw createOtherToolError(input, kept.tool);
  let result: ToolResult;
  try {
    result = await carryOut();
  } catch (error) {
    return giveUpOrRetry(registry, input, error);
  }
  // From here on, a failure is the store's and not the tool's.
  return finish(registry, input, 'tool', result);
}

async function giveUpOrRetry(
  registry: Registry,
  input: CallToolInput,
  error: unknown,
): Promise<CallToolResult> {
  if (cancellationSignal().aborted || isTransient(error)) throw error;
  const worthIt = error instanceof NotDone ? error.retry : !(error instanceof BatonError);
  if (worthIt && activityInfo().attempt < ATTEMPTS) throw createToolFailure(input, error);
  return finish(registry, input, 'tool', {
    ok: false,
    content: `${input.tool} failed: ${readErrorMessage(error)}`,
  });
}

/** A Baton workflow calls the same tool at a step, even after a reset. */
function createOtherToolError({ tool, step }: CallToolInput, other = 'another tool'): BatonError {
  return createDeniedError(`The step ${step} holds a result of ${other}: ${tool} was not called there.`, {
    tool,
    step,
  });
}

function toResult(tool: ToolDefinition, output: unknown): ToolResult {
  const lost = findLost(output);
  if (lost !== undefined)
    throw createToolError(`${tool.name} gave what cannot be sent as JSON: ${lost}. Give a plain value.`, {
      tool: tool.name,
      lost,
    });
  const parsed = parseWith(tool.output, output === undefined ? output : toHashableJson(output as Json));
  if (!parsed.ok)
    throw createToolError(`${tool.name} gave an output that does not fit its schema.\n${parsed.problem}`, {
      tool: tool.name,
    });
  if (typeof parsed.value === 'string')
    return boundResult(tool, { ok: true, content: parsed.value, output: parsed.value });
  const json = (parsed.value ?? null) as Json;
  return boundResult(tool, { ok: true, content: JSON.stringify(json), output: json });
}

/** Models cannot read more, and each copy on the way costs as much again. */
const RESULT_LIMIT_BYTES = 10_000_000;

/** An irreversible action stays done, so the beginning of its result is kept. */
function boundResult({ name, effect }: ToolDefinition, result: ToolResult): ToolResult {
  const bytes = Buffer.byteLength(result.content);
  if (bytes <= RESULT_LIMIT_BYTES) return result;
  const message = `${name} gave ${bytes} bytes; at most ${RESULT_LIMIT_BYTES} are kept. Let the tool keep the bulk elsewhere and give a reference.`;
  if (effect !== 'irreversible') throw createToolError(message, { tool: name, bytes });
  return { ok: true, content: `It was done. ${message}\n${cutToBytes(result.content, OUTPUT_LIMIT_BYTES)}` };
}

interface Callable {
  readonly tool: ToolDefinition;
  readonly run: (args: unknown) => Promise<ToolResult>;
}

function lookUp(registry: Registry, input: CallToolInput, tell: Tell): Callable {
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
      const output = await tryRun(tool.name, (signal) =>
        implementation.run(args, {
          // For a repeatable tool, other arguments make another action with another key. An irreversible tool has one key
          // for each step.
          idempotencyKey: buildIdempotencyKey(
            root,
            tool.effect === 'irreversible' ? step : formatResultName(step, input.call),
          ),
          signal,
          agent,
          progress: tell,
        }),
      );
      return toResult(tool, output);
    },
  };
}

/**
 * Runs a developer's code, which may throw any value or never end. It gets slightly less time than its activity, because an
 * activity timeout would not explain the reason.
 */
async function tryRun<T>(name: string, body: (signal: AbortSignal) => T | Promise<T>): Promise<T> {
  const limitMs = activityInfo().startToCloseTimeoutMs;
  const late = AbortSignal.timeout(limitMs - Math.min(limitMs / 10, 1_000));
  try {
    return await Promise.race([
      body(AbortSignal.any([cancellationSignal(), late])),
      new Promise<never>((_resolve, reject) => {
        late.addEventListener('abort', () =>
          reject(new Error(`${name} did not end within its ${limitMs / 1_000} s (timeoutSeconds)`)),
        );
      }),
    ]);
  } catch (error) {
    throw toReadable(error);
  }
}

async function readArguments(registry: Registry, input: CallToolInput): Promise<Json> {
  if ('args' in input.call) return input.call.args;
  const { head, callId } = input.call;
  const message = await registry.store.message(input.root, head);
  const calls = message.role === 'assistant' ? (message.toolCalls ?? []) : [];
  const call = calls.find((candidate) => candidate.id === callId);
  if (call) return withoutConfidence(call.args).args;
  throw new BatonError('STORE_MISSING', `The message ${head} has no tool call ${callId}.`, { head, callId });
}
