/** T4: tools that need a permission are carried out on its own queue, by workers that alone serve it. */
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { scriptedModel } from '@batonhq/baton/testing';
import { createWorker, implement } from '@batonhq/baton/worker';
import { connected, deskConfig, until, withDesk, withWorker } from '../fixtures/harness.js';
import { lookUp, transfer } from '../fixtures/permission-workflows.js';

const workflows = fileURLToPath(new URL('../fixtures/permission-workflows.ts', import.meta.url));
const model = scriptedModel({});
const looks = implement(lookUp, ({ who }) => `${who} is there`);
/** PendingActivityState of the API: nobody has begun it. */
const SCHEDULED = 1;

const low = {
  model,
  workflows,
  tools: [looks],
  serves: { orchestrations: true, permissions: [] },
};
const payments = {
  model,
  workflows,
  tools: [implement(transfer, () => ({ by: 'the payments worker' }))],
  serves: { orchestrations: false, permissions: ['payments'] },
};

describe('T4 permission queues', () => {
  test('a worker without the permission needs no implementation, and leaves the call to one that has it', async () => {
    await withDesk(low, async (desk) => {
      const run = await desk.start('moves', 'bob');
      await until(async () => {
        const { events } = await run.fetchHistory();
        const queues = events?.map((event) => event.activityTaskScheduledEventAttributes?.taskQueue?.name);
        return queues?.includes(`${desk.taskQueue}.payments`);
      });
      const [waiting] = (await run.describe()).raw.pendingActivities ?? [];
      expect(waiting).toMatchObject({ activityType: { name: 'callTool' }, state: SCHEDULED });
      await withWorker(payments, desk, async () => {
        expect(await run.result()).toEqual({ by: 'the payments worker' });
      });
    });
  });

  test('one worker that serves everything polls both queues', async () => {
    await withDesk({ model, workflows, tools: [looks, ...payments.tools] }, async (desk) => {
      const run = await desk.start('moves', 'bob');
      expect(await run.result()).toEqual({ by: 'the payments worker' });
    });
  });

  test.each([
    ['a permission’s tool over the queue of the orchestrations', '', 'transfer', { to: 'mallory' }],
    ['another tool over the queue of a permission', '.payments', 'look_up', { who: 'mallory' }],
  ])('%s is refused', async (_what, suffix, tool, args) => {
    await withDesk({ model, workflows, tools: [looks, ...payments.tools] }, async (desk) => {
      const wanted = { taskQueue: `${desk.taskQueue}${suffix}`, tool, args };
      const run = await desk.start('schedules', wanted);
      const failure = await run.result().catch((error: unknown) => error);
      expect(JSON.stringify(causes(failure))).toContain('PERMISSION_DENIED');
    });
  });

  test('a permission that no tool needs is an error at the start, and so is a tool nobody implements', async () => {
    await withDesk({ model, workflows, tools: [looks, ...payments.tools] }, async (desk) => {
      const { native } = await connected();
      const options = { connection: native, serves: { orchestrations: false, permissions: ['paymnts'] } };
      const config = await deskConfig(payments, desk.folder, `${desk.taskQueue}-other`);
      await expect(createWorker(config, options)).rejects.toMatchObject({
        code: 'BAD_CONFIG',
        message: expect.stringContaining('Tools need:'),
      });
    });
  });
});

function causes(error: unknown): string[] {
  if (!(error instanceof Error)) return [];
  const { type } = error as { type?: string };
  return [...(type === undefined ? [] : [type]), error.message, ...causes(error.cause)];
}
