import { describe, expect, test } from 'vitest';
import { BatonError } from '../errors.js';
import type { ApproverRegistry } from './approver.js';
import type { Json } from '../data/json.js';
import { privateKey, signToken } from './jws.js';
import { digestAction, buildRequestId, toRootRun } from './root.js';
import { signDecision } from './signed-decision.js';
import { verifyProof, type Proof, type ProofToVerify } from './spend.js';

const NOW = Date.parse('2026-06-01T12:00:00Z');
const keys = Object.fromEntries(
  ['ada', 'bob', 'cat', 'mallory'].map((name, at) => [name, privateKey(new Uint8Array(32).fill(at + 1))]),
);
const registry: ApproverRegistry = {
  v: 1,
  approvers: Object.entries(keys).map(([subject, { kid, x }]) => ({
    subject,
    roles: [subject === 'mallory' ? 'support' : 'finance'],
    keys: [{ kid, x }],
  })),
};
const run = { workflowId: 'pays-1', firstExecutionRunId: 'first' };
const root = toRootRun(run);
const action = { tool: 'payout', args: { to: 'zoe', cents: 20_000 } };

function spending(more: Partial<ProofToVerify> = {}): ProofToVerify {
  return {
    root,
    step: 'payout-1',
    workflowId: 'pays-1',
    ...action,
    requirement: { roles: ['finance'], quorum: 2, notRequester: true },
    requester: { subject: 'cat' },
    registry,
    now: NOW,
    ...more,
  };
}

interface Said {
  readonly path?: string;
  readonly option?: string;
  readonly args?: ProofToVerify['args'];
  readonly root?: string;
  readonly workflowId?: string;
  readonly expires?: number;
  readonly options?: Proof['options'];
  readonly revision?: number;
  /** Null for nobody. */
  readonly requester?: string | null;
}

function says(subject: string, said: Said = {}): string {
  const { path = 'payout-1', option = 'approve', args = action.args, workflowId = 'pays-1' } = said;
  const request = buildRequestId({ workflowId, root: said.root ?? root }, path);
  const { options, requester = 'cat' } = said;
  const digest = digestAction({
    request,
    run: said.root ?? root,
    tool: action.tool,
    args,
    options,
    requester: requester ?? undefined,
  });
  const key = keys[subject];
  if (key === undefined) throw new Error(subject);
  const signing = { subject, key, now: NOW - 60_000, expires: said.expires ?? NOW + 60_000 };
  return signDecision({ request, option, revision: said.revision ?? 1, digest }, signing).signed;
}

/** A token with a registered key and with times that no Baton client signs. */
function saysAt(subject: string, times: { iat: number; exp: number; nbf?: number }): string {
  const key = keys[subject];
  const [, claims = ''] = says(subject).split('.');
  const own = JSON.parse(Buffer.from(claims, 'base64url').toString()) as Record<string, Json>;
  if (key === undefined) throw new Error(subject);
  return signToken('baton-decision+jwt', { ...own, ...times }, key);
}

const SECOND = NOW / 1_000;
const WEEK = 7 * 86_400;

function proof(decisions: readonly string[], more: Partial<Proof> = {}): Proof {
  return {
    run,
    request: buildRequestId({ workflowId: 'pays-1', root }, 'payout-1'),
    decisions,
    requester: 'cat',
    ...more,
  };
}

/** A proof whose signers saw that the requester of the run is not proven. */
function proofOfNobody(): Proof {
  const { requester: _cat, ...rest } = proof(['ada', 'bob'].map((name) => says(name, { requester: null })));
  return rest;
}

function why(given: Proof | undefined, wanted: ProofToVerify = spending()): unknown {
  try {
    verifyProof(given, wanted);
  } catch (error) {
    if (error instanceof BatonError && error.code === 'DECISION_UNPROVEN') return error.facts['why'];
    throw error;
  }
  return 'proven';
}

const both = [says('ada'), says('bob')];

describe('the proofs that a worker accepts', () => {
  test('two eligible approvers, neither of them the requester', () => {
    expect(verifyProof(proof(both), spending()).map(({ subject }) => subject)).toEqual(['ada', 'bob']);
  });

  test.each<[string, Proof | undefined, Partial<ProofToVerify>]>([
    ['no-proof', undefined, {}],
    ['quorum', proof([]), {}],
    ['quorum', proof([says('ada')]), {}],
    ['quorum', proof([says('ada'), says('ada')]), {}],
    ['wrong-role', proof([says('ada'), says('mallory')]), {}],
    ['requester', proof([says('ada'), says('cat')]), {}],
    ['other-requester', proof(both), { requester: undefined }],
    ['unproven-requester', proofOfNobody(), { requester: undefined }],
    ['other-requester', proof(both, { requester: 'bob' }), {}],
    ['other-action', proof([says('ada', { requester: 'dora' }), says('bob')]), {}],
    ['other-action', proof(both), { args: { to: 'mallory', cents: 20_000 } }],
    ['other-action', proof(both), { tool: 'wire' }],
    ['other-action', proof([says('ada', { args: { to: 'x', cents: 1 } }), says('bob')]), {}],
    ['other-request', proof(both), { step: 'payout-2' }],
    ['other-request', proof(both), { workflowId: 'hostile' }],
    ['other-request', proof([says('ada', { path: 'payout-2' }), says('bob')]), {}],
    ['other-run', proof(both), { root: 'f'.repeat(32) }],
    ['other-run', proof(both, { run: { ...run, firstExecutionRunId: 'second' } }), {}],
    ['other-option', proof([says('ada', { option: 'was-done' }), says('bob')]), {}],
    [
      'other-option',
      proof([says('ada', { option: 'approve-with-review' }), says('bob')]),
      { yes: ['approve', 'approve-with-review'] },
    ],
    ['other-option', proof([says('ada', { option: 'at-will' }), says('bob', { option: 'at-will' })]), {}],
    ['expired', proof([says('ada', { expires: NOW - 1 }), says('bob')]), {}],
    ['other-revision', proof([says('ada', { revision: 2 }), says('bob')]), {}],
    ['too-long', proof([saysAt('ada', { iat: SECOND, exp: SECOND + WEEK + 1 }), says('bob')]), {}],
    [
      'not-yet-valid',
      proof([saysAt('ada', { iat: SECOND, exp: SECOND + WEEK, nbf: SECOND + 61 }), says('bob')]),
      {},
    ],
    ['malformed', proof([saysAt('ada', { iat: SECOND, exp: SECOND + 60, nbf: -1 }), says('bob')]), {}],
    ['unknown-key', proof(both), { registry: { v: 1, approvers: [] } }],
  ])('%s is not', (expected, given, more) => {
    expect(why(given, spending(more))).toBe(expected);
  });

  test('a signature counts for at most seven days, and is not made for longer', () => {
    const lasting = saysAt('ada', { iat: SECOND, exp: SECOND + WEEK, nbf: SECOND });
    expect(why(proof([lasting, says('bob')]))).toBe('proven');
    expect(() => says('ada', { expires: NOW + WEEK * 1_000 })).toThrow('at most seven days');
  });

  test('a yes in the words of the house counts only where the very words of the worker’s policy were read', () => {
    const id = 'approve-with-review';
    const own = [{ id, label: 'Approve', consequence: 'Looked at again.', means: 'approve' as const }];
    const needs = spending({ yes: ['approve', id], declared: own });
    const shown = (options: Proof['options'], read = options): Proof => {
      const said = { option: id, ...(read ? { options: read } : {}) };
      return proof([says('ada', said), says('bob', said)], options ? { options } : {});
    };
    expect(why(shown(own), needs)).toBe('proven');
    const others = own.map((option) => ({ ...option, consequence: 'Nothing is paid.' }));
    expect(why(shown(others), needs)).toBe('other-option');
    expect(why(shown(own, others), needs)).toBe('other-action');
    expect(why(shown(undefined), needs)).toBe('other-option');
    expect(why(shown(undefined, own), needs)).toBe('other-option');
  });

  test('a repeat needs that it be done again said of exactly the attempt before it', () => {
    const again = (path: string): Proof =>
      proof(both, { again: ['ada', 'bob'].map((name) => says(name, { path, option: 'do-again' })) });
    expect(why(proof(both), spending({ step: 'payout-1/again-1' }))).toBe('quorum');
    expect(why(again('payout-1/outcome'), spending({ step: 'payout-1/again-1' }))).toBe('proven');
    expect(why(again('payout-1/outcome'), spending({ step: 'payout-1/again-2' }))).toBe('other-request');
    expect(why(again('payout-1/again-1/outcome'), spending({ step: 'payout-1/again-2' }))).toBe('proven');
  });

  test.each(['payout-1/again-02', 'payout-1/again-002', 'payout-1/again-0', 'payout-1/again-2.0'])(
    'signature: it covers one step, and %s is a different step although it resembles a repeat',
    (step) => {
      const said = (path: string): string[] =>
        ['ada', 'bob'].map((name) => says(name, { path, option: 'do-again' }));
      const proven = proof(both, { again: said('payout-1/again-1/outcome') });
      expect(why(proven, spending({ step }))).toBe('other-request');
    },
  );

  test('request id: its hash is long enough that no second step with the same id can be found', () => {
    const hash = buildRequestId({ workflowId: 'pays-1', root }, 'payout-1').split('/')[1] ?? '';
    expect(hash.length * 4).toBeGreaterThanOrEqual(96);
  });

  test('more words than a quorum can need are not looked at: each costs the worker time', () => {
    const many = Array.from({ length: 21 }, () => says('ada'));
    expect(why(proof([...many, says('bob')]), spending())).toBe('malformed');
  });

  test.each([
    ['no list', { decisions: says('ada') }],
    ['no text', { decisions: [1, null] }],
    ['no run', { run: null }],
    ['again as a number', { again: 7 }],
    ['options that are none', { options: [null] }],
    ['more options than can be declared', { options: Array.from({ length: 11 }, () => ({ id: 'x' })) }],
  ])('proof: a malformed one, %s, is refused without an exception', (_what, other) => {
    const odd = { ...proof(both), ...other } as unknown as Proof;
    expect(why(odd, spending({ step: 'payout-1/again-1' }))).toBe('malformed');
  });
});
