/**
 * The index file: documents and their passages in SQLite, the passages' words in an FTS5 table that triggers keep in
 * step. It is a cache: deleting it costs the time to build it again.
 */
import { createHash } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Client, createClient, type InStatement } from '@libsql/client';
import type { CorpusDocument } from './documents.js';
import { hiddenWords } from './hidden-words.js';
import type { Passage } from './passages.js';

/** Part of the file's name: another way to cut or store passages makes another file. */
const INDEX_VERSION = 9;
const BUSY_TIMEOUT_MS = 20_000;

const COLUMNS = 'package, heading, name, text, hidden';

const SCHEMA = [
  `CREATE TABLE IF NOT EXISTS documents (
     path TEXT PRIMARY KEY, package TEXT, size_bytes INTEGER NOT NULL, modified_ms INTEGER NOT NULL,
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
];

export interface StoredDocument {
  readonly path: string;
  readonly sizeBytes: number;
  readonly modifiedMs: number;
  readonly hash: string;
  /** A document of the same package with the same content, whose passages stand for this one's too. */
  readonly twinOf: string | undefined;
}

/** Where the index of a corpus lies. */
export function indexFile(cacheFolder: string, root: string): string {
  const hash = createHash('sha256').update(`${INDEX_VERSION}\n${root}`).digest('hex').slice(0, 16);
  return path.join(cacheFolder, `corpus-${hash}.db`);
}

/** Opens the index, making it where there is none. A file that is no sound database is replaced. */
export async function openIndex(file: string): Promise<Client> {
  await mkdir(path.dirname(file), { recursive: true });
  try {
    return await open(file);
  } catch (error) {
    if (!/NOTADB|CORRUPT|malformed|not a database/i.test(String(error))) throw error;
    for (const suffix of ['', '-wal', '-shm']) await rm(file + suffix, { force: true });
    return open(file);
  }
}

async function open(file: string): Promise<Client> {
  const client = createClient({ url: pathToFileURL(file).href, timeout: BUSY_TIMEOUT_MS });
  try {
    await client.execute('PRAGMA journal_mode = WAL');
    await client.batch(SCHEMA, 'write');
    return client;
  } catch (error) {
    client.close();
    throw error;
  }
}

export async function storedDocuments(client: Client): Promise<Map<string, StoredDocument>> {
  const { rows } = await client.execute('SELECT path, size_bytes, modified_ms, hash, twin_of FROM documents');
  return new Map(
    rows.map((row) => [
      String(row['path']),
      {
        path: String(row['path']),
        sizeBytes: Number(row['size_bytes']),
        modifiedMs: Number(row['modified_ms']),
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

/** What replaces a document and its passages, however often and by how many processes it is done. */
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
      sql: 'INSERT INTO documents (path, package, size_bytes, modified_ms, hash, twin_of) VALUES (?, ?, ?, ?, ?, ?)',
      args: [file, owner, document.sizeBytes, document.modifiedMs, hash, twinOf ?? null],
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
    sql: 'UPDATE documents SET size_bytes = ?, modified_ms = ? WHERE path = ?',
    args: [document.sizeBytes, document.modifiedMs, file],
  };
}
