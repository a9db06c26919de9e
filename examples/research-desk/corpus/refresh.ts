/**
 * Updates an index from its corpus: it reads new and changed documents, removes deleted ones, and leaves the
 * rest. It works in batches of passages, one transaction each, and yields to the event loop in between, so
 * that the activity's heartbeats continue. After a kill, the next call continues where it stopped. One
 * process builds at a time; the others wait, and then check themselves.
 */
import { createHash } from 'node:crypto';
import path from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';
import type { Client, InStatement } from '@libsql/client';
import { withBuilderLock } from './builder-lock.js';
import { type CorpusDocument, listDocuments } from './documents.js';
import { readDocument } from './document-text.js';
import {
  buildProgress,
  NO_PROGRESS,
  noteProgress,
  removal,
  replacement,
  type StoredDocument,
  storedDocuments,
  touch,
} from './index-store.js';
import { toPassages } from './passages.js';

const BATCH_STATEMENTS = 250;
const TELL_EVERY = 50;

export interface Progress {
  /** `another`: another process builds, and this one waits. */
  readonly by: 'us' | 'another';
  /** The number of new or changed documents processed so far. */
  readonly done: number;
  readonly total: number;
}

export interface RefreshResult {
  /** The number of documents in the corpus. */
  readonly documents: number;
  /** The number of documents that were read, because they are new or were touched. */
  readonly read: number;
  /** The number of documents with changed content, whose passages were made again. */
  readonly indexed: number;
  readonly removed: number;
}

export interface RefreshOptions {
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** @param file the path of the index. */
export function refreshIndex(
  client: Client,
  file: string,
  root: string,
  { onProgress, signal }: RefreshOptions = {},
): Promise<RefreshResult> {
  const onWait = async (): Promise<void> => {
    const progress = await buildProgress(client);
    if (progress) onProgress?.({ by: 'another', ...progress });
  };
  return withBuilderLock(file, () => build(client, root, { onProgress, signal }), { onWait, signal });
}

async function build(
  client: Client,
  root: string,
  { onProgress, signal }: RefreshOptions,
): Promise<RefreshResult> {
  const documents = await listDocuments(root);
  const stored = await storedDocuments(client);
  const present = new Map(documents.map((document) => [keyOf(root, document), document]));
  const removed = [...stored.keys()].filter((file) => !present.has(file));
  const pending = [...present].filter(([file, document]) =>
    hasChanged(document, stored.get(file), present, stored),
  );
  const writer = new BatchWriter(client);
  const tell = async (done: number): Promise<void> => {
    onProgress?.({ by: 'us', done, total: pending.length });
    await writer.add([noteProgress(done, pending.length)]);
  };
  for (const file of removed) {
    stored.delete(file);
    await writer.add(removal(file));
  }
  const originals = originalsOf(stored, present, new Set(pending.map(([file]) => file)));
  let indexed = 0;
  for (const [at, [file, document]] of pending.entries()) {
    signal?.throwIfAborted();
    if (at % TELL_EVERY === 0) await tell(at);
    const change = await changeOf(file, document, stored.get(file), originals);
    if (change.renewed) indexed += 1;
    await writer.add(change.statements);
  }
  await writer.flush();
  // Also removes what a killed build has left.
  if (await buildProgress(client)) await writer.add([NO_PROGRESS]);
  await writer.flush();
  if (pending.length > 0) onProgress?.({ by: 'us', done: pending.length, total: pending.length });
  return { documents: present.size, read: pending.length, indexed, removed: removed.length };
}

/** The documents with their own passages that stay unchanged, by owner and content. */
function originalsOf(
  stored: ReadonlyMap<string, StoredDocument>,
  present: ReadonlyMap<string, CorpusDocument>,
  changing: ReadonlySet<string>,
): Map<string, string> {
  const originals = new Map<string, string>();
  for (const { path: file, hash, twinOf } of stored.values()) {
    if (twinOf === undefined && !changing.has(file))
      originals.set(twinKey(present.get(file)?.package, hash), file);
  }
  return originals;
}

interface Change {
  readonly statements: readonly InStatement[];
  /** Whether its passages are made again. Otherwise only its time is updated. */
  readonly renewed: boolean;
}

async function changeOf(
  file: string,
  document: CorpusDocument,
  before: StoredDocument | undefined,
  originals: Map<string, string>,
): Promise<Change> {
  const text = await readDocument(document.path);
  const hash = createHash('sha256')
    .update(text ?? '')
    .digest('hex')
    .slice(0, 32);
  const key = twinKey(document.package, hash);
  const twin = text === undefined ? undefined : originals.get(key);
  if (before?.hash === hash && before.twinOf === twin) {
    if (twin === undefined) originals.set(key, file);
    return { statements: [touch(document, file)], renewed: false };
  }
  if (twin !== undefined && twin !== file)
    return { statements: replacement(document, file, hash, twin, []), renewed: true };
  originals.set(key, file);
  const passages = text === undefined ? [] : toPassages(document.kind, text);
  return { statements: replacement(document, file, hash, undefined, passages), renewed: true };
}

/**
 * If the original of a twin has changed or was deleted, the twin is read again, because it may need its own
 * passages now.
 */
function hasChanged(
  document: CorpusDocument,
  before: StoredDocument | undefined,
  present: ReadonlyMap<string, CorpusDocument>,
  stored: ReadonlyMap<string, StoredDocument>,
): boolean {
  if (before === undefined) return true;
  if (before.sizeBytes !== document.sizeBytes || before.changedUs !== document.changedUs) return true;
  if (before.twinOf === undefined) return false;
  const original = present.get(before.twinOf);
  return original === undefined || hasChanged(original, stored.get(before.twinOf), present, stored);
}

function twinKey(owner: string | undefined, hash: string): string {
  return `${owner ?? ''}\n${hash}`;
}

/** A document's name in the index: its path below the root, with forward slashes. */
function keyOf(root: string, document: CorpusDocument): string {
  const below = path.relative(root, document.path);
  return (below === '' ? path.basename(root) : below).split(path.sep).join('/');
}

class BatchWriter {
  private readonly client: Client;
  private waiting: InStatement[] = [];

  constructor(client: Client) {
    this.client = client;
  }

  /** Statements that are added together run in one transaction. */
  async add(statements: readonly InStatement[]): Promise<void> {
    this.waiting.push(...statements);
    if (this.waiting.length >= BATCH_STATEMENTS) await this.flush();
  }

  async flush(): Promise<void> {
    if (this.waiting.length > 0) await this.client.batch(this.waiting, 'write');
    this.waiting = [];
    await breathe();
  }
}
