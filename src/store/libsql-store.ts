/**
 * The embedded store: one SQLite file through libSQL, safe for several workers on one machine. Every change is one
 * statement or one batch, so a killed worker leaves either all of it or nothing.
 */
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { createClient, type Client, type InStatement } from '@libsql/client';
import { BatonError } from '../contracts/errors.js';
import type { Message } from '../contracts/messages.js';
import { chain } from './chain.js';
import type { EffectState, Store } from './store.js';

const SCHEMA = [
  `create table if not exists messages (
     root text not null, hash text not null, parent text, message text not null,
     primary key (root, hash)) without rowid`,
  `create table if not exists records (
     root text not null, key text not null, value text not null, kept_at text not null,
     primary key (root, key)) without rowid`,
  `create table if not exists effects (
     root text not null, effect text not null, tool text not null, args_digest text not null,
     begun_at text not null, receipt text, done_at text,
     primary key (root, effect)) without rowid`,
];

/** How long a writer waits for another process, in milliseconds. */
const BUSY_TIMEOUT_MS = 10_000;

/**
 * Opens the store, creating file and tables as needed.
 *
 * @param url `file:` and a path, e.g. `file:.baton/store.db`.
 * @throws {BatonError} `STORE_UNAVAILABLE` when it cannot be opened.
 */
export async function openLibsqlStore(url: string): Promise<Store> {
  try {
    const path = url.startsWith('file:') ? url.slice('file:'.length) : undefined;
    if (path !== undefined && path !== '') mkdirSync(dirname(path), { recursive: true });
    const client = createClient({ url, timeout: BUSY_TIMEOUT_MS });
    await client.execute('pragma journal_mode = wal');
    await client.batch(SCHEMA, 'write');
    return new LibsqlStore(client);
  } catch (error) {
    throw new BatonError(
      'STORE_UNAVAILABLE',
      `The store ${url} cannot be opened: ${String(error)}. Check the path and its permissions.`,
      { url },
      { cause: error },
    );
  }
}

class LibsqlStore implements Store {
  private readonly client: Client;

  constructor(client: Client) {
    this.client = client;
  }

  async append(root: string, head: string | null, messages: readonly Message[]): Promise<string> {
    const { newHead, inserts } = await this.addition(root, head, messages);
    await this.client.batch(inserts, 'write');
    return newHead;
  }

  async appendAndKeep(
    root: string,
    head: string | null,
    messages: readonly Message[],
    record: { readonly key: string; readonly value: (newHead: string) => string },
  ): Promise<string> {
    const { newHead, inserts } = await this.addition(root, head, messages);
    const { key } = record;
    // A commit waits for the disk, and everything in this process waits with it: so one for all of it.
    const results = await this.client.batch(
      [...inserts, insertRecord(root, key, record.value(newHead)), selectRecord(root, key)],
      'write',
    );
    const kept = results.at(-1)?.rows[0];
    if (!kept) throw missing(root, `record ${key}`);
    return text(kept['value']);
  }

  private async addition(
    root: string,
    head: string | null,
    messages: readonly Message[],
  ): Promise<{ newHead: string; inserts: InStatement[] }> {
    const links = chain(head, messages);
    const last = links.at(-1);
    if (!last) throw new TypeError('append: no messages given.');
    if (head !== null) await this.message(root, head);
    const inserts = links.map(({ hash, parent, message }) => ({
      sql: 'insert or ignore into messages (root, hash, parent, message) values (?, ?, ?, ?)',
      args: [root, hash, parent, JSON.stringify(message)],
    }));
    return { newHead: last.hash, inserts };
  }

  async conversation(root: string, head: string): Promise<Message[]> {
    const { rows } = await this.client.execute({
      sql: `with recursive talk(hash, parent, message, depth) as (
              select hash, parent, message, 0 from messages where root = ? and hash = ?
              union all
              select m.hash, m.parent, m.message, depth + 1
                from talk join messages m on m.root = ? and m.hash = talk.parent)
            select parent, message from talk order by depth desc`,
      args: [root, head, root],
    });
    const first = rows[0];
    if (!first) throw missing(root, `conversation ${head}`);
    if (first['parent'] !== null) throw missing(root, `message ${String(first['parent'])}`);
    return rows.map((row) => JSON.parse(text(row['message'])) as Message);
  }

  async message(root: string, head: string): Promise<Message> {
    const { rows } = await this.client.execute({
      sql: 'select message from messages where root = ? and hash = ?',
      args: [root, head],
    });
    if (!rows[0]) throw missing(root, `message ${head}`);
    return JSON.parse(text(rows[0]['message'])) as Message;
  }

  async record(root: string, key: string): Promise<string | undefined> {
    const { rows } = await this.client.execute(selectRecord(root, key));
    return rows[0] === undefined ? undefined : text(rows[0]['value']);
  }

  async keep(root: string, key: string, value: string): Promise<string> {
    await this.client.execute(insertRecord(root, key, value));
    const kept = await this.record(root, key);
    if (kept === undefined) throw missing(root, `record ${key}`);
    return kept;
  }

  async begin(
    root: string,
    effect: string,
    intent: { readonly tool: string; readonly argsDigest: string },
  ): Promise<EffectState> {
    const { rowsAffected } = await this.client.execute({
      sql: 'insert or ignore into effects (root, effect, tool, args_digest, begun_at) values (?, ?, ?, ?, ?)',
      args: [root, effect, intent.tool, intent.argsDigest, now()],
    });
    if (rowsAffected === 1) return { state: 'fresh' };
    const { rows } = await this.client.execute({
      sql: 'select begun_at, receipt from effects where root = ? and effect = ?',
      args: [root, effect],
    });
    const row = rows[0];
    if (!row) throw missing(root, `effect ${effect}`);
    const receipt = row['receipt'];
    return receipt === null
      ? { state: 'begun', at: text(row['begun_at']) }
      : { state: 'done', receipt: text(receipt) };
  }

  async complete(root: string, effect: string, receipt: string): Promise<void> {
    await this.client.execute({
      sql: 'update effects set receipt = ?, done_at = ? where root = ? and effect = ? and receipt is null',
      args: [receipt, now(), root, effect],
    });
  }

  async abandon(root: string, effect: string): Promise<void> {
    await this.client.execute({
      sql: 'delete from effects where root = ? and effect = ? and receipt is null',
      args: [root, effect],
    });
  }

  async deleteRoot(root: string): Promise<void> {
    await this.client.batch(
      ['messages', 'records', 'effects'].map((table) => ({
        sql: `delete from ${table} where root = ?`,
        args: [root],
      })),
      'write',
    );
  }

  async size(root: string): Promise<number> {
    const { rows } = await this.client.execute({
      sql: `select (select coalesce(sum(length(message)), 0) from messages where root = ?)
                 + (select coalesce(sum(length(value)), 0) from records where root = ?)
                 + (select coalesce(sum(length(receipt)), 0) from effects where root = ?) as bytes`,
      args: [root, root, root],
    });
    return Number(rows[0]?.['bytes'] ?? 0);
  }

  close(): void {
    this.client.close();
  }
}

function insertRecord(root: string, key: string, value: string): InStatement {
  return {
    sql: 'insert or ignore into records (root, key, value, kept_at) values (?, ?, ?, ?)',
    args: [root, key, value, now()],
  };
}

function selectRecord(root: string, key: string): InStatement {
  return { sql: 'select value from records where root = ? and key = ?', args: [root, key] };
}

function missing(root: string, what: string): BatonError {
  return new BatonError(
    'STORE_MISSING',
    `The store has no ${what} of root ${root}. Does this worker use the same store as the one that began the run?`,
    { root },
  );
}

function now(): string {
  return new Date().toISOString();
}

function text(value: unknown): string {
  if (typeof value === 'string') return value;
  throw new TypeError(`The store holds a ${typeof value} where text was expected.`);
}
