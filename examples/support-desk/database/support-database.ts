/**
 * The shop's database: one SQLite file, made from the shipped seed on first use. Several processes may open it at
 * once: the first makes it in one transaction, the others wait and find it made.
 */
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'libsql';
import { z } from 'zod';

/** How long a process waits for another, in milliseconds. */
const BUSY_TIMEOUT_MS = 10_000;
/** Stands in the file once it is made. Another seed or schema wants another number, and a new file. */
const VERSION = 1;

const Version = z.object({ user_version: z.number().int() });

type Value = string | number | null;

export class SupportDatabase {
  readonly file: string;
  private readonly database: Database.Database;

  /** Opens the file, and makes it from the seed when it is not there or not finished. */
  constructor(file: string) {
    this.file = file;
    mkdirSync(path.dirname(file), { recursive: true });
    this.database = new Database(file, { timeout: BUSY_TIMEOUT_MS });
    try {
      this.database.exec('pragma foreign_keys = on');
      this.make();
    } catch (error) {
      this.database.close();
      throw error;
    }
  }

  /** All rows of a query, each of them checked. */
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

  /** Makes a change that is kept whole or not at all, and that no other process makes at the same time. */
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

  /** The version stands in the file's head and is written with the rows, so a file that bears it is whole. */
  private make(): void {
    if (this.version() === VERSION) return;
    this.change(() => {
      const version = this.version();
      if (version === VERSION) return;
      if (version !== 0)
        throw new Error(
          `${this.file} has version ${version} of the shop, and this desk wants ${VERSION}. Delete it to begin anew.`,
        );
      this.database.exec(shipped('schema.sql'));
      this.database.exec(shipped('seed.sql'));
      this.database.exec(`pragma user_version = ${VERSION}`);
    });
  }

  private version(): number {
    return this.first(Version, 'pragma user_version')?.user_version ?? 0;
  }
}

function shipped(name: string): string {
  return readFileSync(new URL(name, import.meta.url), 'utf8');
}
