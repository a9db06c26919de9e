/** How many tokens a receiver's context may have: what the contract says, and what the model's window leaves. */
import type { Model, ModelRequest } from '../../models/model/model.js';
import { countFixed, type Tokenizer } from '../../models/model/tokens.js';

/** What an answer is given room for, at most. */
const OUTPUT_RESERVE_TOKENS = 4_096;

/**
 * The number of tokens for the composed context, never below 0; undefined where nothing bounds it. Of the window a
 * quarter, at most 4,096 tokens, is kept for the answer, beside the system prompt, the tools and the output's shape.
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

/** Where a window goes before anything is composed, in words; empty where it is not known. */
export function explainWindow(
  window: Model['contextTokens'],
  fixed: Pick<ModelRequest, 'system' | 'tools' | 'output'>,
  tokenizer: Tokenizer,
): string {
  if (window === undefined) return '';
  return `Of the ${window} tokens of its model's window, ${countFixed(fixed, tokenizer)} are taken by its instructions, its tools and the shape of its output, and ${computeReserve(window)} are kept for its answer. `;
}
