/** P6: people are told of a request where the worker has something to tell them by. */
import type { Json } from '@batonhq/baton';
import { expect, test } from 'vitest';
import { scriptedModel } from '@batonhq/baton/testing';
import { failureOf, firstRequest, until, withDesk, type DeskOptions } from '../fixtures/harness.js';

type Notice = Parameters<NonNullable<DeskOptions['notify']>>[0];

const model = scriptedModel({});

test('P6 notices: opened and decided are told, with the request, the run and the roles, before the run ends', async () => {
  const told: Notice[] = [];
  const notify = (notice: Notice): Promise<void> => {
    told.push(notice);
    return Promise.resolve();
  };
  await withDesk({ model, notify }, async (desk) => {
    const run = await desk.start('asksTwo', 'Go?');
    const { id } = await firstRequest(run);
    await until(() => Promise.resolve(told[0]));
    for (const by of ['ada', 'bob']) {
      await run.executeUpdate('decide', { args: [{ request: id, option: 'approve', by }] });
    }
    await run.result();
    expect(told.map(({ event }) => event)).toEqual(['opened', 'decided']);
    expect(told[0]).toMatchObject({
      request: { id, options: ['approve', 'reject', 'abort'] },
      run: { workflowId: run.workflowId, runId: run.firstExecutionRunId, workflow: 'asksTwo' },
    });
    expect(told[0]?.to satisfies readonly Json[] | undefined).toEqual([]);
  });
});

test('P6 notices: expiry is told; a notice that nobody takes lets the run end all the same', async () => {
  const told: Notice['event'][] = [];
  const notify = ({ event }: Notice): Promise<void> => {
    told.push(event);
    return event === 'opened' ? Promise.reject(new Error('nobody listens')) : Promise.resolve();
  };
  await withDesk({ model, notify }, async (desk) => {
    const run = await desk.start('asks', { question: 'Now?', deadlineMs: 1 });
    expect(await failureOf(run)).toMatchObject({ code: 'APPROVAL_EXPIRED' });
    expect(told).toContain('expired');
  });
});

test('P6 notices: nothing is scheduled where the worker has nothing to tell by', async () => {
  await withDesk({ model }, async (desk) => {
    const run = await desk.start('asks', { question: 'Now?', deadlineMs: 1 });
    await failureOf(run);
    const { events = [] } = await run.fetchHistory();
    expect(events?.filter((event) => event.activityTaskScheduledEventAttributes)).toEqual([]);
  });
});
