/**
 * A database in one SQLite file, created from shipped statements on first use. Several processes can open it
 * at once: the first creates it in one transaction, and the others wait.
 */
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'libsql';
import { z } from 'zod';

/** How long a process waits for another, in milliseconds. */
const BUSY_TIMEOUT_MS = 10_000;

const Version = z.object({ user_version: z.number().int() });

type Value = string | number | null;

/** The source of a new file. */
export interface Origin {
  /** The database's name in messages. */
  readonly what: string;
  /** Stored in the finished file. Other scripts need another number, and a new file. */
  readonly version: number;
  /** Next to this module, in order. */
  readonly scripts: readonly string[];
  /** Encrypts the file, which cannot be opened without it. */
  readonly key?: string;
}

export class SqliteFile {
  readonly file: string;
  private readonly database: Database.Database;

  /** Opens the file, and creates it if it is missing or unfinished. */
  constructor(file: string, origin: Origin) {
    this.file = file;
    mkdirSync(path.dirname(file), { recursive: true });
    const encrypted = origin.key === undefined ? {} : { encryptionKey: origin.key };
    this.database = new Database(file, { timeout: BUSY_TIMEOUT_MS, ...encrypted });
    try {
      this.database.exec('pragma foreign_keys = on');
      this.make(origin);
    } catch (error) {
      this.database.close();
      throw error;
    }
  }

  /** All rows of a query, each validated. */
  all<T>(row: z.ZodType<T>, sql: string, ...values: Value[]): T[] {
    return row.array().parse(this.database.prepare(sql).all(...values));
  }

  /** The first row of a query. */
  first<T>(row: z.ZodType<T>, sql: string, ...values: Value[]): T | undefined {
    return this.all(row, sql, ...values)[0];
  }

  run(sql: string, ...values: Value[]): void {
    this.database.prepare(sql).run(...values);
  }

  /** Makes a change atomically, and never at the same time as another process. */
  change<T>(body: () => T): T {
    this.database.exec('begin immediate');
    try {
      const value = body();
      this.database.exec('commit');
      return value;
    } catch (error) {
      if (this.database.inTransaction) this.database.exec('rollback');
      throw error;
    }
  }

  close(): void {
    if (this.database.open) this.database.close();
  }

  /**
   * The version is in the file's header and is written together with the rows, so a file with this version is
   * complete.
   */
  private make({ what, version: wanted, scripts }: Origin): void {
    if (this.version() === wanted) return;
    this.change(() => {
      const version = this.version();
      if (version === wanted) return;
      if (version !== 0)
        throw new Error(
          `${this.file} has version ${version} of ${what}, and this desk wants ${wanted}. Delete it to start again.`,
        );
      for (const script of scripts) this.database.exec(shipped(script));
      this.database.exec(`pragma user_version = ${wanted}`);
    });
  }

  private version(): number {
    return this.first(Version, 'pragma user_version')?.user_version ?? 0;
  }
}

function shipped(name: string): string {
  return readFileSync(new URL(name, import.meta.url), 'utf8');
}
