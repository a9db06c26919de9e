/**
 * Brings an index up to its corpus: reads what is new or changed, drops what is gone, leaves the rest. Works in
 * batches of passages, each one transaction, and lets the event loop breathe between them, so that heartbeats of the
 * surrounding activity go out. Killed in the middle, the next call goes on where it stopped.
 */
import { createHash } from 'node:crypto';
import path from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';
import type { Client, InStatement } from '@libsql/client';
import { type CorpusDocument, listDocuments } from './documents.js';
import { readDocument } from './document-text.js';
import { removal, replacement, type StoredDocument, storedDocuments, touch } from './index-store.js';
import { toPassages } from './passages.js';

const BATCH_STATEMENTS = 250;

export interface Progress {
  /** Documents looked at, of those that are new or changed. */
  readonly done: number;
  readonly total: number;
}

export interface RefreshResult {
  readonly documents: number;
  readonly indexed: number;
  readonly removed: number;
}

export async function refreshIndex(
  client: Client,
  root: string,
  {
    onProgress,
    signal,
  }: { onProgress?: ((progress: Progress) => void) | undefined; signal?: AbortSignal | undefined } = {},
): Promise<RefreshResult> {
  const documents = await listDocuments(root);
  const stored = await storedDocuments(client);
  const present = new Map(documents.map((document) => [keyOf(root, document), document]));
  const removed = [...stored.keys()].filter((file) => !present.has(file));
  const pending = [...present].filter(([file, document]) =>
    hasChanged(document, stored.get(file), present, stored),
  );
  const writer = new BatchWriter(client);
  for (const file of removed) {
    stored.delete(file);
    await writer.add(removal(file));
  }
  const originals = new Map<string, string>();
  const changing = new Set(pending.map(([file]) => file));
  for (const { path: file, hash, twinOf } of stored.values()) {
    if (twinOf === undefined && !changing.has(file))
      originals.set(twinKey(present.get(file)?.package, hash), file);
  }
  for (const [at, [file, document]] of pending.entries()) {
    signal?.throwIfAborted();
    await writer.add(await statementsFor(file, document, stored.get(file), originals));
    if (at % 50 === 0) onProgress?.({ done: at, total: pending.length });
  }
  await writer.flush();
  onProgress?.({ done: pending.length, total: pending.length });
  return { documents: present.size, indexed: pending.length, removed: removed.length };
}

async function statementsFor(
  file: string,
  document: CorpusDocument,
  before: StoredDocument | undefined,
  originals: Map<string, string>,
): Promise<InStatement[]> {
  const text = await readDocument(document.path);
  const hash = createHash('sha256')
    .update(text ?? '')
    .digest('hex')
    .slice(0, 32);
  const key = twinKey(document.package, hash);
  const twin = text === undefined ? undefined : originals.get(key);
  if (before?.hash === hash && before.twinOf === twin) {
    if (twin === undefined) originals.set(key, file);
    return [touch(document, file)];
  }
  if (twin !== undefined && twin !== file) return replacement(document, file, hash, twin, []);
  originals.set(key, file);
  return replacement(
    document,
    file,
    hash,
    undefined,
    text === undefined ? [] : toPassages(document.kind, text),
  );
}

/** A twin whose original changed or went has to be read again, as it may have to stand for itself now. */
function hasChanged(
  document: CorpusDocument,
  before: StoredDocument | undefined,
  present: ReadonlyMap<string, CorpusDocument>,
  stored: ReadonlyMap<string, StoredDocument>,
): boolean {
  if (before === undefined) return true;
  if (before.sizeBytes !== document.sizeBytes || before.modifiedMs !== document.modifiedMs) return true;
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

  /** Statements added together stand in one transaction. */
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
