/**
 * The index file: documents and their passages in SQLite, and the passages' words in an FTS5 table that
 * triggers keep in sync. It is a cache: deleting it only costs the time to build it again.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Client, createClient, type InStatement } from '@libsql/client';
import { withBuilderLock } from './builder-lock.js';
import type { CorpusDocument } from './documents.js';
import { hiddenWords } from './hidden-words.js';
import type { Passage } from './passages.js';

/** Part of the file's name, so that another way to cut or store passages uses another file. */
const INDEX_VERSION = 11;
const BUSY_TIMEOUT_MS = 20_000;

const COLUMNS = 'package, heading, name, text, hidden';

const SCHEMA = [
  `CREATE TABLE IF NOT EXISTS documents (
     path TEXT PRIMARY KEY, package TEXT, size_bytes INTEGER NOT NULL, changed_us INTEGER NOT NULL,
     hash TEXT NOT NULL, twin_of TEXT) WITHOUT ROWID`,
  'CREATE INDEX IF NOT EXISTS documents_hash ON documents (hash)',
  `CREATE TABLE IF NOT EXISTS passages (
     id INTEGER PRIMARY KEY, path TEXT NOT NULL, start_line INTEGER NOT NULL, end_line INTEGER NOT NULL,
     weight REAL NOT NULL, package TEXT NOT NULL, heading TEXT NOT NULL, name TEXT NOT NULL, text TEXT NOT NULL,
     hidden TEXT NOT NULL)`,
  'CREATE INDEX IF NOT EXISTS passages_path ON passages (path)',
  `CREATE VIRTUAL TABLE IF NOT EXISTS passage_words USING fts5(${COLUMNS},
     content='passages', content_rowid='id', tokenize='porter unicode61 remove_diacritics 2')`,
  `CREATE TRIGGER IF NOT EXISTS passages_added AFTER INSERT ON passages BEGIN
     INSERT INTO passage_words (rowid, ${COLUMNS})
     VALUES (new.id, new.package, new.heading, new.name, new.text, new.hidden); END`,
  `CREATE TRIGGER IF NOT EXISTS passages_removed AFTER DELETE ON passages BEGIN
     INSERT INTO passage_words (passage_words, rowid, ${COLUMNS})
     VALUES ('delete', old.id, old.package, old.heading, old.name, old.text, old.hidden); END`,
  // One row during a build, for the processes that wait for it.
  'CREATE TABLE IF NOT EXISTS build (id INTEGER PRIMARY KEY CHECK (id = 1), done INTEGER NOT NULL, total INTEGER NOT NULL)',
  // Last, so that an index with this version has everything above.
  `PRAGMA user_version = ${INDEX_VERSION}`,
];

export interface StoredDocument {
  readonly path: string;
  readonly sizeBytes: number;
  readonly changedUs: number;
  readonly hash: string;
  /** A document of the same package with the same content; its passages also represent this one. */
  readonly twinOf: string | undefined;
}

/** The path of a corpus's index. */
export function indexFile(cacheFolder: string, root: string): string {
  const hash = createHash('sha256').update(`${INDEX_VERSION}\n${root}`).digest('hex').slice(0, 16);
  return path.join(cacheFolder, `corpus-${hash}.db`);
}

/** Opens the index, and creates it if missing. A damaged database is replaced. */
export async function openIndex(file: string): Promise<Client> {
  const present = await opened(file);
  if (present) return present;
  // If several processes find no index, only one creates it.
  return withBuilderLock(file, async () => (await opened(file)) ?? (await made(file)));
}

/** An index that is complete and undamaged, as far as a quick check shows. */
async function opened(file: string): Promise<Client | undefined> {
  if (!existsSync(file)) return undefined;
  const client = connectTo(file);
  try {
    const { rows } = await client.execute('PRAGMA user_version');
    if (Number(rows[0]?.['user_version']) === INDEX_VERSION) return client;
  } catch (error) {
    client.close();
    if (isUnsound(error)) return undefined;
    throw error;
  }
  client.close();
  return undefined;
}

async function made(file: string): Promise<Client> {
  for (const suffix of ['', '-wal', '-shm']) await rm(file + suffix, { force: true });
  // SQLite gives its extra files the same mode. The documents may be private.
  await writeFile(file, '', { mode: 0o600 });
  const client = connectTo(file);
  try {
    await client.execute('PRAGMA journal_mode = WAL');
    await client.batch(SCHEMA, 'write');
    return client;
  } catch (error) {
    client.close();
    throw error;
  }
}

function connectTo(file: string): Client {
  return createClient({ url: pathToFileURL(file).href, timeout: BUSY_TIMEOUT_MS });
}

function isUnsound(error: unknown): boolean {
  return /NOTADB|CORRUPT|malformed|not a database/i.test(String(error));
}

/** The progress of a build in another process, if there is one. */
export async function buildProgress(client: Client): Promise<{ done: number; total: number } | undefined> {
  const { rows } = await client.execute('SELECT done, total FROM build');
  const row = rows[0];
  return row === undefined ? undefined : { done: Number(row['done']), total: Number(row['total']) };
}

export function noteProgress(done: number, total: number): InStatement {
  return { sql: 'INSERT OR REPLACE INTO build (id, done, total) VALUES (1, ?, ?)', args: [done, total] };
}

export const NO_PROGRESS: InStatement = 'DELETE FROM build';

export async function storedDocuments(client: Client): Promise<Map<string, StoredDocument>> {
  const { rows } = await client.execute('SELECT path, size_bytes, changed_us, hash, twin_of FROM documents');
  return new Map(
    rows.map((row) => [
      String(row['path']),
      {
        path: String(row['path']),
        sizeBytes: Number(row['size_bytes']),
        changedUs: Number(row['changed_us']),
        hash: String(row['hash']),
        twinOf: row['twin_of'] === null ? undefined : String(row['twin_of']),
      },
    ]),
  );
}

export function removal(file: string): InStatement[] {
  return [
    { sql: 'DELETE FROM passages WHERE path = ?', args: [file] },
    { sql: 'DELETE FROM documents WHERE path = ?', args: [file] },
  ];
}

/** The statements that replace a document and its passages. They can be repeated, and run in several processes. */
export function replacement(
  document: CorpusDocument,
  file: string,
  hash: string,
  twinOf: string | undefined,
  passages: readonly Passage[],
): InStatement[] {
  const owner = document.package ?? '';
  const name = file
    .split('/')
    .slice(-2)
    .join(' ')
    .replace(/[^\p{L}\p{N}]+/gu, ' ');
  return [
    ...removal(file),
    {
      sql: 'INSERT INTO documents (path, package, size_bytes, changed_us, hash, twin_of) VALUES (?, ?, ?, ?, ?, ?)',
      args: [file, owner, document.sizeBytes, document.changedUs, hash, twinOf ?? null],
    },
    ...passages.map((passage) => ({
      sql: `INSERT INTO passages (path, start_line, end_line, weight, ${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      args: [
        file,
        passage.startLine,
        passage.endLine,
        document.weight * passage.weight,
        owner,
        passage.heading.join(' › '),
        name,
        passage.text,
        hiddenWords(`${passage.heading.join(' ')}\n${passage.text}`),
      ],
    })),
  ];
}

export function touch(document: CorpusDocument, file: string): InStatement {
  return {
    sql: 'UPDATE documents SET size_bytes = ?, changed_us = ? WHERE path = ?',
    args: [document.sizeBytes, document.changedUs, file],
  };
}
