/**
 * What outlives a worker beside the history: conversations, answers, tool results, and the intents and receipts of
 * effects, and the shared memory. Everything hangs below a root, which belongs to one run: deleting a root deletes the run's texts.
 */
import type { Json } from '../contracts/data/json.js';
import type { Message } from '../contracts/handoff/messages.js';

/** What an effect has come to. */
export type EffectState =
  | { readonly state: 'fresh' }
  /** Begun earlier, by someone else or by an attempt that died; no receipt. */
  | { readonly state: 'begun'; readonly at: string }
  | { readonly state: 'done'; readonly receipt: string }
  /** Begun earlier with other arguments, and done or not. */
  | { readonly state: 'other'; readonly at: string; readonly done: boolean }
  /** A signature that is to let it happen let another action happen before. */
  | { readonly state: 'spent'; readonly at: string };

/** An effect that has begun. */
export type KnownEffect = Exclude<EffectState, { state: 'fresh' | 'spent' }>;

/** Which action an effect is. */
export interface EffectIntent {
  readonly tool: string;
  readonly argsDigest: string;
  /** Signatures that let it happen, and the action that they are for: a repeat is the same action. */
  readonly spends?: { readonly action: string; readonly signatures: readonly string[] };
}

/** One value of the shared memory, to be written. */
export interface MemoryWrite {
  readonly namespace: string;
  readonly key: string;
  readonly value: Json;
  /** The version that the writer has seen; 0 for a key that is not there. */
  readonly expected: number;
  /** Who writes. */
  readonly agent: string;
  /** Where in the run. One step writes once, however often it is tried. */
  readonly step: string;
}

export type WriteOutcome =
  | { readonly outcome: 'written'; readonly version: number }
  /** Somebody was faster: the newest version is this, 0 for none. */
  | { readonly outcome: 'conflict'; readonly current: number }
  /** The namespace takes no more keys. */
  | { readonly outcome: 'full'; readonly keys: number };

/** An effect as the store has it. */
export interface StoredEffect {
  readonly step: string;
  readonly tool: string;
  /** SHA-256 over the canonical JSON of the arguments as the tool got them. */
  readonly argsDigest: string;
  /** Whether it left a receipt: without one nobody knows whether it took place. */
  readonly done: boolean;
}

/** A run as the store knows it. */
export interface StoredRoot {
  readonly root: string;
  /** When something was last added that has a time. */
  readonly newestAt?: string;
  /** Of text. */
  readonly bytes: number;
}

/** A key of the shared memory with its newest version. */
export interface MemoryKeyState {
  readonly key: string;
  readonly version: number;
  readonly agent: string;
  readonly at: string;
}

export interface MemoryVersion extends MemoryKeyState {
  readonly value: Json;
  readonly step: string;
}

export interface Store {
  /** Made once with the store, and kept in it: two stores never share one. */
  readonly identity: string;
  /** Its file, for messages. */
  readonly file: string;

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
   * begun, or done with which receipt, or that it was another action.
   */
  begin(root: string, effect: string, intent: EffectIntent): Promise<EffectState>;

  /** What is known of an effect, without beginning it; undefined where it has not begun. */
  effect(root: string, effect: string, intent: EffectIntent): Promise<KnownEffect | undefined>;

  /** All effects of a run, in the order in which they began. */
  effects(root: string): Promise<StoredEffect[]>;

  /** Notes that an effect took place. */
  complete(root: string, effect: string, receipt: string): Promise<void>;

  /** Notes that an effect certainly did not take place, so that it may begin afresh. */
  abandon(root: string, effect: string): Promise<void>;

  /**
   * Writes the next version of a key if the newest is the one that the writer has seen; otherwise nothing. Of several
   * writers that have seen the same, exactly one writes. The outcome is kept under the step, in the same commit: a second
   * attempt of it writes nothing and gets the first one's outcome.
   */
  remember(root: string, write: MemoryWrite): Promise<WriteOutcome>;

  /** A version of a key, by default the newest; undefined where there is none. Versions never change. */
  recall(
    root: string,
    at: { readonly namespace: string; readonly key: string },
    version?: number,
  ): Promise<MemoryVersion | undefined>;

  /** The keys of a namespace, in their alphabetical order. */
  memoryKeys(root: string, namespace: string): Promise<MemoryKeyState[]>;

  /** The runs whose texts are here, the longest untouched first. */
  roots(): Promise<StoredRoot[]>;

  /**
   * Forgets the texts of a run. That its actions took place stays, without what they gave: else a reset of the run could carry
   * them out again.
   */
  deleteRoot(root: string): Promise<void>;

  /** Gives back to the disk what was deleted. Others wait meanwhile. */
  shrink(): Promise<void>;

  /** How much is stored for a run, in bytes of text. */
  size(root: string): Promise<number>;

  close(): void;
}
