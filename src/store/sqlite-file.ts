/**
 * One SQLite file through libSQL. A commit waits for the disk, and this process waits with it: so what is to be
 * written at the same time is written in one commit, and nobody is told that it is kept before that.
 */
import { closeSync, openSync } from 'node:fs';
import Database from 'libsql';
import { BatonError } from '../contracts/errors.js';

/** How long a writer waits for another process, in milliseconds; whoever waits longer is told, and may try again. */
const PATIENCE_MS = 10_000;
/** How much of it this process does nothing else: its heartbeats must go out meanwhile. */
const BUSY_TIMEOUT_MS = 250;
const AGAIN_MS = 50;

/** A change that waits for its commit. */
interface Change {
  /** Makes it, inside a transaction; what comes back tells its owner that it is kept. */
  readonly make: () => () => void;
  readonly fail: (error: unknown) => void;
}

/** What became of some changes: kept, undone because the commit failed, or undone because one of them did. */
type Outcome = 'kept' | { readonly commit: unknown } | { readonly change: unknown };

export class SqliteFile {
  private readonly path: string;
  private readonly database: Database.Database;
  private readonly begin: Database.Statement;
  private readonly commit: Database.Statement;
  private waiting: Change[] = [];

  constructor(path: string, schema: readonly string[]) {
    this.path = path;
    // What runs say is its owner's alone, until they open it to others. SQLite's other files follow this one.
    closeSync(openSync(path, 'a', 0o600));
    this.database = new Database(path, { timeout: BUSY_TIMEOUT_MS });
    this.database.exec('pragma journal_mode = wal');
    // What Temporal has been told must outlast a loss of power too: with less than full, the last commits would not.
    this.database.exec('pragma synchronous = full');
    for (const statement of schema) this.database.exec(statement);
    this.begin = this.database.prepare('begin immediate');
    this.commit = this.database.prepare('commit');
  }

  /** Prepares a statement, once for all its uses. Where the database fails, it throws `STORE_UNAVAILABLE`. */
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
   * Makes a change, all of it or nothing, and resolves when it is on the disk. It must do nothing but run statements:
   * it is made again when another change fails with which it shared a transaction.
   *
   * @throws {BatonError} `STORE_UNAVAILABLE` where the database cannot keep it: locked for ten seconds, full, read-only.
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

  /** Writes the file anew, without what was deleted. */
  shrink(): void {
    this.database.exec('vacuum');
  }

  /** Writes what still waits, and closes the file. */
  close(): void {
    if (!this.database.open) return;
    this.flush();
    this.database.close();
  }

  /** @param until - how long it is tried again, in milliseconds since 1970, while another process holds the lock. */
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

  /** One change that fails takes nothing from the others. */
  private keepAlone(change: Change): void {
    const outcome = this.keep([change]);
    if (outcome !== 'kept')
      change.fail(this.toStoreError('commit' in outcome ? outcome.commit : outcome.change));
  }

  /** What is the database's fault says so: it is no failure of whoever wanted something kept. */
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
