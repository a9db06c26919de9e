import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { findTaskQueue, toQueueName } from './task-queue.js';

const root = mkdtempSync(join(tmpdir(), 'queue-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

function makeProject(name: string, packageJson?: string): string {
  const folder = join(root, name, 'inner');
  mkdirSync(folder, { recursive: true });
  if (packageJson !== undefined) writeFileSync(join(root, name, 'package.json'), packageJson);
  return folder;
}

test.each([
  ['has a name', '{"name": "desk"}', 'desk'],
  ['has a scope', '{"name": "@acme/desk.api"}', 'acme-desk-api'],
  ['has none', '{}', 'alone'],
  ['is not JSON', '{', 'alone'],
])('task queue: the project’s when its package.json %s, from any folder of it', (_when, text, queue) => {
  const inner = makeProject('alone', text);
  expect([findTaskQueue(inner), findTaskQueue(join(root, 'alone'))]).toEqual([queue, queue]);
});

test('task queue: the folder’s name when there is no package.json', () => {
  expect(findTaskQueue(makeProject('bare'))).toBe('inner');
  expect(toQueueName('/')).toBe('baton');
});
