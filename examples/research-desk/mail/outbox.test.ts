import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { NotDone } from '@batonhq/baton/worker';
import { composeMessage } from './message.js';
import { deliver } from './outbox.js';

const message = await composeMessage(
  {
    by: 'file',
    from: 'desk@example.org',
    to: 'reader@example.org',
    subject: 'Research desk: Wie löscht man? Ω',
    body: '# Answer\n',
    composedAt: '2026-01-02T03:04:05.000Z',
  },
  'key-1',
);

let folder = '';
beforeEach(async () => {
  folder = path.join(await mkdtemp(path.join(tmpdir(), 'outbox-')), 'outbox');
});
afterEach(async () => rm(path.dirname(folder), { recursive: true, force: true }));

test('deliver: writes one whole message and nothing else when the key is new', async () => {
  const receipt = await deliver(folder, 'key-1', message);
  expect(await readdir(folder)).toEqual(['key-1.eml']);
  expect(await readFile(path.join(folder, 'key-1.eml'))).toEqual(message.bytes);
  expect(receipt).toEqual({
    kind: 'file',
    path: path.join(folder, 'key-1.eml'),
    messageId: '<key-1@example.org>',
    bytes: message.bytes.length,
  });
});

test('deliver: returns the first receipt and changes nothing when the key was delivered before', async () => {
  const first = await deliver(folder, 'key-1', message);
  const before = await readFile(path.join(folder, 'key-1.eml'));
  const second = await deliver(folder, 'key-1', {
    ...message,
    bytes: Buffer.from('something else entirely'),
  });
  expect(second).toEqual(first);
  expect(await readFile(path.join(folder, 'key-1.eml'))).toEqual(before);
  expect(await readdir(folder)).toEqual(['key-1.eml']);
});

test('deliver: one file results when twenty deliveries of one key race', async () => {
  const receipts = await Promise.all(Array.from({ length: 20 }, () => deliver(folder, 'key-1', message)));
  expect(new Set(receipts.map((receipt) => JSON.stringify(receipt))).size).toBe(1);
  expect(await readdir(folder)).toEqual(['key-1.eml']);
});

test.each(['../escape', 'a/b', '', '.hidden', 'x'.repeat(200)])(
  'deliver: refuses when the key is %j',
  async (key) => {
    await expect(deliver(folder, key, message)).rejects.toThrow('not a plain file name');
  },
);

test('deliver: NotDone when the folder cannot be made', async () => {
  await writeFile(folder, 'a file where the folder should be');
  const failing = deliver(folder, 'key-1', message);
  await expect(failing).rejects.toBeInstanceOf(NotDone);
  await expect(failing).rejects.toMatchObject({ retry: false });
});
