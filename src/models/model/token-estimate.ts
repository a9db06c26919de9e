/**
 * Estimates token counts when no provider has counted: a quarter of the characters, the usual rule for
 * English text and common tokenizers. The estimate is off by a third for code, and by more for other scripts.
 */
import type { Usage } from '../../contracts/handoff/messages.js';
import type { ModelRequest } from './model.js';

const CHARACTERS_PER_TOKEN = 4;

/** Estimated tokens of a text; 0 only for an empty one. */
export function estimateTokens(text: string): number {
  return Math.ceil(text.length / CHARACTERS_PER_TOKEN);
}

/** The estimated usage of one call: everything that the request sends to the model, and its answer. */
export function estimateUsage(
  request: ModelRequest,
  answer: { readonly content: string; readonly toolCalls: readonly unknown[] },
): Usage {
  const { system, messages, tools, output } = request;
  const said = messages.map((message) =>
    message.role === 'assistant' && message.toolCalls !== undefined
      ? message.content + JSON.stringify(message.toolCalls)
      : message.content,
  );
  const shapes = [...tools, ...(output === undefined ? [] : [output])].map((shape) => JSON.stringify(shape));
  const made = answer.toolCalls.length === 0 ? '' : JSON.stringify(answer.toolCalls);
  return {
    inputTokens: estimateTokens([system, ...said, ...shapes].join('\n')),
    outputTokens: estimateTokens(answer.content + made),
  };
}
