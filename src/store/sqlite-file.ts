/**
 * One SQLite file through libSQL. A commit waits for the disk and blocks this process. Concurrent writes therefore share
 * one commit, and each is acknowledged only after it.
 */
import { closeSync, openSync } from 'node:fs';
import Database from 'libsql';
import { BatonError } from '../contracts/errors.js';

/** How long a writer waits for another process, in milliseconds. After that it fails, and may retry. */
const PATIENCE_MS = 10_000;
/** How long this process blocks during that wait: its heartbeats must be sent meanwhile. */
const BUSY_TIMEOUT_MS = 250;
const AGAIN_MS = 50;

/** A change that waits for its commit. */
interface Change {
  /** Makes the change inside a transaction; the returned function acknowledges it to its owner. */
  readonly make: () => () => void;
  readonly fail: (error: unknown) => void;
}

/** The outcome of changes: kept, undone because the commit failed, or undone because one of them failed. */
type Outcome = 'kept' | { readonly commit: unknown } | { readonly change: unknown };

export class SqliteFile {
  private readonly path: string;
  private readonly database: Database.Database;
  private readonly begin: Database.Statement;
  private readonly commit: Database.Statement;
  private waiting: Change[] = [];

  constructor(path: string, schema: readonly string[]) {
    this.path = path;
    // Only the owner may read what runs say, until they open it to others. SQLite's other files copy this file's mode.
    closeSync(openSync(path, 'a', 0o600));
    this.database = new Database(path, { timeout: BUSY_TIMEOUT_MS });
    this.database.exec('pragma journal_mode = wal');
    // Data that Temporal relies on must survive a power loss. With less than full, the last commits would not.
    this.database.exec('pragma synchronous = full');
    for (const statement of schema) this.database.exec(statement);
    this.begin = this.database.prepare('begin immediate');
    this.commit = this.database.prepare('commit');
  }

  /** Prepares a statement, once for all its uses. Throws `STORE_UNAVAILABLE` when the database fails. */
  prepare(sql: string): Database.Statement {
    const statement = this.database.prepare(sql);
    for (const name of ['get', 'all', 'run'] as const) {
      const original = statement[name].bind(statement) as (...args: unknown[]) => never;
      statement[name] = (...args: unknown[]) => {
        try {
          return original(...args);
        } catch (error) {
          throw this.toStoreError(error);
        }
      };
    }
    return statement;
  }

  /**
   * Makes a change completely or not at all, and resolves when it is on the disk. It must only run statements, because it
   * runs again when another change in the same transaction fails.
   *
   * @throws {BatonError} `STORE_UNAVAILABLE` when the database cannot keep it: locked for ten seconds, full, read-only.
   */
  write<T>(change: () => T): Promise<T> {
    return new Promise((resolve, reject) => {
      const first = this.waiting.length === 0;
      this.waiting.push({
        make: () => {
          const value = change();
          return () => resolve(value);
        },
        fail: reject,
      });
      if (first) setImmediate(() => this.flush(Date.now() + PATIENCE_MS));
    });
  }

  /** Rewrites the file without the deleted data. */
  shrink(): void {
    this.database.exec('vacuum');
  }

  /** Writes the pending changes, and closes the file. */
  close(): void {
    if (!this.database.open) return;
    this.flush();
    this.database.close();
  }

  /** @param until - until when it is retried while another process has the lock, in milliseconds since 1970. */
  private flush(until = 0): void {
    const changes = this.waiting;
    this.waiting = [];
    if (changes.length === 0 || !this.database.open) return;
    const outcome = this.keep(changes);
    if (outcome === 'kept') return;
    if ('change' in outcome) for (const change of changes) this.keepAlone(change);
    else if (isLocked(outcome.commit) && Date.now() < until) {
      this.waiting = changes;
      setTimeout(() => this.flush(until), AGAIN_MS);
    } else for (const { fail } of changes) fail(this.toStoreError(outcome.commit));
  }

  /** A failing change does not affect the others. */
  private keepAlone(change: Change): void {
    const outcome = this.keep([change]);
    if (outcome !== 'kept')
      change.fail(this.toStoreError('commit' in outcome ? outcome.commit : outcome.change));
  }

  /** Marks a failure of the database as such: the caller did nothing wrong. */
  private toStoreError(error: unknown): unknown {
    if (!readErrorCode(error).startsWith('SQLITE_')) return error;
    return new BatonError(
      'STORE_UNAVAILABLE',
      `The store ${this.path} does not answer (${readErrorCode(error)}): ${String(error)}`,
      { file: this.path },
      { cause: error },
    );
  }

  private keep(changes: readonly Change[]): Outcome {
    let settle: (() => void)[];
    try {
      this.begin.run();
      try {
        settle = changes.map(({ make }) => make());
      } catch (change) {
        this.rollBack();
        return { change };
      }
      this.commit.run();
    } catch (commit) {
      this.rollBack();
      return { commit };
    }
    for (const tell of settle) tell();
    return 'kept';
  }

  private rollBack(): void {
    if (this.database.inTransaction) this.database.exec('rollback');
  }
}

function readErrorCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

const isLocked = (error: unknown): boolean => readErrorCode(error).startsWith('SQLITE_BUSY');
