/**
 * The data of an audit besides histories: arguments and receipts of the store, and the policies of an auditor's own
 * configuration.
 */
import { existsSync } from 'node:fs';
import { BatonError, createInputError } from '../contracts/errors.js';
import type { Json } from '../contracts/data/json.js';
import { chainMessages } from '../store/chain.js';
import type { Store, StoredEffect } from '../store/store.js';
import { openLibsqlStore, toFilePath } from '../store/libsql-store.js';
import { findDemands, isProven } from '../activities/approvals/policies.js';
import type { CallToolInput } from '../contracts/wire/tool-call.js';
import { loadConfig } from './load-config.js';

export interface StoredArguments {
  /** @throws {BatonError} `STORE_MISSING`, or `DECISION_UNPROVEN` when a message does not match its hash. */
  readonly argsOf: (root: string, head: string, callId: string) => Promise<Json | undefined>;
  /** The effects of a run, and whether each left a receipt. */
  readonly receipts: (root: string) => Promise<readonly StoredEffect[]>;
  close(): void;
}

/**
 * @param receiptsUrl - where the receipts are, if not in the store; those of both count.
 * @throws {BatonError} `BAD_INPUT` when the file does not exist; `STORE_UNAVAILABLE`
 */
export async function openStoredArguments(url: string, receiptsUrl?: string): Promise<StoredArguments> {
  const store = await openExistingStore(url);
  const stores = [store];
  try {
    if (receiptsUrl !== undefined) stores.push(await openExistingStore(receiptsUrl));
  } catch (error) {
    store.close();
    throw error;
  }
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
    receipts: async (root) => (await Promise.all(stores.map((each) => each.effects(root)))).flat(),
    close: () => stores.forEach((each) => each.close()),
  };
}

/**
 * The texts of a store, for a caller that deletes some of them.
 *
 * @throws {BatonError} `BAD_INPUT` when the file does not exist; `STORE_UNAVAILABLE`
 */
export function openStoredTexts(
  url: string,
): Promise<Pick<Store, 'roots' | 'deleteRoot' | 'shrink' | 'close'>> {
  return openExistingStore(url);
}

/**
 * Opens an existing store for reading: a new store would claim that nothing was ever kept.
 *
 * @throws {BatonError} `BAD_INPUT` when the file does not exist; `STORE_UNAVAILABLE` when it cannot be opened.
 */
export async function openExistingStore(url: string): Promise<Store> {
  if (isMissing(url))
    throw createInputError(`There is no store ${url}. Name the file that a worker writes.`, {
      url,
    });
  return openLibsqlStore(url);
}

function isMissing(url: string): boolean {
  try {
    return !existsSync(toFilePath(url));
  } catch {
    return false;
  }
}

/** @throws {BatonError} `BAD_CONFIG` */
export async function loadAuditPolicies(file: string) {
  const { policies, definitions, tools: implementations } = await loadConfig(file);
  const defined = definitions.flatMap((each) => (each.kind === 'tool' ? [each] : []));
  const tools = new Map(
    [...defined, ...implementations.map(({ tool }) => tool)].map((tool) => [tool.name, tool]),
  );
  const provable = isProven(policies);
  return {
    demands: ({ tool: name, agent, confidence }: CallToolInput, args: Json) => {
      const tool = tools.get(name);
      if (tool === undefined) return undefined;
      const { effect, risk } = tool;
      const said = confidence === undefined ? {} : { confidence };
      return findDemands(provable, { agent, tool: name, effect, risk, args, ...said });
    },
    effectOf: (name: string) => tools.get(name)?.effect,
  };
}
