/** The tables of the store, the statements on them, each prepared once, and the rows that they return. */
import type Database from 'libsql';
import type { SqliteFile } from './sqlite-file.js';

export const SCHEMA = [
  'create table if not exists identity (one integer primary key check (one = 1), id text not null)',
  'insert or ignore into identity (one, id) values (1, lower(hex(randomblob(6))))',
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
  `create table if not exists spent (
     signature text not null primary key, root text not null, action text not null, effect text not null,
     at text not null) without rowid`,
  `create table if not exists memory (
     root text not null, namespace text not null, key text not null, version integer not null,
     value text not null, agent text not null, step text not null, written_at text not null,
     primary key (root, namespace, key, version)) without rowid`,
];

const STATEMENTS = {
  identity: 'select id from identity',
  addMessage: 'insert or ignore into messages (root, hash, parent, message) values (?, ?, ?, ?)',
  hasMessage: 'select 1 from messages where root = ? and hash = ?',
  message: 'select message from messages where root = ? and hash = ?',
  conversation: `with recursive talk(hash, parent, message, depth) as (
      select hash, parent, message, 0 from messages where root = ?1 and hash = ?2
      union all
      select m.hash, m.parent, m.message, depth + 1
        from talk join messages m on m.root = ?1 and m.hash = talk.parent)
    select parent, message from talk order by depth desc`,
  addRecord: 'insert or ignore into records (root, key, value, kept_at) values (?, ?, ?, ?)',
  record: 'select value from records where root = ? and key = ?',
  records:
    'select value, kept_at from records where root = ?1 and substr(key, 1, length(?2)) = ?2 order by kept_at, key',
  beginEffect:
    'insert or ignore into effects (root, effect, tool, args_digest, begun_at) values (?, ?, ?, ?, ?)',
  effect: 'select tool, args_digest, begun_at, receipt from effects where root = ? and effect = ?',
  effects: 'select effect, tool, args_digest, receipt from effects where root = ? order by begun_at, effect',
  completeEffect:
    'update effects set receipt = ?, done_at = ? where root = ? and effect = ? and receipt is null',
  abandonEffect: 'delete from effects where root = ? and effect = ? and receipt is null',
  spend: 'insert or ignore into spent (signature, root, action, effect, at) values (?, ?, ?, ?, ?)',
  spent: 'select root, action, effect, at from spent where signature = ?',
  freeSpent: 'delete from spent where root = ? and effect = ?',
  addMemory: `insert into memory (root, namespace, key, version, value, agent, step, written_at)
    values (?, ?, ?, ?, ?, ?, ?, ?)`,
  memoryNewest:
    'select * from memory where root = ? and namespace = ? and key = ? order by version desc limit 1',
  memoryVersion: 'select * from memory where root = ? and namespace = ? and key = ? and version = ?',
  memoryKeys: `select key, version, agent, written_at from memory m where root = ?1 and namespace = ?2
      and version = (select max(version) from memory where root = ?1 and namespace = ?2 and key = m.key)
    order by key`,
  memoryKeyCount: 'select count(*) as keys from memory where root = ? and namespace = ? and version = 1',
  deleteMessages: 'delete from messages where root = ?',
  deleteRecords: 'delete from records where root = ?',
  emptyReceipts: 'update effects set receipt = ?2 where root = ?1 and receipt is not null',
  deleteMemory: 'delete from memory where root = ?',
  roots: `select root, max(at) as newest, sum(bytes) as bytes from (
      select root, null as at, length(message) as bytes from messages
      union all select root, kept_at, length(value) from records
      union all select root, coalesce(done_at, begun_at), length(receipt) from effects where receipt <> ?1
      union all select root, written_at, length(value) from memory)
    where root <> '' group by root order by newest`,
  size: `select (select coalesce(sum(length(message)), 0) from messages where root = ?1)
              + (select coalesce(sum(length(value)), 0) from records where root = ?1)
              + (select coalesce(sum(length(receipt)), 0) from effects where root = ?1)
              + (select coalesce(sum(length(value)), 0) from memory where root = ?1) as bytes`,
} as const;

export type Statements = Readonly<Record<keyof typeof STATEMENTS, Database.Statement>>;

export function prepareAll(file: SqliteFile): Statements {
  const prepared = Object.entries(STATEMENTS).map(([name, sql]) => [name, file.prepare(sql)] as const);
  return Object.fromEntries(prepared) as Statements;
}

export type Row = Readonly<Record<string, unknown>>;

export function findRow(
  statement: Database.Statement,
  ...args: readonly (string | number)[]
): Row | undefined {
  return statement.get(...args) as Row | undefined;
}

export function listRows(statement: Database.Statement, ...args: readonly (string | number)[]): Row[] {
  return statement.all(...args) as Row[];
}

export function readTextColumn(row: Row, column: string): string {
  return toText(row[column]);
}

export function readNumberColumn(row: Row, column: string): number {
  const value = row[column];
  if (typeof value === 'number') return value;
  throw new TypeError(`The store holds a ${typeof value} where a number was expected.`);
}

export function toText(value: unknown): string {
  if (typeof value === 'string') return value;
  throw new TypeError(`The store holds a ${typeof value} where text was expected.`);
}
