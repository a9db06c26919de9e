/** P6: people get notices of a request when the worker has a notifier. */
import { fileURLToPath } from 'node:url';
import type { Json, Notice } from '@batonhq/baton';
import { implement, NoticeError, type Notifier } from '@batonhq/baton/worker';
import { expect, test } from 'vitest';
import { scriptedModel } from '@batonhq/baton/testing';
import { failureOf, firstRequest, until, withDesk } from '../fixtures/harness.js';
import { payout } from '../fixtures/payout.js';

const WAITING = fileURLToPath(new URL('../fixtures/waiting-workflows.ts', import.meta.url));
const SIGNED = fileURLToPath(new URL('../fixtures/signed-workflows.ts', import.meta.url));

const model = scriptedModel({});

/** Takes everything, and keeps it. */
function taking(told: Notice[], more: Partial<Notifier> = {}): Notifier {
  return {
    name: 'list',
    send: (notice) => {
      told.push(notice);
      return Promise.resolve({ outcome: 'taken', detail: 'kept' });
    },
    ...more,
  };
}

test('P6 notices: opened and decided are sent with the request, the run and the roles, before the run ends', async () => {
  const told: Notice[] = [];
  await withDesk({ model, notify: [taking(told)] }, async (desk) => {
    const run = await desk.start('asksTwo', 'Go?');
    const { id } = await firstRequest(run);
    await until(() => Promise.resolve(told[0]));
    for (const by of ['ada', 'bob']) {
      await run.executeUpdate('decide', { args: [{ request: id, option: 'approve', by }] });
    }
    await run.result();
    expect(told.map(({ event }) => event)).toEqual(['opened', 'decided']);
    expect(told[0]).toMatchObject({
      occurrence: 1,
      request: { id, options: ['approve', 'reject', 'ask-back', 'abort'] },
      run: { workflowId: run.workflowId, runId: run.firstExecutionRunId, workflow: 'asksTwo' },
    });
    expect(told[0]?.to satisfies readonly Json[] | undefined).toEqual([]);
    expect(told[0]?.decision).toBeUndefined();
    expect(told[1]?.decision).toMatchObject({ option: 'approve', by: 'bob', identity: 'claimed' });
  });
});

test('P6 notices: expiry is sent, and the run ends even when a notifier refuses a notice', async () => {
  const told: Notice['event'][] = [];
  const notifier: Notifier = {
    name: 'deaf to the first',
    send: ({ event }) => {
      told.push(event);
      return event === 'opened'
        ? Promise.reject(new Error('nobody listens'))
        : Promise.resolve({ outcome: 'taken', detail: '' });
    },
  };
  await withDesk({ model, notify: [notifier] }, async (desk) => {
    const run = await desk.start('asks', { question: 'Now?', deadlineMs: 1 });
    expect(await failureOf(run)).toMatchObject({ code: 'APPROVAL_EXPIRED' });
    expect(told).toContain('expired');
  });
});

test('P6 notices: nothing is scheduled where the worker has nothing to tell by, or nothing that tells of this', async () => {
  for (const notify of [[], [taking([], { events: ['reminded'] })]]) {
    await withDesk({ model, notify }, async (desk) => {
      const run = await desk.start('asks', { question: 'Now?', deadlineMs: 1 });
      await failureOf(run);
      const { events = [] } = await run.fetchHistory();
      expect(events?.filter((event) => event.activityTaskScheduledEventAttributes)).toEqual([]);
    });
  }
});

test('P6 notice: a notifier that refuses neither stops the others nor has them tell it again', async () => {
  const told: Notice[] = [];
  const refused: Notice[] = [];
  const refusing = taking(refused, {
    name: 'refusing',
    send: (notice) => {
      refused.push(notice);
      return Promise.reject(new NoticeError('not today', { retryable: false }));
    },
  });
  let attempts = 0;
  const failing = taking([], {
    name: 'failing once',
    send: () => {
      attempts += 1;
      return attempts === 1
        ? Promise.reject(new NoticeError('busy', { retryable: true, retryAfterMs: 1 }))
        : Promise.resolve({ outcome: 'taken', detail: 'then' });
    },
  });
  await withDesk({ model, notify: [refusing, taking(told), failing] }, async (desk) => {
    const run = await desk.start('asks', { question: 'Now?' });
    const { id } = await firstRequest(run);
    await until(() => Promise.resolve(attempts === 2));
    await run.executeUpdate('decide', { args: [{ request: id, option: 'approve', by: 'ada' }] });
    await run.result();
    expect(told.map(({ event }) => event)).toEqual(['opened', 'decided']);
    expect(refused.map(({ event }) => event)).toEqual(['opened', 'decided']);
    const { events } = await run.fetchHistory();
    const failures = (events ?? []).flatMap(
      (event) => event.activityTaskFailedEventAttributes?.failure?.applicationFailureInfo?.type ?? [],
    );
    expect(failures).toEqual(['NOTICE_NOT_TAKEN', 'NOTICE_NOT_TAKEN']);
  });
});

test('P6 notice: a notice that failed before the run ended is sent afterwards, and the run does not wait for it', async () => {
  const told: Notice['event'][] = [];
  let isBack = false;
  const away = taking([], {
    send: ({ event }) => {
      if (event === 'decided' && !isBack)
        return Promise.reject(new NoticeError('away', { retryable: true, retryAfterMs: 500 }));
      told.push(event);
      return Promise.resolve({ outcome: 'taken', detail: '' });
    },
  });
  await withDesk({ model, notify: [away] }, async (desk) => {
    const run = await desk.start('asks', { question: 'Now?' });
    const { id } = await firstRequest(run);
    await run.executeUpdate('decide', { args: [{ request: id, option: 'approve', by: 'ada' }] });
    await run.result();
    expect(told).toEqual(['opened']);
    isBack = true;
    await until(() => Promise.resolve(told.length === 2));
    expect(told).toEqual(['opened', 'decided']);
  });
});

test("P6 notice: a person's abort is sent", async () => {
  const told: Notice[] = [];
  await withDesk({ model, notify: [taking(told)] }, async (desk) => {
    const run = await desk.start('asks', { question: 'Now?' });
    const { id } = await firstRequest(run);
    const decision = { request: id, option: 'abort', by: 'ada', reason: 'the house is sold' };
    await run.executeUpdate('decide', { args: [decision] });
    expect(await failureOf(run)).toMatchObject({ code: 'ABORTED' });
    expect(told[1]).toMatchObject({
      event: 'decided',
      decision: { option: 'abort', reason: 'the house is sold' },
    });
  });
});

test("P6 notice: a child agent's request is sent with its run and team", async () => {
  const told: Notice[] = [];
  const clerk = [{ toolCalls: [{ name: 'payout', args: { to: 'zoe', cents: 5 } }] }, { content: 'left' }];
  await withDesk(
    {
      model: scriptedModel({ clerk }),
      workflows: SIGNED,
      notify: [taking(told)],
      tools: [implement(payout, () => ({ receipt: 'r' }))],
    },
    async (desk) => {
      const run = await desk.start('clerkPays', 'pay zoe');
      const { request } = await until(() => Promise.resolve(told[0]));
      const child = desk.client.workflow.getHandle(request.id.slice(0, request.id.lastIndexOf('/')));
      await child.executeUpdate('decide', {
        args: [{ request: request.id, option: 'reject', by: 'ada', reason: 'no' }],
      });
      await run.result();
      expect(told.map((notice) => notice.run)).toEqual(
        Array(2).fill({
          workflowId: run.workflowId,
          runId: run.firstExecutionRunId,
          workflow: 'clerkPays',
          team: 'till',
        }),
      );
    },
  );
});

test('P6 notice: limits the notices in flight to an unavailable notifier to those it can deliver later, also after the end', async () => {
  const told = new Set<string>();
  let isBack = false;
  const away = taking([], {
    send: ({ event, request }) => {
      if (!isBack) return Promise.reject(new NoticeError('away', { retryable: true, retryAfterMs: 500 }));
      told.add(`${event} ${request.id}`);
      return Promise.resolve({ outcome: 'taken', detail: '' });
    },
  });
  await withDesk({ model, workflows: WAITING, notify: [away] }, async (desk) => {
    const run = await desk.start('asksOften', 130);
    const { id } = await firstRequest(run);
    expect((await run.describe()).raw.pendingActivities?.length).toBe(100);
    await run.executeUpdate('decide', { args: [{ request: id, option: 'reject', by: 'ada', reason: 'no' }] });
    expect(await failureOf(run)).toMatchObject({ code: 'REJECTED' });
    isBack = true;
    await until(() => Promise.resolve(told.size === 131));
  });
});
