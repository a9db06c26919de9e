/**
 * P5: an attacker who may write to the namespace, and has read every history, cannot carry out an action without
 * approval.
 */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from '@temporalio/worker';
import type { WorkflowHandleWithFirstExecutionRunId } from '@temporalio/client';
import type * as proto from '@temporalio/proto';
import { beforeEach, describe, expect, test } from 'vitest';
import { digest, type ApprovalRequest, type Json } from '@batonhq/baton';
import { signRequester, type AskedRun } from '@batonhq/baton/client';
import { implement } from '@batonhq/baton/worker';
import { scriptedModel } from '@batonhq/baton/testing';
import { Approvers } from '../fixtures/approvers.js';
import { connected, firstRequest, logged, until, withDesk, type Desk } from '../fixtures/harness.js';
import { hostileBundle } from '../fixtures/hostile-bundle.js';
import { payout } from '../fixtures/signed-workflows.js';

type EventId = NonNullable<
  proto.temporal.api.workflowservice.v1.IResetWorkflowExecutionRequest['workflowTaskFinishEventId']
>;

const WORKFLOWS = fileURLToPath(new URL('../fixtures/signed-workflows.ts', import.meta.url));

/** The result of an activity that names another run than that of the workflow which scheduled it. */
const ANOTHER_RUN = { kind: 'error', text: expect.stringMatching(/names another run than its own/) };

let approvers: Approvers;
let paid: { to: string; cents: number }[];

beforeEach(() => {
  approvers = new Approvers(mkdtempSync(join(tmpdir(), 'baton-attacks-')));
  for (const name of ['ada', 'bob', 'cat']) approvers.add(name, 'finance');
  paid = [];
});

function paysOnce(messages: readonly { readonly role: string }[], args: Json) {
  if (messages.some(({ role }) => role === 'tool')) return { content: 'paid' };
  return { toolCalls: [{ name: 'payout', args }] };
}

function withSignedDesk<T>(body: (desk: Desk) => Promise<T>): Promise<T> {
  const tools = [
    implement(payout, ({ to, cents }) => {
      paid.push({ to, cents });
      return { receipt: `r-${paid.length}` };
    }),
  ];
  const model = scriptedModel({
    clerk: ({ messages }) => paysOnce(messages, { to: 'zoe', cents: 500, note: 'thanks' }),
    teller: ({ messages }) => paysOnce(messages, { to: 'zoe', cents: 20_000 }),
  });
  const approvals = { mode: 'signed', registry: approvers.file } as const;
  return withDesk({ model, tools, workflows: WORKFLOWS, approvals }, body);
}

type Robs = (
  /** Schedules these as a workflow of the robber's own, of this id. */
  id: string,
  calls: (
    firstExecutionRunId: string,
  ) => readonly { activity?: 'callTool' | 'readApprovers'; input: unknown }[],
  /** Says who asks for it. */
  token?: (run: AskedRun) => string,
) => Promise<{ kind?: string; why?: string }[]>;

/** An attacker next to the desk: a worker on a separate queue. */
async function withRobber<T>(desk: Desk, body: (robs: Robs, taskQueue: string) => Promise<T>): Promise<T> {
  const { native, client } = await connected();
  const taskQueue = `hostile-${randomUUID()}`;
  const worker = await Worker.create({
    connection: native,
    taskQueue,
    workflowBundle: await hostileBundle(),
  });
  return worker.runUntil(() =>
    body(async (workflowId, calls, token) => {
      // The signature names the run, and the run id is known only after the start.
      const handle = await client.workflow.start('robsLater', {
        taskQueue,
        workflowId,
        args: [desk.taskQueue],
      });
      const { firstExecutionRunId } = handle;
      const asked = { workflowId, firstExecutionRunId, workflow: 'robsLater', input: desk.taskQueue };
      if (token) await handle.signal('requested', { v: 1, requester: token(asked) });
      await handle.signal('go', calls(firstExecutionRunId));
      return (await handle.result()) as { kind?: string; why?: string }[];
    }, taskQueue),
  );
}

function rootOf(workflowId: string, firstExecutionRunId: string): string {
  return digest({ workflowId, firstExecutionRunId }).slice(0, 32);
}

interface Crime {
  readonly workflowId: string;
  readonly run: { readonly workflowId: string; readonly firstExecutionRunId: string };
  readonly step?: string;
  readonly args: { readonly to: string; readonly cents: number };
  readonly signers?: readonly string[];
  /** The requester of the run that the approvers see. */
  readonly requester?: string;
}

/** The input of `callTool` with a proof, signed by people who were shown the robber's own request. */
function crime({ workflowId, run, step = 'payout-0', args, signers = [], requester }: Crime) {
  const root = rootOf(run.workflowId, run.firstExecutionRunId);
  const id = `${workflowId}/${digest({ root, path: step }).slice(0, 24)}`;
  const shown = requester === undefined ? {} : { requester };
  const bound = { request: id, run: root, tool: 'payout', args, ...shown };
  const request = { id, revision: 1, digest: digest(bound) };
  const decisions = signers.map((name) => approvers.signs(name, request, { option: 'approve' }).signed);
  const proof = { run, request: id, decisions, ...shown };
  return { root, step, tool: 'payout', agent: 'pays', call: { args }, returns: 'value', proof };
}

function runOf({ workflowId, firstExecutionRunId }: WorkflowHandleWithFirstExecutionRunId) {
  return { workflowId, firstExecutionRunId };
}

const TWO_OF_FINANCE = { policy: 'two-above-100', roles: ['finance'], quorum: 2, notRequester: true };

const LARGE = { to: 'zoe', cents: 20_000 };

function signingOf(subject: string) {
  const now = Date.now();
  return { subject, key: approvers.keyOf(subject), now, expires: now + 600_000 };
}

async function provenRun(desk: Desk, subject: string, workflow = 'pays') {
  const id = `${workflow}-${randomUUID().slice(0, 8)}`;
  let token = '';
  const run = await desk.start(workflow, LARGE, id, (asked) => {
    token = signRequester(asked, signingOf(subject));
    return token;
  });
  return { token, run };
}

async function approve(desk: Desk, request: ApprovalRequest, ...names: string[]): Promise<void> {
  const owner = desk.client.workflow.getHandle(request.id.slice(0, request.id.lastIndexOf('/')));
  for (const name of names) {
    await owner.executeUpdate('decide', { args: [approvers.signs(name, request, { option: 'approve' })] });
  }
}

describe('P5 a workflow of somebody else’s on the desk’s queue', () => {
  test('it cannot say that it is part of a run that another person asked for', async () => {
    await withSignedDesk(async (desk) => {
      const { run, token } = await provenRun(desk, 'cat');
      await firstRequest(run);
      await withRobber(desk, async (robs) => {
        // Bob requests it himself, and would be one of the two approvers.
        const workflowId = `robs-${randomUUID().slice(0, 8)}`;
        const args = { to: 'bob', cents: 20_000 };
        const input = crime({ workflowId, run: runOf(run), args, signers: ['ada', 'bob'], requester: 'cat' });
        expect(await robs(workflowId, () => [{ input }])).toMatchObject([ANOTHER_RUN]);
        const read = { path: 'payout-0', run: runOf(run) };
        const calls = () => [{ activity: 'readApprovers' as const, input: read }];
        const [told] = await robs(`${workflowId}-2`, calls, () => token);
        expect(told).not.toHaveProperty('requester');
      });
      expect(paid).toEqual([]);
      await run.terminate();
    });
  });

  test('a run of the same id is another run: what was signed for the first is not its to spend', async () => {
    await withSignedDesk(async (desk) => {
      const run = await desk.start('pays', { to: 'zoe', cents: 500 });
      await firstRequest(run);
      await run.terminate('robbed');
      await withRobber(desk, async (robs) => {
        const input = crime({
          workflowId: run.workflowId,
          run: runOf(run),
          args: { to: 'zoe', cents: 500 },
          signers: ['ada'],
        });
        expect(await robs(run.workflowId, () => [{ input }])).toMatchObject([ANOTHER_RUN]);
      });
      expect(paid).toEqual([]);
    });
  });

  test('who asked for a run that was ended has not asked for another one of the same id, though their token is sent to it', async () => {
    await withSignedDesk(async (desk) => {
      const { run, token } = await provenRun(desk, 'cat');
      expect(await firstRequest(run)).toMatchObject({ requester: 'cat' });
      await run.terminate('robbed');
      await withRobber(desk, async (robs) => {
        const { workflowId } = run;
        const calls = (firstExecutionRunId: string) => {
          const own = { workflowId, firstExecutionRunId };
          const said = { workflowId, run: own, args: LARGE, signers: ['ada', 'bob'] };
          return [
            { input: crime({ ...said, requester: 'cat' }) },
            { input: crime(said) },
            { activity: 'readApprovers' as const, input: { path: 'payout-0', run: own } },
          ];
        };
        const [replayed, silent, told] = await robs(workflowId, calls, () => token);
        expect(replayed).toMatchObject({ kind: 'unproven', why: 'other-requester' });
        expect(silent).toMatchObject({ kind: 'unproven', why: 'unproven-requester' });
        expect(told).toMatchObject({ requesterProblem: expect.stringContaining('for another run') });
        expect(told).not.toHaveProperty('requester');
      });
      expect(paid).toEqual([]);
    });
  });

  test('a poller inside a run that cat has asked for names nobody else as who asked, and lets nobody decide alone', async () => {
    await withSignedDesk(async (desk) => {
      await withRobber(desk, async (robs) => {
        const workflowId = `robs-${randomUUID().slice(0, 8)}`;
        const calls = (firstExecutionRunId: string) => {
          const run = { workflowId, firstExecutionRunId };
          const shown = (step: string, signers: string[], requester?: string) => ({
            input: crime({
              workflowId,
              run,
              args: LARGE,
              signers,
              step,
              ...(requester ? { requester } : {}),
            }),
          });
          return [
            shown('a-0', ['ada', 'bob'], 'eve'),
            shown('b-0', ['ada', 'bob']),
            shown('c-0', ['cat', 'ada'], 'cat'),
            shown('d-0', ['ada'], 'cat'),
            // Two other approvers saw the true requester, so their signatures name cat.
            shown('e-0', ['ada', 'bob'], 'cat'),
          ];
        };
        expect(await robs(workflowId, calls, (run) => signRequester(run, signingOf('cat')))).toMatchObject([
          { kind: 'unproven', why: 'other-requester' },
          { kind: 'unproven', why: 'other-requester' },
          { kind: 'unproven', why: 'requester' },
          { kind: 'unproven', why: 'quorum' },
          { kind: 'done' },
        ]);
      });
      expect(paid).toHaveLength(1);
    });
  });

  test('a run that no server knows, as of another namespace where people sign for tests', async () => {
    await withSignedDesk(async (desk) => {
      await withRobber(desk, async (robs) => {
        const workflowId = `robs-${randomUUID().slice(0, 8)}`;
        const run = { workflowId, firstExecutionRunId: randomUUID() };
        const input = crime({ workflowId, run, args: { to: 'bob', cents: 500 }, signers: ['ada'] });
        expect(await robs(workflowId, () => [{ input }])).toMatchObject([ANOTHER_RUN]);
      });
      expect(paid).toEqual([]);
    });
  });

  test('proofs of every odd shape are refused, and none is too much for the worker', async () => {
    await withSignedDesk(async (desk) => {
      await withRobber(desk, async (robs) => {
        const workflowId = `robs-${randomUUID().slice(0, 8)}`;
        const results = await robs(workflowId, (firstExecutionRunId) => {
          const run = { workflowId, firstExecutionRunId };
          const good = crime({ workflowId, run, args: { to: 'bob', cents: 20_000 }, signers: ['ada'] });
          const [one = ''] = good.proof.decisions;
          const odd = [
            undefined,
            null,
            'proof',
            [],
            { ...good.proof, run: null },
            { ...good.proof, decisions: Array.from({ length: 1_000 }, () => one) },
            { ...good.proof, decisions: [one.repeat(1_000)] },
            { ...good.proof, decisions: [{ toString: 'x' }] },
            { ...good.proof, requester: 7 },
          ];
          return odd.map((proof) => ({ input: { ...good, proof } }));
        });
        expect(results.map(({ kind }) => kind)).toEqual(Array.from({ length: 9 }, () => 'unproven'));
      });
      expect(paid).toEqual([]);
    });
  });

  test('it reads nothing of another run, and plants nothing in it: not what a tool gave, nor what an agent is asked', async () => {
    await withSignedDesk(async (desk) => {
      const run = await desk.start('pays', { to: 'zoe', cents: 500 });
      await firstRequest(run);
      const root = rootOf(run.workflowId, run.firstExecutionRunId);
      await withRobber(desk, async (robs) => {
        const call = { root, agent: 'clerk', returns: 'value' };
        const results = await robs(`robs-${randomUUID().slice(0, 8)}`, () => [
          { input: { ...call, step: 'payout-0', tool: 'payout', call: { args: { to: 'bob', cents: 1 } } } },
          {
            input: {
              ...call,
              step: 'x',
              tool: 'write_crew_output',
              call: { args: { path: 'a', content: 'b' } },
            },
          },
        ]);
        expect(results).toMatchObject([ANOTHER_RUN, ANOTHER_RUN]);
      });
      await run.terminate();
    });
  });

  test('an entry that it leaves in the store beforehand does not count as approved', async () => {
    await withSignedDesk(async (desk) => {
      const run = await desk.start('pays', { to: 'zoe', cents: 500 });
      const request = await firstRequest(run);
      await withRobber(desk, async (robs) => {
        const { proof: _none, ...input } = crime({
          workflowId: run.workflowId,
          run: runOf(run),
          step: request.path,
          args: { to: 'zoe', cents: 500 },
        });
        const wrong = { ...input, call: { args: { to: 1 } } };
        await robs(`robs-${randomUUID().slice(0, 8)}`, () => [{ input: wrong }, { input }]);
      });
      await approve(desk, request, 'ada');
      expect(await run.result()).toMatchObject({ outcome: 'performed' });
      expect(paid).toHaveLength(1);
    });
  });
});

describe('P5 a worker that serves a careful team and a careless one', () => {
  test('a hostile workflow that names the careless team does not get past the careful one', async () => {
    await withSignedDesk(async (desk) => {
      await withRobber(desk, async (_robs, taskQueue) => {
        const args = [desk.taskQueue];
        const workflowId = `robs-${randomUUID().slice(0, 8)}`;
        const robber = await desk.client.workflow.start('robsLater', { taskQueue, workflowId, args });
        const run = { workflowId, firstExecutionRunId: robber.firstExecutionRunId };
        const asked = { ...run, workflow: 'robsLater', input: desk.taskQueue };
        const requester = 'cat';
        await robber.signal('requested', { v: 1, requester: signRequester(asked, signingOf('cat')) });
        const one = crime({ workflowId, run, args: LARGE, signers: ['ada'], requester });
        const two = crime({ workflowId, run, args: LARGE, signers: ['ada', 'bob'], requester, step: 'b-0' });
        await robber.signal(
          'go',
          [one, two].map((input) => ({ input: { ...input, team: 'front' } })),
        );
        // The second shows that nothing else stood in the way of the first.
        expect(await robber.result()).toMatchObject([{ kind: 'unproven', why: 'quorum' }, { kind: 'done' }]);
      });
      expect(paid).toHaveLength(1);
    });
  });

  test('a run of the careless team that asked too few asks those whom the worker needs, and then it happens', async () => {
    await withSignedDesk(async (desk) => {
      const { run } = await provenRun(desk, 'cat', 'carelessPays');
      const first = await firstRequest(run);
      expect(first.needs).toMatchObject({ policy: 'anyone', quorum: 1 });
      await approve(desk, first, 'ada');
      const second = await firstRequest(run);
      expect(second.needs).toEqual(TWO_OF_FINANCE);
      await approve(desk, second, 'ada', 'bob');
      expect(await run.result()).toMatchObject({ outcome: 'performed', approvedBy: 'ada and bob' });
      expect(paid).toHaveLength(1);
    });
  });

  test('an agent of the careless team: those whom the worker needs are asked at once', async () => {
    await withSignedDesk(async (desk) => {
      const run = await desk.start('carelessAgentPays', 'pay zoe');
      expect((await firstRequest(run)).needs).toEqual(TWO_OF_FINANCE);
      await run.terminate();
    });
  });
});

describe('P5 the run itself', () => {
  test('a reset after the approval: it is carried out once, and the same word is not spent on another amount', async () => {
    await withSignedDesk(async (desk) => {
      const run = await desk.start('pays', { to: 'zoe', cents: 500 });
      await approve(desk, await firstRequest(run), 'ada');
      await run.result();
      const { runId } = await desk.client.workflowService.resetWorkflowExecution({
        namespace: 'default',
        workflowExecution: { workflowId: run.workflowId, runId: run.firstExecutionRunId },
        reason: 'attack',
        workflowTaskFinishEventId: 4 as unknown as EventId,
        requestId: randomUUID(),
      });
      const again = desk.client.workflow.getHandle(run.workflowId, runId);
      // The update is admitted again, or the person is asked again: either way there is only one payment.
      const open = await Promise.race([again.result().then(() => undefined), firstRequest(again)]);
      if (open) await approve(desk, open, 'bob');
      expect(await again.result()).toMatchObject({ outcome: 'performed' });
      expect(paid).toHaveLength(1);
    });
  });

  test('a model that writes more than the tool takes: people see and sign what is carried out', async () => {
    await withSignedDesk(async (desk) => {
      const run = await desk.start('clerkPays', 'pay zoe');
      const child = await until(
        async () => (await run.query<{ pending: { id: string }[] }>('view')).pending[0],
      );
      const owner = desk.client.workflow.getHandle(child.id.slice(0, child.id.lastIndexOf('/')));
      const request = await firstRequest(owner);
      expect(request.action?.args).toEqual({ to: 'zoe', cents: 500 });
      await approve(desk, request, 'ada');
      expect(await run.result()).toBe('paid');
      expect(paid).toEqual([{ to: 'zoe', cents: 500 }]);
    });
  });

  test('the run waits, and continues later, when the registry cannot be read while people are asked', async () => {
    await withSignedDesk(async (desk) => {
      const good = readFileSync(approvers.file, 'utf8');
      writeFileSync(approvers.file, good.slice(0, 40));
      const run = await desk.start('pays', { to: 'zoe', cents: 500 });
      await until(() => Promise.resolve(logged.some((line) => line.includes(approvers.file))));
      expect((await run.describe()).status.name).toBe('RUNNING');
      writeFileSync(approvers.file, good);
      await approve(desk, await firstRequest(run), 'ada');
      expect(await run.result()).toMatchObject({ outcome: 'performed' });
      expect(paid).toHaveLength(1);
    });
  });
});
