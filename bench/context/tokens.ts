/** How many tokens a text has, by Baton's own tokenizer; texts that come up again are counted once. */
import { loadTokenizer } from '../../src/models/model/tokens.js';

export interface TokenCounter {
  /** How it counts, for the report. */
  readonly name: string;
  readonly count: CountTokens;
}

export type CountTokens = (text: string) => number;

export async function tokenCounter(): Promise<TokenCounter> {
  const { name, count } = await loadTokenizer();
  const counted = new Map<string, number>();
  return {
    name,
    count: (text) => {
      const tokens = counted.get(text) ?? count(text);
      counted.set(text, tokens);
      return tokens;
    },
  };
}
