/** The arguments of tool calls as the store has them, for an audit: each conversation's hash chain is worked out again. */
import { BatonError } from '../contracts/errors.js';
import type { Json } from '../contracts/json.js';
import { chain } from '../store/chain.js';
import { openLibsqlStore } from '../store/libsql-store.js';

export interface StoredArguments {
  /** @throws {BatonError} `STORE_MISSING`, or `DECISION_UNPROVEN` where a message is not what its hash says. */
  readonly argsOf: (root: string, head: string, callId: string) => Promise<Json | undefined>;
  close(): void;
}

/** @throws {BatonError} `STORE_UNAVAILABLE` */
export async function openStoredArguments(url: string): Promise<StoredArguments> {
  const store = await openLibsqlStore(url);
  return {
    argsOf: async (root, head, callId) => {
      const messages = await store.conversation(root, head);
      if (chain(null, messages).at(-1)?.hash !== head) {
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
    close: () => store.close(),
  };
}
