/** What the store has of a run, for an audit: the arguments of tool calls, whose hash chain is worked out again, and receipts. */
import { BatonError } from '../contracts/errors.js';
import type { Json } from '../contracts/data/json.js';
import { chainMessages } from '../store/chain.js';
import type { StoredEffect } from '../store/store.js';
import { openLibsqlStore } from '../store/libsql-store.js';

export interface StoredArguments {
  /** @throws {BatonError} `STORE_MISSING`, or `DECISION_UNPROVEN` where a message is not what its hash says. */
  readonly argsOf: (root: string, head: string, callId: string) => Promise<Json | undefined>;
  /** The effects of a run, with whether each left a receipt. */
  readonly receipts: (root: string) => Promise<readonly StoredEffect[]>;
  close(): void;
}

/** @throws {BatonError} `STORE_UNAVAILABLE` */
export async function openStoredArguments(url: string): Promise<StoredArguments> {
  const store = await openLibsqlStore(url);
  return {
    argsOf: async (root, head, callId) => {
      const messages = await store.conversation(root, head);
      if (chainMessages(null, messages).at(-1)?.hash !== head) {
        throw new BatonError(
          'DECISION_UNPROVEN',
          `The conversation ${head} in the store is not what its hash says.`,
          {
            why: 'chain',
            head,
          },
        );
      }
      const last = messages.at(-1);
      return last?.role === 'assistant' ? last.toolCalls?.find(({ id }) => id === callId)?.args : undefined;
    },
    receipts: (root) => store.effects(root),
    close: () => store.close(),
  };
}
