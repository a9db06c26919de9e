import { mkdtempSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { privateKey } from '../contracts/proof/jws.js';
import { watchRegistry, readRegistry } from './approver-registry.js';

const file = join(mkdtempSync(join(tmpdir(), 'baton-registry-')), 'approvers.json');
const { kid, x } = privateKey(new Uint8Array(32).fill(7));
const ada = { subject: 'ada', roles: ['finance'], keys: [{ kid, x }] };

function write(registry: unknown): void {
  writeFileSync(file, typeof registry === 'string' ? registry : JSON.stringify(registry));
}

test.each([
  [
    'a key that two people hold',
    { v: 1, approvers: [ada, { ...ada, subject: 'bob' }] },
    'stands there twice',
  ],
  [
    'a person who stands there twice',
    { v: 1, approvers: [ada, { ...ada, keys: [] }] },
    'ada stands there twice',
  ],
  [
    'a person who stands there in two spellings',
    { v: 1, approvers: [ada, { ...ada, subject: 'ＡDA ', keys: [] }] },
    'ada stands there twice',
  ],
  ['a kid that is not its key’s', { v: 1, approvers: [{ ...ada, keys: [{ kid: 'k', x }] }] }, 'thumbprint'],
  ['a misspelt property', { v: 1, approvers: [{ ...ada, keys: [{ kid, x, revoked: 'x' }] }] }, 'revoked'],
  ['no JSON', '{', 'cannot be read'],
])('registry: %s is refused with the file and what is wrong', (_what, registry, message) => {
  write(registry);
  expect(() => readRegistry(file)).toThrow(message);
  expect(() => readRegistry(file)).toThrow(file);
});

test('registry: a change of the file counts from the next read', () => {
  write({ v: 1, approvers: [ada] });
  const then = new Date('2026-01-01');
  utimesSync(file, then, then);
  const live = watchRegistry(file);
  expect(live().approvers[0]?.subject).toBe('ada');
  // As large as before and as old as before, as a file that was laid there from somewhere else may be.
  write({ v: 1, approvers: [{ ...ada, subject: 'eve' }] });
  utimesSync(file, then, then);
  expect(live().approvers[0]?.subject).toBe('eve');
});

test('registry: the one in docs/proof.md is valid when it is copied', () => {
  const page = readFileSync(new URL('../../docs/proof.md', import.meta.url), 'utf8');
  const [, example = ''] = /^```json\n(\{[^`]*"approvers"[^`]*)^```$/m.exec(page) ?? [];
  write(example);
  expect(readRegistry(file).approvers.map(({ subject }) => subject)).toEqual(['ada@example.com']);
});
