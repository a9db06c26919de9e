/** Several processes and one shop: one makes the file, the others wait, and what a killed one began is not there. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'libsql';
import { afterEach, beforeEach, expect, test } from 'vitest';

const DATABASE = new URL('../../dist/examples/support-desk/database/support-database.js', import.meta.url);

const OPENS = `
const { SupportDatabase } = await import(${JSON.stringify(DATABASE.href)});
const { z } = await import('zod');
process.stderr.write('opening');
const shop = new SupportDatabase(process.argv[1]);
const rows = shop.first(z.object({ customers: z.number(), payments: z.number() }),
  'select (select count(*) from customers) as customers, (select count(*) from payments) as payments');
process.stdout.write(JSON.stringify(rows));
shop.close();
`;

/** Holds the file in the middle of making it, until it is killed. */
const STOPS = `
const { default: Database } = await import('libsql');
const database = new Database(process.argv[1]);
database.exec('begin immediate');
database.exec('create table customers (id text primary key)');
process.stdout.write('begun');
setInterval(() => {}, 1000);
`;

let folder: string;
let file: string;
const children: ChildProcess[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'baton-shop-'));
  file = join(folder, 'shop.db');
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

function begin(program: string): ChildProcess {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program, file], {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
  });
  children.push(child);
  return child;
}

/** A process that has begun to open the file, and what it says in the end. */
async function opening(): Promise<Promise<string>[]> {
  const child = begin(OPENS);
  const chunks: Buffer[] = [];
  child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk));
  const said = once(child, 'close').then(() => Buffer.concat(chunks).toString());
  await once(child.stderr ?? child, 'data');
  return [said];
}

const WHOLE = JSON.stringify({ customers: 5, payments: 10 });

test('shop: of four processes that find no file, one makes it, and all see it whole', async () => {
  // While this connection holds the lock, all four processes reach the same point.
  const holder = new Database(file);
  holder.exec('begin immediate');
  const said = (await Promise.all(Array.from({ length: 4 }, () => opening()))).flat();
  holder.exec('rollback');
  holder.close();
  expect(await Promise.all(said)).toEqual([WHOLE, WHOLE, WHOLE, WHOLE]);
});

test('shop: a process that is killed while it makes the file leaves nothing of it, and another makes it', async () => {
  const first = begin(STOPS);
  await once(first.stdout ?? first, 'data');
  const [second] = await opening();
  first.kill('SIGKILL');
  expect(await second).toBe(WHOLE);
});
