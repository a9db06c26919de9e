/** How many tokens a receiver's context may have: the contract's limit, and the space in the model's window. */
import type { Model, ModelRequest } from '../../models/model/model.js';
import { countFixed, type Tokenizer } from '../../models/model/tokens.js';

/** The most tokens that are reserved for an answer. */
const OUTPUT_RESERVE_TOKENS = 4_096;

/**
 * The number of tokens for the composed context, never below 0; undefined when there is no limit. A quarter of the window,
 * at most 4,096 tokens, is reserved for the answer. The system prompt, the tools and the output schema are also subtracted.
 */
export function computeContextBudget(
  policy: { readonly maxTokens?: number } | undefined,
  window: Model['contextTokens'],
  fixed: Pick<ModelRequest, 'system' | 'tools' | 'output'>,
  tokenizer: Tokenizer,
): number | undefined {
  const declared = policy?.maxTokens;
  if (window === undefined) return declared;
  const left = Math.max(0, window - computeReserve(window) - countFixed(fixed, tokenizer));
  return declared === undefined ? left : Math.min(declared, left);
}

function computeReserve(window: number): number {
  return Math.min(OUTPUT_RESERVE_TOKENS, Math.floor(window / 4));
}

/** A description of what fills the model's window before anything is composed; empty when the window size is unknown. */
export function explainWindow(
  window: Model['contextTokens'],
  fixed: Pick<ModelRequest, 'system' | 'tools' | 'output'>,
  tokenizer: Tokenizer,
): string {
  if (window === undefined) return '';
  return `Of the ${window} tokens of its model's window, ${countFixed(fixed, tokenizer)} are taken by its instructions, its tools and the shape of its output, and ${computeReserve(window)} are kept for its answer. `;
}
