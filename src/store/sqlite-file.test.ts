import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type Database from 'libsql';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { SqliteFile } from './sqlite-file.js';

const SCHEMA = ['create table if not exists words (word text primary key)'];

let folder = '';
let file: SqliteFile;
let other: SqliteFile;
let insert: Database.Statement;
let seenByOthers: () => unknown[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'baton-sqlite-'));
  file = new SqliteFile(join(folder, 'words.db'), SCHEMA);
  other = new SqliteFile(join(folder, 'words.db'), SCHEMA);
  insert = file.prepare('insert into words values (?)');
  const select = other.prepare('select word from words order by word').raw();
  seenByOthers = () => select.all().flat();
});

afterEach(() => {
  file.close();
  other.close();
  rmSync(folder, { recursive: true, force: true });
});

test('write: writes that wait together are one commit, and no caller continues before it', async () => {
  const told: string[] = [];
  const write = async (word: string): Promise<void> => {
    await file.write(() => {
      insert.run(word);
      // The one before is made, and nobody else sees it yet.
      expect(seenByOthers()).toEqual([]);
      expect(told).toEqual([]);
    });
    told.push(word);
  };
  await Promise.all(['a', 'b', 'c'].map(write));
  expect(seenByOthers()).toEqual(['a', 'b', 'c']);
  expect(told).toEqual(['a', 'b', 'c']);
});

test('write: a change that fails leaves nothing, and takes nothing from those that waited with it', async () => {
  const outcomes = await Promise.allSettled(
    ['a', 'fails', 'b'].map((word) =>
      file.write(() => {
        insert.run(word);
        if (word === 'fails') throw new Error('no');
        return word;
      }),
    ),
  );
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(seenByOthers()).toEqual(['a', 'b']);
});

test('write: changes that cannot be kept fail, all of them, and later ones are kept', async () => {
  // Deferred foreign keys are checked by the commit itself.
  await file.write(() =>
    file.prepare('create table pairs (word text references words deferrable initially deferred)').run(),
  );
  await file.write(() => file.prepare('pragma defer_foreign_keys = on').run());
  file.prepare('pragma foreign_keys = on').run();
  const dangling = file.prepare("insert into pairs values ('nowhere')");
  const outcomes = await Promise.allSettled([
    file.write(() => insert.run('a')),
    file.write(() => dangling.run()),
  ]);
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(seenByOthers()).toEqual([]);
  await file.write(() => insert.run('b'));
  expect(seenByOthers()).toEqual(['b']);
});

test('close: pending writes are made first', async () => {
  const written = file.write(() => insert.run('a'));
  file.close();
  expect(seenByOthers()).toEqual(['a']);
  await written;
});
