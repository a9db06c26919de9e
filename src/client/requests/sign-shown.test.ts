import type { WaitingRequest } from '../../schemas/documents/story.js';
import { expect, test } from 'vitest';
import { privateKey } from '../../contracts/proof/jws.js';
import { actionDigest, questionDigest } from '../../contracts/proof/root.js';
import { readSignedDecision } from '../../contracts/proof/signed-decision.js';
import { signShown } from './sign-shown.js';

const key = privateKey(new Uint8Array(32).fill(7));
const signer = { subject: 'ada', key };
const registry = {
  v: 1,
  approvers: [{ subject: 'ada', roles: [], keys: [{ kid: key.kid, x: key.x }] }],
} as const;
const id = 'run/0123456789ab';
const shown: WaitingRequest = {
  id,
  reason: 'irreversible-effect',
  question: 'May cashier carry out pay?',
  revision: 2,
  askedBy: 'cashier',
  path: 'cashier-0',
  askedAt: '2026-01-01T12:00:00.000Z',
  whole: true,
  signed: true,
  run: 'root',
  tool: 'pay',
  args: { to: 'ada', cents: 1 },
  digest: actionDigest({ request: id, run: 'root', tool: 'pay', args: { to: 'ada', cents: 1 } }),
  options: [{ id: 'approve' }],
};

test('sign: what is shown is signed, with its revision and digest, until the deadline at most', () => {
  const now = Date.parse('2026-01-01T12:00:00.000Z');
  const deadline = '2026-01-01T12:30:00.000Z';
  const signed = signShown({ ...shown, deadline }, { option: 'approve' }, { ...signer, now });
  const { claims, subject } = readSignedDecision(
    signed,
    { ...registry, approvers: [...registry.approvers].map((a) => ({ ...a, roles: [], keys: [...a.keys] })) },
    now,
  );
  expect(subject).toBe('ada');
  expect(claims.decision).toEqual({ request: id, option: 'approve', revision: 2, digest: shown.digest });
  expect(claims.exp * 1_000).toBe(Date.parse(deadline));
});

test('sign: other arguments, another question or another request than the digest says are not signed', () => {
  for (const other of [
    { args: { to: 'eve', cents: 1 } },
    { tool: 'pay_all' },
    { id: 'run/ba9876543210' },
    { run: 'other' },
  ]) {
    expect(() => signShown({ ...shown, ...other }, { option: 'approve' }, signer)).toThrow(
      /Nothing was signed/,
    );
  }
  const { tool: _tool, args: _args, ...rest } = shown;
  const digest = questionDigest({ request: id, run: 'root', question: shown.question });
  expect(() => signShown({ ...rest, digest }, { option: 'approve' }, signer)).not.toThrow();
  const changed = { ...rest, digest, details: 'and all the rest' };
  expect(() => signShown(changed, { option: 'approve' }, signer)).toThrow(/Nothing was signed/);
});

test('sign: what is known in part only is not signed', () => {
  expect(() => signShown({ ...shown, whole: false }, { option: 'approve' }, signer)).toThrow(/only a part/);
});
