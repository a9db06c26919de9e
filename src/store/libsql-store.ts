/**
 * The embedded store: one SQLite file through libSQL, safe for several workers on one machine. Every change is one
 * transaction, which is on the disk before it is acknowledged. A killed worker therefore leaves a complete change or no
 * change.
 */
import { SCHEMA, type Statements, prepareAll, findRow, listRows, readTextColumn } from './statements.js';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BatonError } from '../contracts/errors.js';
import type { Message } from '../contracts/handoff/messages.js';
import { chainMessages, computeDigest, type Link } from './chain.js';
import { beginEffect, deleteIntent, listEffects, toKnownEffect } from './effect-table.js';
import { compareAndSet, listKeys, findVersion } from './memory-table.js';
import { SqliteFile } from './sqlite-file.js';
import type {
  EffectIntent,
  EffectState,
  KnownEffect,
  MemoryKeyState,
  MemoryVersion,
  MemoryWrite,
  Store,
  StoredEffect,
  StoredRecord,
  StoredRoot,
  WriteOutcome,
} from './store.js';

/**
 * Opens the store, and creates the file and tables if needed.
 *
 * @param url `file:` and a path, e.g. `file:.baton/store.db`.
 * @throws {BatonError} `STORE_UNAVAILABLE` when it cannot be opened.
 */
export async function openLibsqlStore(url: string): Promise<Store> {
  try {
    const path = toFilePath(url);
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    return await Promise.resolve(new LibsqlStore(new SqliteFile(path, SCHEMA), path));
  } catch (error) {
    throw new BatonError(
      'STORE_UNAVAILABLE',
      `The store ${url} cannot be opened: ${String(error)}. Check the path and its permissions.`,
      { url },
      { cause: error },
    );
  }
}

/** @throws {TypeError} for a URL that does not name a file. */
export function toFilePath(url: string): string {
  if (url.startsWith('file://')) return fileURLToPath(url);
  const path = url.startsWith('file:') ? url.slice('file:'.length) : '';
  if (path === '') throw new TypeError('a store is named by "file:" and a path');
  return path;
}

/** Replaces an action's result once the texts of its run are deleted. */
const EMPTIED_RECEIPT = JSON.stringify({ ok: true, content: 'It was done; what it gave has been deleted.' });

class LibsqlStore implements Store {
  readonly identity: string;
  readonly file: string;
  private readonly database: SqliteFile;
  private readonly statements: Statements;

  constructor(database: SqliteFile, file: string) {
    this.database = database;
    this.file = file;
    this.statements = prepareAll(database);
    this.identity = readTextColumn(findRow(this.statements.identity) ?? {}, 'id');
  }

  async append(root: string, head: string | null, messages: readonly Message[]): Promise<string> {
    const { links, newHead } = linkMessages(head, messages);
    await this.database.write(() => this.add(root, head, links));
    return newHead;
  }

  async appendAndKeep(
    root: string,
    head: string | null,
    messages: readonly Message[],
    record: { readonly key: string; readonly value: (newHead: string) => string },
  ): Promise<string> {
    const { links, newHead } = linkMessages(head, messages);
    const value = record.value(newHead);
    return this.database.write(() => {
      this.add(root, head, links);
      return this.keepFirst(root, record.key, value);
    });
  }

  async conversation(root: string, head: string): Promise<Message[]> {
    const rows = listRows(this.statements.conversation, root, head);
    const first = rows[0];
    if (!first) throw createMissingError(root, `conversation ${head}`);
    if (first['parent'] !== null)
      throw createMissingError(root, `message ${readTextColumn(first, 'parent')}`);
    return Promise.resolve(rows.map((row) => JSON.parse(readTextColumn(row, 'message')) as Message));
  }

  async message(root: string, head: string): Promise<Message> {
    const row = findRow(this.statements.message, root, head);
    if (!row) throw createMissingError(root, `message ${head}`);
    return Promise.resolve(JSON.parse(readTextColumn(row, 'message')) as Message);
  }

  async record(root: string, key: string): Promise<string | undefined> {
    return Promise.resolve(this.recordOf(root, key));
  }

  async records(root: string, prefix: string): Promise<StoredRecord[]> {
    const rows = await Promise.resolve(listRows(this.statements.records, root, prefix));
    return rows.map((row) => ({ value: readTextColumn(row, 'value'), at: readTextColumn(row, 'kept_at') }));
  }

  keep(root: string, key: string, value: string): Promise<string> {
    return this.database.write(() => this.keepFirst(root, key, value));
  }

  begin(root: string, effect: string, intent: EffectIntent): Promise<EffectState> {
    return this.database.write(() =>
      beginEffect(this.statements, { root, effect, now: readClock() }, intent),
    );
  }

  async effect(root: string, effect: string, intent: EffectIntent): Promise<KnownEffect | undefined> {
    const row = await Promise.resolve(findRow(this.statements.effect, root, effect));
    return row && toKnownEffect(row, intent);
  }

  async effects(root: string): Promise<StoredEffect[]> {
    return Promise.resolve(listEffects(this.statements, root));
  }

  complete(root: string, effect: string, receipt: string): Promise<void> {
    return this.database.write(() => {
      this.statements.completeEffect.run(receipt, readClock(), root, effect);
    });
  }

  abandon(root: string, effect: string): Promise<void> {
    return this.database.write(() => {
      deleteIntent(this.statements, root, effect);
    });
  }

  remember(root: string, write: MemoryWrite): Promise<WriteOutcome> {
    const { agent: _agent, step, ...written } = write;
    const key = `memory:${step}:${computeDigest(written).slice(0, 16)}`;
    return this.database.write(() => {
      const earlier = this.recordOf(root, key);
      if (earlier !== undefined) return JSON.parse(earlier) as WriteOutcome;
      const outcome = compareAndSet(this.statements, root, write, readClock());
      this.keepFirst(root, key, JSON.stringify(outcome));
      return outcome;
    });
  }

  async recall(
    root: string,
    at: { readonly namespace: string; readonly key: string },
    version?: number,
  ): Promise<MemoryVersion | undefined> {
    return Promise.resolve(findVersion(this.statements, root, at, version));
  }

  async memoryKeys(root: string, namespace: string): Promise<MemoryKeyState[]> {
    return Promise.resolve(listKeys(this.statements, root, namespace));
  }

  deleteRoot(root: string): Promise<void> {
    const { deleteMessages, deleteRecords, deleteMemory, emptyReceipts } = this.statements;
    return this.database.write(() => {
      for (const statement of [deleteMessages, deleteRecords, deleteMemory]) statement.run(root);
      emptyReceipts.run(root, EMPTIED_RECEIPT);
    });
  }

  async roots(): Promise<StoredRoot[]> {
    const rows = await Promise.resolve(listRows(this.statements.roots, EMPTIED_RECEIPT));
    return rows.map((row) => ({
      root: readTextColumn(row, 'root'),
      ...(row['newest'] === null ? {} : { newestAt: readTextColumn(row, 'newest') }),
      bytes: Number(row['bytes'] ?? 0),
    }));
  }

  async shrink(): Promise<void> {
    await Promise.resolve(this.database.shrink());
  }

  async size(root: string): Promise<number> {
    const row = findRow(this.statements.size, root);
    return Promise.resolve(Number(row?.['bytes'] ?? 0));
  }

  close(): void {
    this.database.close();
  }

  private add(root: string, head: string | null, links: readonly Link[]): void {
    if (head !== null && !this.statements.hasMessage.get(root, head))
      throw createMissingError(root, `message ${head}`);
    for (const { hash, parent, message } of links) {
      this.statements.addMessage.run(root, hash, parent, JSON.stringify(message));
    }
  }

  private keepFirst(root: string, key: string, value: string): string {
    const { changes } = this.statements.addRecord.run(root, key, value, readClock());
    if (changes === 1) return value;
    const kept = this.recordOf(root, key);
    if (kept === undefined) throw createMissingError(root, `record ${key}`);
    return kept;
  }

  private recordOf(root: string, key: string): string | undefined {
    const row = findRow(this.statements.record, root, key);
    return row === undefined ? undefined : readTextColumn(row, 'value');
  }
}

function linkMessages(head: string | null, messages: readonly Message[]): { links: Link[]; newHead: string } {
  const links = chainMessages(head, messages);
  const last = links.at(-1);
  if (!last) throw new TypeError('append: no messages given.');
  return { links, newHead: last.hash };
}

function createMissingError(root: string, what: string): BatonError {
  return new BatonError(
    'STORE_MISSING',
    `The store has no ${what} of root ${root}. Does this worker use the same store as the one that began the run?`,
    { root },
  );
}

function readClock(): string {
  return new Date().toISOString();
}
