/**
 * What outlives a worker beside the history: conversations, answers, tool results, and the intents and receipts of
 * effects. Everything hangs below a root, which belongs to one run: deleting a root deletes the run's texts.
 */
import type { Message } from '../contracts/messages.js';

/** What an effect has come to. */
export type EffectState =
  | { readonly state: 'fresh' }
  /** Begun earlier, by someone else or by an attempt that died; no receipt. */
  | { readonly state: 'begun'; readonly at: string }
  | { readonly state: 'done'; readonly receipt: string };

export interface Store {
  /**
   * Adds messages below a head and gives the new head. A message is stored once under the hash of its parent and
   * its content, so adding the same again changes nothing.
   *
   * @throws {BatonError} `STORE_MISSING` when the head is not in the store.
   */
  append(root: string, head: string | null, messages: readonly Message[]): Promise<string>;

  /**
   * Adds messages below a head and keeps a record that may name the new head: both or neither, in one commit. What
   * comes back is the record that is kept, as with {@link Store.keep}.
   *
   * @throws {BatonError} `STORE_MISSING` when the head is not in the store.
   */
  appendAndKeep(
    root: string,
    head: string | null,
    messages: readonly Message[],
    record: { readonly key: string; readonly value: (newHead: string) => string },
  ): Promise<string>;

  /**
   * The whole conversation that a head names, oldest first.
   *
   * @throws {BatonError} `STORE_MISSING` when a message of it is not in the store.
   */
  conversation(root: string, head: string): Promise<Message[]>;

  /**
   * The one message that a head names.
   *
   * @throws {BatonError} `STORE_MISSING` when it is not in the store.
   */
  message(root: string, head: string): Promise<Message>;

  /** The record kept under a key, or undefined. */
  record(root: string, key: string): Promise<string | undefined>;

  /** Keeps a record under a key. The first writer wins: what comes back is what is kept. */
  keep(root: string, key: string, value: string): Promise<string>;

  /**
   * Notes that an effect is about to begin. Exactly one caller is told `fresh`; a later one learns that it was
   * begun, or done with which receipt.
   */
  begin(
    root: string,
    effect: string,
    intent: { readonly tool: string; readonly argsDigest: string },
  ): Promise<EffectState>;

  /** Notes that an effect took place. */
  complete(root: string, effect: string, receipt: string): Promise<void>;

  /** Notes that an effect certainly did not take place, so that it may begin afresh. */
  abandon(root: string, effect: string): Promise<void>;

  /** Forgets everything of a run. */
  deleteRoot(root: string): Promise<void>;

  /** How much is stored for a run, in bytes of text. */
  size(root: string): Promise<number>;

  close(): void;
}
