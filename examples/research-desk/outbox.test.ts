import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { compose, deliver } from './outbox.js';

const report = {
  to: 'reader@example.org',
  subject: 'Research desk: Wie löscht man? Ω',
  body: `# Answer\n\nA line of more than seventy-six characters, so that the transfer encoding has to break it somewhere. ✓\n`,
  composedAt: '2026-01-02T03:04:05.000Z',
};

let folder = '';
beforeEach(async () => {
  folder = path.join(await mkdtemp(path.join(tmpdir(), 'outbox-')), 'outbox');
});
afterEach(async () => rm(path.dirname(folder), { recursive: true, force: true }));

test('deliver: writes one whole message and nothing else when the key is new', async () => {
  const receipt = await deliver(folder, 'key-1', report);
  expect(await readdir(folder)).toEqual(['key-1.eml']);
  const message = await readFile(path.join(folder, 'key-1.eml'), 'utf8');
  expect(message).toContain('Message-ID: <key-1@research-desk.baton.invalid>');
  expect(message).toContain('Date: Fri, 02 Jan 2026 03:04:05 +0000');
  expect(message).toMatch(/\r\n\r\n# Answer\r\n/);
  expect(Math.max(...message.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(78);
  expect(receipt).toEqual({
    kind: 'file',
    path: path.join(folder, 'key-1.eml'),
    messageId: '<key-1@research-desk.baton.invalid>',
    bytes: Buffer.byteLength(message),
  });
});

test('deliver: gives the first receipt and changes nothing when the key was delivered before', async () => {
  const first = await deliver(folder, 'key-1', report);
  const before = await readFile(path.join(folder, 'key-1.eml'));
  const second = await deliver(folder, 'key-1', { ...report, body: 'something else entirely' });
  expect(second).toEqual(first);
  expect(await readFile(path.join(folder, 'key-1.eml'))).toEqual(before);
  expect(await readdir(folder)).toEqual(['key-1.eml']);
});

test('deliver: one file results when twenty deliveries of one key race', async () => {
  const receipts = await Promise.all(Array.from({ length: 20 }, () => deliver(folder, 'key-1', report)));
  expect(new Set(receipts.map((receipt) => JSON.stringify(receipt))).size).toBe(1);
  expect(await readdir(folder)).toEqual(['key-1.eml']);
});

test.each(['../escape', 'a/b', '', '.hidden', 'x'.repeat(200)])(
  'deliver: refuses when the key is %j',
  async (key) => {
    await expect(deliver(folder, key, report)).rejects.toThrow('not a plain file name');
  },
);

test('compose: the same bytes when the values are the same', async () => {
  expect(await compose(report, '<a@b>')).toEqual(await compose(report, '<a@b>'));
});

test('compose: header injection is impossible when the subject holds a line break', async () => {
  const message = (await compose({ ...report, subject: 'x\r\nBcc: victim@example.org' }, '<a@b>')).toString();
  expect(message).not.toMatch(/^Bcc:/m);
});
