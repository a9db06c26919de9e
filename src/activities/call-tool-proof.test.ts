/** A worker that requires signed decisions: the calls that it carries out, and those that it refuses. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MockActivityEnvironment } from '@temporalio/testing';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import Database from 'libsql';
import { z } from 'zod';
import { type CallToolInput, type CallToolResult, formatResultName } from '../contracts/wire/tool-call.js';
import { digest } from '../contracts/data/canonical-json.js';
import type { Json } from '../contracts/data/json.js';
import { privateKey } from '../contracts/proof/jws.js';
import { digestAction, buildRequestId, toRootRun } from '../contracts/proof/root.js';
import { signDecision } from '../contracts/proof/signed-decision.js';
import { buildOutcomePath, buildRepeatPath } from '../contracts/data/step-path.js';
import { tool } from '../contracts/definitions/tool.js';
import { openLibsqlStore } from '../store/libsql-store.js';
import type { Store } from '../store/store.js';
import { scriptedModel } from '../testing/scripted-model.js';
import type { Approvals } from './approvals/approvals.js';
import { implement } from './tools/implement.js';
import { createActivities } from './index.js';
import { createRegistry } from './registry/registry.js';
import { readToolResult } from './tools/tool-result.js';

const shape = {
  description: 'Pays.',
  input: z.object({ to: z.string().trim(), cents: z.number() }),
};
const pay = tool({ name: 'pay', ...shape, effect: 'irreversible' });
const payKeyed = tool({ name: 'pay_keyed', ...shape, effect: 'irreversible', idempotency: 'keyed' });
const look = tool({ name: 'look', description: 'Looks.', input: z.object({}) });

const RUN = { workflowId: 'desk-1', firstExecutionRunId: 'first' };
const ROOT = toRootRun(RUN);
const ARGS = { to: 'zoe', cents: 500 };
const ada = privateKey(new Uint8Array(32).fill(1));

let folder = '';
let store: Store;
let paid: unknown[] = [];
/** Why the registry cannot be read, while it cannot. */
let unreadable: Error | undefined;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'baton-proof-'));
  store = await openLibsqlStore(`file:${join(folder, 'store.db')}`);
  paid = [];
  unreadable = undefined;
});

afterEach(() => {
  store.close();
  rmSync(folder, { recursive: true, force: true });
});

const approvals: Approvals = {
  mode: () =>
    unreadable
      ? Promise.reject(unreadable)
      : Promise.resolve({
          mode: 'signed',
          registry: {
            v: 1,
            approvers: [{ subject: 'ada', roles: [], keys: [{ kid: ada.kid, x: ada.x }] }],
          },
        }),
  requirementOf: ({ effect, args }) => {
    if (effect !== 'irreversible') return undefined;
    // A rule over the exact text of an argument: a payment to anyone on the list needs two approvers.
    const listed = (args as { to?: string }).to === 'mallory';
    const needs = { roles: [], quorum: listed ? 2 : 1, notRequester: false };
    return { reason: 'irreversible-effect', needs };
  },
  askedOf: () => undefined,
  weighs: () => false,
  rootOf: ({ workflowId }) => Promise.resolve({ ...RUN, workflowId }),
  requestOf: (run) => Promise.resolve({ ...run, workflow: 'pays', input: '', tokens: [] }),
};

function carryOut(input: CallToolInput, receipts?: Store): Promise<CallToolResult> {
  const implementations = [pay, payKeyed].map((definition) =>
    implement(definition, (args) => {
      paid.push(args);
      return 'paid';
    }),
  );
  const registry = createRegistry({
    definitions: [],
    implementations: [...implementations, implement(look, () => 'nothing to see')],
    models: { default: scriptedModel({}) },
    store,
    receipts,
    approvals,
  });
  const workflowExecution = { workflowId: RUN.workflowId, runId: 'first' };
  const environment = new MockActivityEnvironment({ attempt: 2, workflowExecution });
  return environment.run(createActivities(registry).callTool, input) as Promise<CallToolResult>;
}

interface Wanted {
  readonly tool?: string;
  /** For which time it is repeated. */
  readonly repeat?: number;
  /** The arguments in the workflow’s request to the worker. */
  readonly args?: Json;
  /** The arguments that the approver signed. */
  readonly signed?: Json;
  readonly expires?: number;
}

function call({
  tool: name = 'pay',
  args = ARGS,
  signed = args,
  expires = Date.now() + 60_000,
  repeat = 0,
}: Wanted = {}) {
  const request = buildRequestId({ workflowId: RUN.workflowId, root: ROOT }, 'pay-0');
  const shown = digestAction({ request, run: ROOT, tool: name, args: signed });
  const signing = { subject: 'ada', key: ada, now: Math.min(Date.now(), expires - 1), expires };
  const decision = signDecision({ request, option: 'approve', revision: 1, digest: shown }, signing);
  const outcome = buildOutcomePath(buildRepeatPath('pay-0', repeat - 1));
  const about = buildRequestId({ workflowId: RUN.workflowId, root: ROOT }, outcome);
  const doAgain = digestAction({ request: about, run: ROOT, tool: name, args: signed });
  const again =
    repeat === 0
      ? {}
      : {
          again: [
            signDecision({ request: about, option: 'do-again', revision: 1, digest: doAgain }, signing)
              .signed,
          ],
        };
  return {
    root: ROOT,
    step: buildRepeatPath('pay-0', repeat),
    tool: name,
    agent: 'desk',
    call: { args },
    returns: 'value',
    proof: { run: RUN, request, decisions: [decision.signed], ...again },
  } satisfies CallToolInput;
}

const OVER = Date.parse('2026-01-02');

describe('callTool, where decisions are signed', () => {
  test('signature: it covers the arguments as the tool gets them', async () => {
    const args = { to: ' zoe', cents: 500, note: 'only after the goods are back' };
    expect(await carryOut(call({ args, signed: args }))).toMatchObject({
      kind: 'unproven',
      why: 'other-action',
    });
    expect(await carryOut(call({ args, signed: ARGS }))).toMatchObject({ kind: 'done' });
    expect(paid).toEqual([ARGS]);
  });

  test('a policy looks at the arguments as the tool gets them, however they are spelled', async () => {
    const args = { to: 'mallory ', cents: 500 };
    const signed = { to: 'mallory', cents: 500 };
    expect(await carryOut(call({ args, signed }))).toMatchObject({ kind: 'unproven', why: 'quorum' });
    expect(await carryOut(call({ args, signed: args }))).toMatchObject({ kind: 'unproven' });
    expect(paid).toEqual([]);
  });

  test('done, the decision has expired since: the call returns its receipt, and no approver is asked again', async () => {
    const { root, step, tool: name } = call();
    await store.begin(root, step, { tool: name, argsDigest: digest(ARGS) });
    await store.complete(root, step, JSON.stringify({ ok: true, content: 'paid', output: 'paid' }));
    expect(await carryOut(call({ expires: OVER }))).toMatchObject({ kind: 'done', output: 'paid' });
    expect(paid).toEqual([]);
  });

  test.each(['pay', 'pay_keyed'])(
    '%s: the outcome is unknown and no new approval is requested when the decision expired after the call began',
    async (name) => {
      const { root, step } = call();
      await store.begin(root, step, { tool: name, argsDigest: digest(ARGS) });
      expect(await carryOut(call({ tool: name, expires: OVER }))).toMatchObject({ kind: 'unknown-outcome' });
      expect(paid).toEqual([]);
    },
  );

  test('a step that carried out other arguments, as after a reset, is not taken for these', async () => {
    const { root, step, tool: name } = call();
    expect(await carryOut(call())).toMatchObject({ kind: 'done' });
    const others = { to: 'zoe', cents: 1 };
    expect(await carryOut(call({ args: others }))).toMatchObject({ kind: 'failed' });
    expect(paid).toEqual([ARGS]);
    const intent = { tool: name, argsDigest: digest(ARGS) };
    expect(await store.effect(root, step, intent)).toMatchObject({ state: 'done' });
  });

  test.each([
    ['another tool', { tool: 'look', call: { args: {} } }],
    ['arguments that do not fit', { call: { args: { to: 7 } } }],
  ])(
    'a result that %s leaves at the step beforehand is not read as the action’s result',
    async (_what, other) => {
      const { proof: _none, ...input } = call();
      await carryOut({ ...input, ...other });
      expect(await carryOut({ ...call(), returns: 'reference' })).toMatchObject({
        kind: 'done',
        preview: 'paid',
      });
      expect(paid).toEqual([ARGS]);
      expect(await readToolResult(store, ROOT, formatResultName('pay-0', call().call))).toMatchObject({
        ok: true,
        content: 'paid',
      });
    },
  );

  test('registry: an unreadable registry returns `unproven` instead of failing the run, and nothing is paid', async () => {
    unreadable = new Error('approvers.json is half written');
    expect(await carryOut(call())).toMatchObject({ kind: 'unproven', why: 'no-registry' });
    expect(paid).toEqual([]);
    unreadable = undefined;
    expect(await carryOut(call())).toMatchObject({ kind: 'done' });
  });

  test.each([
    ['another run of the same id', { firstExecutionRunId: 'second' }],
    ['a run of somebody else', { workflowId: 'other', firstExecutionRunId: 'first' }],
  ])('a proof that names %s than the server does is refused', async (_what, other) => {
    const run = { ...RUN, ...other };
    const root = toRootRun(run);
    const request = buildRequestId({ workflowId: RUN.workflowId, root }, 'pay-0');
    const shown = digestAction({ request, run: root, tool: 'pay', args: ARGS });
    const now = Date.now();
    const { signed } = signDecision(
      { request, option: 'approve', revision: 1, digest: shown },
      { subject: 'ada', key: ada, now, expires: now + 60_000 },
    );
    const input = { ...call(), root, proof: { run, request, decisions: [signed] } };
    expect(await carryOut(input)).toMatchObject({ kind: 'unproven', why: 'other-run' });
    expect(paid).toEqual([]);
  });
});

describe('callTool with a separate receipts database', () => {
  let own: Store;
  beforeEach(async () => (own = await openLibsqlStore(`file:${join(folder, 'receipts.db')}`)));
  afterEach(() => own.close());

  function forget({ file }: Store): void {
    const database = new Database(file);
    database.exec('delete from effects; delete from records');
    database.close();
  }

  test('store: write access to the shared store neither removes nor forges a payment, which takes place once', async () => {
    const planted = { ok: true, tool: 'pay', content: 'paid', output: 'paid' };
    await store.keep(ROOT, `effect:${formatResultName('pay-0', call().call)}`, JSON.stringify(planted));
    expect(await carryOut(call(), own)).toMatchObject({ kind: 'done' });
    expect(paid).toEqual([ARGS]);
    forget(store);
    expect(await carryOut(call(), own)).toMatchObject({ kind: 'done', output: 'paid' });
    expect(paid).toEqual([ARGS]);
  });

  test('a signature that was spent is remembered where the receipt is gone: its outcome is unknown', async () => {
    await carryOut(call(), own);
    forget(own);
    expect(await carryOut(call(), own)).toMatchObject({ kind: 'unknown-outcome' });
    expect(paid).toEqual([ARGS]);
  });

  test('repeat: a call that has a receipt is not carried out again, even with a signed decision to repeat it', async () => {
    await carryOut(call(), own);
    expect(await carryOut(call({ repeat: 1 }), own)).toMatchObject({ kind: 'done', output: 'paid' });
    expect(paid).toEqual([ARGS]);
  });

  test('repeat: an action without a receipt is carried out again, with the same signature', async () => {
    await own.begin(ROOT, 'pay-0', { tool: 'pay', argsDigest: digest(ARGS) });
    expect(await carryOut(call({ repeat: 1 }), own)).toMatchObject({ kind: 'done' });
    expect(paid).toEqual([ARGS]);
  });

  test('another worker with other receipts leaves the step alone', async () => {
    await carryOut(call(), own);
    const other = await openLibsqlStore(`file:${join(folder, 'other.db')}`);
    await expect(carryOut(call(), other)).rejects.toMatchObject({ type: 'STORE_MISMATCH' });
    other.close();
    expect(paid).toEqual([ARGS]);
  });
});
