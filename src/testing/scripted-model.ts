/**
 * A model for tests that follows a script and records every request, so that a test can assert an agent's context. All
 * state is in the model itself.
 */
import type { Json } from '../contracts/data/json.js';
import type { ToolCall, Usage } from '../contracts/handoff/messages.js';
import { ACKNOWLEDGEMENTS } from '../contracts/data/names.js';
import {
  abortError,
  ModelError,
  type Model,
  type ModelRequest,
  type ModelResponse,
} from '../models/model/model.js';
import { estimateUsage } from '../models/model/token-estimate.js';

/** A tool call in a script. Without an id it gets one that is unique within the model. */
export interface ScriptedToolCall {
  readonly id?: string;
  readonly name: string;
  readonly args: Json;
}

/** One call of the model: it answers with text, a value, tool calls or a full answer, or throws. */
export type ScriptedStep =
  | { readonly content: string; readonly usage?: Usage }
  | { readonly output: Json; readonly usage?: Usage }
  | { readonly toolCalls: readonly ScriptedToolCall[]; readonly content?: string; readonly usage?: Usage }
  | { readonly error: ModelError }
  | ModelResponse;

/** `callIndex` counts the agent's own calls from 0. With a promise, the answer waits until the test settles it. */
export type ScriptedAnswer = (
  request: ModelRequest,
  callIndex: number,
) => ScriptedStep | Promise<ScriptedStep>;

/**
 * The steps of each agent, consumed in order, or a function. A bare array serves any agent, in the order of the calls.
 */
export type Script =
  readonly ScriptedStep[] | Readonly<Record<string, readonly ScriptedStep[] | ScriptedAnswer>>;

/** How a scripted model handles handoffs. */
export interface ScriptedModelOptions {
  /**
   * `automatic` (the default): the agent's first step on a handed-off task accepts it and names every required item.
   * Exception: the step itself calls an acknowledgement tool. `scripted`: only the script acknowledges.
   */
  readonly acknowledge?: 'automatic' | 'scripted';
}

/** One recorded call of a scripted model. */
export interface ScriptedCall {
  readonly agent: string;
  /** A copy of the request at the time of the call. */
  readonly request: ModelRequest;
}

/** A model that answers from a script and records every call in order. */
export interface ScriptedModel extends Model {
  /** Every call in order, including those that ended in an error. */
  readonly calls: readonly ScriptedCall[];
}

/**
 * Creates a model from a script. It estimates the usage of steps that set none. If Temporal retries a call, the retry
 * consumes the next step.
 *
 * If the script has no step left, `generate` throws a `ModelError` that is not retryable and names the agent and its
 * call.
 */
export function scriptedModel(script: Script, options: ScriptedModelOptions = {}): ScriptedModel {
  const calls: ScriptedCall[] = [];
  let toolCalls = 0;
  const nextId = (): string => `call-${(toolCalls += 1)}`;
  return {
    name: 'scripted',
    offline: false,
    calls,
    generate: async (request, { signal }) => {
      if (signal.aborted) throw abortError(signal);
      const callIndex = calls.filter(({ agent }) => agent === request.agent).length;
      const position = calls.length;
      calls.push({ agent: request.agent, request: structuredClone(request) });
      const step = await resolveStep(findStep(script, request, callIndex, position), signal);
      if ('error' in step) throw step.error;
      const response = toResponse(step, request, nextId);
      return options.acknowledge === 'scripted' ? response : acceptHandoff(response, request, nextId);
    },
  };
}

const SAID: ReadonlySet<string> = new Set(Object.values(ACKNOWLEDGEMENTS));

/** The same answer, with the acceptance of the task. */
function acceptHandoff(
  response: ModelResponse,
  { handoff }: ModelRequest,
  nextId: () => string,
): ModelResponse {
  const { toolCalls, finish } = response;
  const usable = finish === 'stop' || finish === 'tools';
  if (handoff === undefined || !usable || toolCalls.some(({ name }) => SAID.has(name))) return response;
  const accept: ToolCall = {
    id: nextId(),
    name: ACKNOWLEDGEMENTS.accept,
    args: { items: [...handoff.items] },
  };
  return { ...response, toolCalls: [accept, ...toolCalls], finish: 'tools' };
}

function findStep(
  script: Script,
  request: ModelRequest,
  callIndex: number,
  position: number,
): ScriptedStep | Promise<ScriptedStep> {
  if (isSteps(script))
    return script[position] ?? failExhausted(request.agent, callIndex, `${script.length} in all`);
  const own = Object.hasOwn(script, request.agent) ? script[request.agent] : undefined;
  if (own === undefined)
    return failExhausted(request.agent, callIndex, `only for ${Object.keys(script).join(', ') || 'nobody'}`);
  if (typeof own === 'function') return own(request, callIndex);
  return own[callIndex] ?? failExhausted(request.agent, callIndex, `${own.length} for this agent`);
}

function isSteps(script: Script): script is readonly ScriptedStep[] {
  return Array.isArray(script);
}

function failExhausted(agent: string, callIndex: number, has: string): never {
  const message = `The script has no step for call ${callIndex} (counted from 0) of agent ${agent}: it has steps ${has}.`;
  throw new ModelError('MODEL_REQUEST_REJECTED', message, false);
}

/** A delayed step still reacts to an abort. */
async function resolveStep(
  step: ScriptedStep | Promise<ScriptedStep>,
  signal: AbortSignal,
): Promise<ScriptedStep> {
  if (!(step instanceof Promise)) return step;
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(abortError(signal));
    signal.addEventListener('abort', stop, { once: true });
    step.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}

function toResponse(
  step: Exclude<ScriptedStep, { readonly error: ModelError }>,
  request: ModelRequest,
  nextId: () => string,
): ModelResponse {
  if ('finish' in step) return step;
  const content = 'output' in step ? JSON.stringify(step.output) : (step.content ?? '');
  const toolCalls: ToolCall[] =
    'toolCalls' in step
      ? step.toolCalls.map(({ id, name, args }) => ({ id: id ?? nextId(), name, args }))
      : [];
  return {
    content,
    toolCalls,
    finish: toolCalls.length > 0 ? 'tools' : 'stop',
    usage: step.usage ?? estimateUsage(request, { content, toolCalls }),
    model: 'scripted',
  };
}
