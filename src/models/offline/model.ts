/**
 * Models that call no provider: an algorithm for each agent behind the same interface, so that a team runs
 * without a provider. The same request always gives the same answer.
 */
import type { Json } from '../../contracts/data/json.js';
import type { ToolCall } from '../../contracts/handoff/messages.js';
import { abortError, ModelError, type Model, type ModelRequest, type ModelResponse } from '../model/model.js';
import { estimateUsage } from '../model/token-estimate.js';
import { acknowledgeTask, answerFromTask, type PlainMove } from './acknowledge.js';
import { answerGenerically } from './generic-answer.js';
import type { OfflineAnswer, OfflineMove } from './move.js';

/** The algorithms for agents, by agent name. */
export interface OfflineModelOptions {
  /** Algorithms by agent name. The generic algorithm answers for all other agents. */
  readonly agents?: Readonly<Record<string, OfflineAnswer>>;
}

/**
 * Makes the model that runs without a provider. It uses no network, no clock and no randomness; its usage is
 * an estimate. An algorithm that throws causes a `ModelError` that is not retried.
 */
export function offlineModel(options: OfflineModelOptions = {}): Model {
  const algorithms = new Map(Object.entries(options.agents ?? {}));
  return {
    name: 'offline',
    offline: true,
    generate: async (request, { signal }) => {
      if (signal.aborted) throw abortError(signal);
      const move =
        request.questions === undefined
          ? acknowledgeTask(request, toMove(algorithms.get(request.agent) ?? answerGenerically, request))
          : answerFromTask(request);
      return toResponse(request, move);
    },
  };
}

function toMove(algorithm: OfflineAnswer, request: ModelRequest): OfflineMove {
  try {
    return algorithm(request);
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    const message = `The offline algorithm of agent ${request.agent} failed: ${problem}`;
    throw new ModelError('MODEL_REQUEST_REJECTED', message, false, undefined, { cause: error });
  }
}

function toResponse(request: ModelRequest, move: PlainMove): ModelResponse {
  const toolCalls = 'toolCalls' in move ? numberCalls(request, move.toolCalls) : [];
  const content = 'content' in move ? move.content : 'output' in move ? JSON.stringify(move.output) : '';
  return {
    content,
    toolCalls,
    finish: toolCalls.length > 0 ? 'tools' : 'stop',
    usage: estimateUsage(request, { content, toolCalls }),
    model: 'offline',
  };
}

/** Ids continue after the calls already in the conversation, so that each is unique. */
function numberCalls(
  request: ModelRequest,
  calls: readonly { readonly name: string; readonly args: Json }[],
): ToolCall[] {
  const before = request.messages.reduce(
    (count, message) => count + (message.role === 'assistant' ? (message.toolCalls?.length ?? 0) : 0),
    0,
  );
  return calls.map(({ name, args }, index) => ({ id: `call-${before + index + 1}`, name, args }));
}
