/** P5: who decided is proven, bound to the exact action, and counted once; nothing else performs anything. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { WorkflowUpdateFailedError, type WorkflowHandle } from '@temporalio/client';
import { beforeEach, describe, expect, test } from 'vitest';
import type { ApprovalRequest } from '@batonhq/baton';
import { signRequester } from '@batonhq/baton/client';
import { implement } from '@batonhq/baton/worker';
import { scriptedModel } from '@batonhq/baton/testing';
import { Approvers } from '../fixtures/approvers.js';
import { firstRequest, logged, timeline, until, withDesk, type Desk } from '../fixtures/harness.js';
import { readRunFacts } from '../../dist/src/client/deciding/run-facts.js';
import { payout } from '../fixtures/signed-workflows.js';

const WORKFLOWS = fileURLToPath(new URL('../fixtures/signed-workflows.ts', import.meta.url));

let approvers: Approvers;
let paid: { to: string; cents: number }[];

beforeEach(() => {
  approvers = new Approvers(mkdtempSync(join(tmpdir(), 'baton-approvers-')));
  for (const name of ['ada', 'bob', 'cat']) approvers.add(name, 'finance');
  approvers.add('mallory', 'support');
  paid = [];
});

function withSignedDesk<T>(body: (desk: Desk) => Promise<T>): Promise<T> {
  const tools = [
    implement(payout, ({ to, cents }) => {
      paid.push({ to, cents });
      return { receipt: `r-${paid.length}` };
    }),
  ];
  const model = scriptedModel({
    clerk: ({ messages }) =>
      messages.some(({ role }) => role === 'tool')
        ? { content: 'paid' }
        : { toolCalls: [{ name: 'payout', args: { to: 'zoe', cents: 500 } }] },
  });
  const approvals = { mode: 'signed', registry: approvers.file } as const;
  return withDesk({ model, tools, workflows: WORKFLOWS, approvals }, body);
}

async function decide(run: WorkflowHandle, decision: unknown): Promise<unknown> {
  return run.executeUpdate('decide', { args: [decision] });
}

async function refusal(run: WorkflowHandle, decision: unknown) {
  const error: unknown = await decide(run, decision).catch((reason: unknown) => reason);
  if (!(error instanceof WorkflowUpdateFailedError)) throw new Error(`Not refused: ${JSON.stringify(error)}`);
  const {
    type = '',
    message,
    details,
  } = error.cause as {
    type?: string;
    message: string;
    details?: { why?: string }[];
  };
  return { code: type, message, why: details?.[0]?.why };
}

async function proven(desk: Desk, input: { to: string; cents: number }, subject: string) {
  const id = `pays-${Math.random().toString(36).slice(2)}`;
  const now = Date.now();
  const signing = { subject, key: approvers.keyOf(subject), now, expires: now + 600_000 };
  return desk.start('pays', input, id, (run) => signRequester(run, signing));
}

describe('P5 signed decisions', () => {
  test('one approver of the role: the payment is made, and the ticket says whose key it was', async () => {
    await withSignedDesk(async (desk) => {
      const run = await desk.start('pays', { to: 'zoe', cents: 500 });
      const request = await firstRequest(run);
      expect(request).toMatchObject({
        signed: true,
        needs: { policy: 'payouts', roles: ['finance'], quorum: 1 },
      });
      const ticket = await decide(run, approvers.signs('ada', request, { option: 'approve' }));
      expect(ticket).toMatchObject({ by: 'ada', identity: 'signed', kid: approvers.keyOf('ada').kid });
      expect(await run.result()).toMatchObject({ outcome: 'performed', approvedBy: 'ada' });
      expect(paid).toEqual([{ to: 'zoe', cents: 500 }]);
    });
  });

  test('a gateway speaks for whom it signed in, with the roles that it can lend', async () => {
    const key = approvers.addGateway('inbox', ['finance']);
    await withSignedDesk(async (desk) => {
      const run = await desk.start('pays', { to: 'zoe', cents: 500 });
      const request = await firstRequest(run);
      const ticket = await decide(run, approvers.signs('bob', request, { option: 'approve' }, { key }));
      expect(ticket).toMatchObject({ by: 'bob', identity: 'gateway', gateway: 'inbox' });
      await run.result();
      expect(paid).toHaveLength(1);
    });
  });

  test.each([
    ['pays', { to: 'zoe', cents: 500 }],
    ['clerkPays', 'pay zoe'],
  ])(
    'an orchestration that is a child of somebody’s own workflow is a run of its own (%s)',
    async (name, input) => {
      await withSignedDesk(async (desk) => {
        const workflowId = `own-${Math.random().toString(36).slice(2)}`;
        const { workflow } = desk.client;
        const own = await workflow.start('ownFlow', {
          taskQueue: desk.taskQueue,
          workflowId,
          args: [name, input],
        });
        const run = workflow.getHandle(`${workflowId}-paying`);
        const { id } = await until(
          async () =>
            (await run.query<{ pending: { id: string }[] }>('view').catch(() => undefined))?.pending[0],
        );
        const owner = workflow.getHandle(id.slice(0, id.lastIndexOf('/')));
        const request = await firstRequest(owner);
        expect(await readRunFacts(desk.client, request.id)).toMatchObject({
          workflowId: run.workflowId,
          run: request.run,
        });
        await decide(owner, approvers.signs('ada', request, { option: 'approve' }));
        await own.result();
        expect(paid).toEqual([{ to: 'zoe', cents: 500 }]);
      });
    },
  );

  test('a child agent: its action is proven in the same way', async () => {
    await withSignedDesk(async (desk) => {
      const run = await desk.start('clerkPays', 'pay zoe');
      const child = await until(
        async () => (await run.query<{ pending: { id: string }[] }>('view')).pending[0],
      );
      const owner = desk.client.workflow.getHandle(child.id.slice(0, child.id.lastIndexOf('/')));
      const request = await firstRequest(owner);
      await decide(owner, approvers.signs('ada', request, { option: 'approve' }));
      expect(await run.result()).toBe('paid');
      expect(paid).toHaveLength(1);
    });
  });

  test('an answer to a plain question is bound to the question, and to who may give it', async () => {
    await withSignedDesk(async (desk) => {
      const run = await desk.start('asksTwo', 'x');
      const request = await firstRequest(run);
      expect(request.digest).toMatch(/^[0-9a-f]{64}$/);
      // The policy excludes the requester, who is not proven here, so nobody may decide.
      expect(await refusal(run, approvers.signs('ada', request, { option: 'approve' }))).toMatchObject({
        why: 'unproven-requester',
      });
    });
  });
});

describe('P5 four eyes', () => {
  test('two distinct people, and not who asked for it', async () => {
    await withSignedDesk(async (desk) => {
      const run = await proven(desk, { to: 'zoe', cents: 20_000 }, 'cat');
      const request = await firstRequest(run);
      expect(request.needs).toEqual({
        policy: 'two-above-100',
        roles: ['finance'],
        quorum: 2,
        notRequester: true,
      });
      expect(request.reason).toBe('compliance');
      expect(await refusal(run, approvers.signs('cat', request, { option: 'approve' }))).toMatchObject({
        code: 'DECISION_UNPROVEN',
        why: 'requester',
      });
      expect(await decide(run, approvers.signs('ada', request, { option: 'approve' }))).toMatchObject({
        votes: { have: 1, need: 2 },
      });
      expect(await refusal(run, approvers.signs('ada', request, { option: 'approve' }))).toMatchObject({
        code: 'ALREADY_DECIDED',
      });
      expect(paid).toEqual([]);
      await decide(run, approvers.signs('bob', request, { option: 'approve' }));
      expect(await run.result()).toMatchObject({ approvedBy: 'ada and bob' });
      expect((await timeline(run)).map(({ kind }) => kind)).toContain('voted');
    });
  });

  test('an edit makes earlier votes lapse, and asks whom the new arguments need', async () => {
    await withSignedDesk(async (desk) => {
      const run = await proven(desk, { to: 'zoe', cents: 20_000 }, 'cat');
      const request = await firstRequest(run);
      await decide(run, approvers.signs('ada', request, { option: 'approve' }));
      await decide(run, approvers.signs('bob', request, { option: 'edit', args: { to: 'zoe', cents: 900 } }));
      const edited = await firstRequest(run);
      expect(edited).toMatchObject({
        revision: 2,
        reason: 'irreversible-effect',
        needs: { policy: 'payouts', quorum: 1 },
      });
      expect(edited.votes).toBeUndefined();
      expect(await refusal(run, approvers.signs('bob', request, { option: 'approve' }))).toMatchObject({
        code: 'REQUEST_CHANGED',
      });
      await decide(run, approvers.signs('ada', edited, { option: 'approve' }));
      await run.result();
      expect(paid).toEqual([{ to: 'zoe', cents: 900 }]);
    });
  });

  test('one no is enough', async () => {
    await withSignedDesk(async (desk) => {
      const run = await proven(desk, { to: 'zoe', cents: 20_000 }, 'cat');
      const request = await firstRequest(run);
      await decide(run, approvers.signs('ada', request, { option: 'approve' }));
      await decide(run, approvers.signs('bob', request, { option: 'reject', reason: 'no' }));
      expect(await run.result()).toMatchObject({ outcome: 'rejected', by: 'bob' });
      expect(paid).toEqual([]);
    });
  });

  test('fifty deciders at once: one outcome, paid once', async () => {
    const many = Array.from({ length: 50 }, (_, at) => `person-${at}`);
    for (const name of many) approvers.add(name, 'finance');
    await withSignedDesk(async (desk) => {
      const run = await proven(desk, { to: 'zoe', cents: 20_000 }, 'cat');
      const request = await firstRequest(run);
      const results = await Promise.allSettled(
        many.map((name) => decide(run, approvers.signs(name, request, { option: 'approve' }))),
      );
      await run.result();
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
      expect(paid).toHaveLength(1);
    });
  });
});

describe('P5 attacks on the validator: nothing is performed, and nothing stands in the history', () => {
  const attacks: Record<
    string,
    (request: ApprovalRequest) => { decision: unknown; code?: string; why: string }
  > = {
    unsigned: ({ id, digest }) => ({
      decision: { request: id, option: 'approve', digest, by: 'ada' },
      why: 'unsigned',
    }),
    forged: (request) => {
      const stolen = { ...approvers.keyOf('mallory'), kid: approvers.keyOf('ada').kid };
      return {
        decision: approvers.signs('ada', request, { option: 'approve' }, { key: stolen }),
        why: 'forged',
      };
    },
    'tampered after signing': (request) => {
      const { signed } = approvers.signs('ada', request, { option: 'reject', reason: 'no' });
      const [head, body = '', signature] = signed.split('.');
      const claims = Buffer.from(body, 'base64url').toString().replace('"reject"', '"approve"');
      return {
        decision: { signed: [head, Buffer.from(claims).toString('base64url'), signature].join('.') },
        why: 'forged',
      };
    },
    'the algorithm none': (request) => {
      const { signed } = approvers.signs('ada', request, { option: 'approve' });
      const header = { alg: 'none', kid: approvers.keyOf('ada').kid, typ: 'baton-decision+jwt' };
      const none = Buffer.from(JSON.stringify(header)).toString('base64url');
      return { decision: { signed: [none, signed.split('.')[1], ''].join('.') }, why: 'malformed' };
    },
    expired: (request) => ({
      decision: approvers.signs(
        'ada',
        request,
        { option: 'approve' },
        { now: Date.parse('2026-01-01'), expires: Date.parse('2026-01-02') },
      ),
      why: 'expired',
    }),
    'signed for tomorrow': (request) => ({
      decision: approvers.signs(
        'ada',
        request,
        { option: 'approve' },
        { now: Date.parse('2126-01-01'), expires: Date.parse('2126-01-02') },
      ),
      why: 'not-yet-valid',
    }),
    'wrong role': (request) => ({
      decision: approvers.signs('mallory', request, { option: 'approve' }),
      why: 'wrong-role',
    }),
    'somebody else’s name': (request) => ({
      decision: approvers.signs('ada', request, { option: 'approve' }, { key: approvers.keyOf('mallory') }),
      why: 'wrong-subject',
    }),
    'an unknown key': (request) => {
      const stranger = new Approvers(mkdtempSync(join(tmpdir(), 'baton-approvers-'))).add('ada', 'finance');
      return {
        decision: approvers.signs('ada', request, { option: 'approve' }, { key: stranger }),
        why: 'unknown-key',
      };
    },
    'altered arguments': (request) => ({
      decision: approvers.signs('ada', { ...request, digest: 'f'.repeat(64) }, { option: 'approve' }),
      code: 'REQUEST_CHANGED',
      why: 'not-bound',
    }),
    'bound to nothing': ({ id }) => ({
      decision: approvers.signs('ada', { id, revision: 1 }, { option: 'approve' }),
      why: 'not-bound',
    }),
  };

  test.each(Object.entries(attacks))('%s', async (_name, attack) => {
    await withSignedDesk(async (desk) => {
      const run = await desk.start('pays', { to: 'mallory', cents: 500 });
      const request = await firstRequest(run);
      const { decision, code = 'DECISION_UNPROVEN', why } = attack(request);
      expect(await refusal(run, decision)).toMatchObject({ code, why });
      expect(await firstRequest(run)).toEqual(request);
      expect(paid).toEqual([]);
      if (code === 'DECISION_UNPROVEN') {
        const told = await until(async () => logged.find((line) => line.includes(run.workflowId)));
        expect(told).toContain(`why ${why}`);
      }
      await decide(run, approvers.signs('ada', request, { option: 'reject', reason: 'attacked' }));
      await run.result();
    });
  });

  test('replayed on another run, and on another request of the same kind', async () => {
    await withSignedDesk(async (desk) => {
      const first = await desk.start('pays', { to: 'zoe', cents: 500 });
      const second = await desk.start('pays', { to: 'zoe', cents: 500 });
      const spent = approvers.signs('ada', await firstRequest(first), { option: 'approve' });
      await decide(first, spent);
      await first.result();
      const open = await firstRequest(second);
      expect(await refusal(second, spent)).toMatchObject({ code: 'UNKNOWN_REQUEST' });
      await decide(second, approvers.signs('ada', open, { option: 'reject', reason: 'no' }));
      await second.result();
      expect(paid).toHaveLength(1);
    });
  });
});

describe('P5 the requester', () => {
  test.each([
    ['another run', { workflowId: 'pays-other' }, {}],
    ['another execution', { firstExecutionRunId: 'another' }, {}],
    ['another workflow type', { workflow: 'paysMore' }, {}],
    ['another input', { input: { to: 'zoe', cents: 1 } }, {}],
    ['a time that is over', {}, { now: Date.parse('2026-01-01'), expires: Date.parse('2026-01-02') }],
  ])('a token for %s proves nobody, so nobody may decide', async (_what, other, signing) => {
    await withSignedDesk(async (desk) => {
      const input = { to: 'zoe', cents: 20_000 };
      const workflowId = `pays-${Math.random().toString(36).slice(2)}`;
      const cat = {
        subject: 'cat',
        key: approvers.keyOf('cat'),
        now: Date.now(),
        expires: Date.now() + 6e5,
      };
      const run = await desk.start('pays', input, workflowId, (asked) =>
        signRequester({ ...asked, ...other }, { ...cat, ...signing }),
      );
      const request = await firstRequest(run);
      expect(await refusal(run, approvers.signs('ada', request, { option: 'approve' }))).toMatchObject({
        why: 'unproven-requester',
      });
      const notes = (await timeline(run)).flatMap((event) => (event.kind === 'note' ? [event.code] : []));
      expect(notes).toEqual(['DECISION_UNPROVEN']);
      await run.terminate();
    });
  });
});

describe('P5 the performing worker checks for itself', () => {
  test('a key revoked between the decision and the action: no action runs, and people are asked again', async () => {
    await withSignedDesk(async (desk) => {
      const run = await proven(desk, { to: 'zoe', cents: 20_000 }, 'cat');
      const request = await firstRequest(run);
      await decide(run, approvers.signs('ada', request, { option: 'approve' }));
      approvers.revoke('ada');
      await decide(run, approvers.signs('bob', request, { option: 'approve' }));
      const again = await until(async () => {
        const next = await firstRequest(run);
        return next.id !== request.id && next;
      });
      expect(again.details).toContain('revoked');
      expect(paid).toEqual([]);
      approvers.add('dan', 'finance');
      await decide(run, approvers.signs('bob', again, { option: 'approve' })).catch(() => undefined);
      const withdrawn = await firstRequest(run);
      await decide(run, approvers.signs('bob', withdrawn, { option: 'reject', reason: 'enough' }));
      expect(await run.result()).toMatchObject({ outcome: 'rejected' });
      expect(paid).toEqual([]);
    });
  });
});
