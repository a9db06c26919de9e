/**
 * One SQLite file through libSQL. A commit waits for the disk, and this process waits with it: so what is to be
 * written at the same time is written in one commit, and nobody is told that it is kept before that.
 */
import Database from 'libsql';

/** How long a writer waits for another process, in milliseconds. */
const BUSY_TIMEOUT_MS = 10_000;

/** A change that waits for its commit. */
interface Change {
  /** Makes it, inside a transaction; what comes back tells its owner that it is kept. */
  readonly make: () => () => void;
  readonly fail: (error: unknown) => void;
}

/** What became of some changes: kept, undone because the commit failed, or undone because one of them did. */
type Outcome = 'kept' | { readonly commit: unknown } | { readonly change: unknown };

export class SqliteFile {
  private readonly database: Database.Database;
  private readonly begin: Database.Statement;
  private readonly commit: Database.Statement;
  private waiting: Change[] = [];

  constructor(path: string, schema: readonly string[]) {
    this.database = new Database(path, { timeout: BUSY_TIMEOUT_MS });
    this.database.exec('pragma journal_mode = wal');
    // What Temporal has been told must outlast a loss of power too: with less than full, the last commits would not.
    this.database.exec('pragma synchronous = full');
    for (const statement of schema) this.database.exec(statement);
    this.begin = this.database.prepare('begin immediate');
    this.commit = this.database.prepare('commit');
  }

  /** Prepares a statement, once for all its uses. */
  prepare(sql: string): Database.Statement {
    return this.database.prepare(sql);
  }

  /**
   * Makes a change, all of it or nothing, and resolves when it is on the disk. It must do nothing but run statements:
   * it is made again when another change fails with which it shared a transaction.
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
      if (first) setImmediate(() => this.flush());
    });
  }

  /** Writes what still waits, and closes the file. */
  close(): void {
    if (!this.database.open) return;
    this.flush();
    this.database.close();
  }

  private flush(): void {
    const changes = this.waiting;
    this.waiting = [];
    if (changes.length === 0) return;
    const outcome = this.keep(changes);
    if (outcome === 'kept') return;
    if ('commit' in outcome) for (const { fail } of changes) fail(outcome.commit);
    else for (const change of changes) this.keepAlone(change);
  }

  /** One change that fails takes nothing from the others. */
  private keepAlone(change: Change): void {
    const outcome = this.keep([change]);
    if (outcome !== 'kept') change.fail('commit' in outcome ? outcome.commit : outcome.change);
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
