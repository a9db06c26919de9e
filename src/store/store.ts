/**
 * The data that outlives a worker besides the history: conversations, answers, tool results, intents and receipts of
 * effects, and the shared memory. Everything is stored below a root, which belongs to one run. Deleting a root deletes the
 * run's texts.
 */
import type { Json } from '../contracts/data/json.js';
import type { Message } from '../contracts/handoff/messages.js';

/** The state of an effect. */
export type EffectState =
  | { readonly state: 'fresh' }
  /** Started earlier, by another caller or by an attempt that died; no receipt. */
  | { readonly state: 'begun'; readonly at: string }
  | { readonly state: 'done'; readonly receipt: string }
  /** Started earlier with other arguments, and done or not. */
  | { readonly state: 'other'; readonly at: string; readonly done: boolean }
  /** A signature that should approve it has already approved another action. */
  | { readonly state: 'spent'; readonly at: string };

/** An effect that has started. */
export type KnownEffect = Exclude<EffectState, { state: 'fresh' | 'spent' }>;

/** Which action an effect is. */
export interface EffectIntent {
  readonly tool: string;
  readonly argsDigest: string;
  /** The signatures that approve it, and the action that they are for: a repeat is the same action. */
  readonly spends?: { readonly action: string; readonly signatures: readonly string[] };
}

/** A value of the shared memory to write. */
export interface MemoryWrite {
  readonly namespace: string;
  readonly key: string;
  readonly value: Json;
  /** The version that the writer has seen; 0 for a missing key. */
  readonly expected: number;
  /** The writer. */
  readonly agent: string;
  /** The step in the run. One step writes once, regardless of the number of attempts. */
  readonly step: string;
}

export type WriteOutcome =
  | { readonly outcome: 'written'; readonly version: number }
  /** Another writer was faster: this is the newest version, 0 for a missing key. */
  | { readonly outcome: 'conflict'; readonly current: number }
  /** The namespace has reached its limit of keys. */
  | { readonly outcome: 'full'; readonly keys: number };

/** An effect as the store has it. */
export interface StoredEffect {
  readonly step: string;
  readonly tool: string;
  /** SHA-256 over the canonical JSON of the arguments as the tool got them. */
  readonly argsDigest: string;
  /** Whether it left a receipt. Without a receipt its outcome is unknown. */
  readonly done: boolean;
}

/** A run as the store knows it. */
export interface StoredRoot {
  readonly root: string;
  /** When the newest entry with a time was added. */
  readonly newestAt?: string;
  /** The size of its texts. */
  readonly bytes: number;
}

export interface StoredRecord {
  readonly value: string;
  /** When it was kept. */
  readonly at: string;
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
  /** Created once with the store and kept in it: two stores never share one. */
  readonly identity: string;
  /** Its file, for messages. */
  readonly file: string;

  /**
   * Adds messages below a head and returns the new head. A message is stored once under the hash of its parent and its
   * content, so adding it again changes nothing.
   *
   * @throws {BatonError} `STORE_MISSING` when the head is not in the store.
   */
  append(root: string, head: string | null, messages: readonly Message[]): Promise<string>;

  /**
   * Adds messages below a head and keeps a record that may name the new head, both in one commit. Returns the record that
   * is kept, as {@link Store.keep} does.
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
   * @throws {BatonError} `STORE_MISSING` when one of its messages is not in the store.
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

  /** The records whose keys begin with a prefix, in the order in which they were kept. */
  records(root: string, prefix: string): Promise<StoredRecord[]>;

  /** Keeps a record under a key. The first writer wins: returns the record that is kept. */
  keep(root: string, key: string, value: string): Promise<string>;

  /**
   * Notes that an effect is about to start. Exactly one caller gets `fresh`. A later caller learns that it started, that it
   * is done and its receipt, or that it was another action.
   */
  begin(root: string, effect: string, intent: EffectIntent): Promise<EffectState>;

  /** The state of an effect, without starting it; undefined when it has not started. */
  effect(root: string, effect: string, intent: EffectIntent): Promise<KnownEffect | undefined>;

  /** All effects of a run, in the order in which they started. */
  effects(root: string): Promise<StoredEffect[]>;

  /** Notes that an effect happened. */
  complete(root: string, effect: string, receipt: string): Promise<void>;

  /** Notes that an effect certainly did not happen, so that it may start again. */
  abandon(root: string, effect: string): Promise<void>;

  /**
   * Writes the next version of a key if the newest version is the one that the writer has seen. Otherwise it writes
   * nothing. If several writers have seen the same version, exactly one writes. The outcome is kept under the step in the
   * same commit. A second attempt of the step writes nothing and gets the first outcome.
   */
  remember(root: string, write: MemoryWrite): Promise<WriteOutcome>;

  /** A version of a key, by default the newest; undefined when it does not exist. Versions never change. */
  recall(
    root: string,
    at: { readonly namespace: string; readonly key: string },
    version?: number,
  ): Promise<MemoryVersion | undefined>;

  /** The keys of a namespace, in alphabetical order. */
  memoryKeys(root: string, namespace: string): Promise<MemoryKeyState[]>;

  /** The runs whose texts are stored, the longest untouched first. */
  roots(): Promise<StoredRoot[]>;

  /**
   * Deletes the texts of a run. The record that its actions happened stays, without their results. Otherwise a reset of the
   * run could carry them out again.
   */
  deleteRoot(root: string): Promise<void>;

  /** Returns deleted space to the disk. Other writers wait meanwhile. */
  shrink(): Promise<void>;

  /** How much is stored for a run, in bytes of text. */
  size(root: string): Promise<number>;

  close(): void;
}
