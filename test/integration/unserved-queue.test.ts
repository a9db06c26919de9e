/** T4: while no worker serves a permission, every view of the run names its queue and the fix. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readStory } from '../../dist/src/client/story/story.js';
import { DeskProcesses } from '../fixtures/desk-processes.js';
import { firstRequest, until } from '../fixtures/harness.js';
import { shippedTicket } from '../fixtures/support-desk.js';

const REMEDY = 'baton worker --permission payments';
const flat = (text: string): string => text.replace(/\s+/g, ' ');

let desk: DeskProcesses;
beforeAll(async () => {
  desk = await DeskProcesses.open();
  await desk.low();
}, 60_000);
afterAll(() => desk.close());

test('topology: doctor names the queue that nobody serves, and ends with 5', async () => {
  const { code, stdout } = await desk.run(['doctor', desk.config]);
  expect(flat(stdout)).toContain('nobody polls support-desk.payments');
  expect(flat(stdout)).toContain(REMEDY);
  expect(code).toBe(5);
});

test('topology: the approver and every reader of the run see that no worker serves the action', async () => {
  await desk.run(['keys', 'new', '--as', 'cat', '--key', 'cat.jwk']);
  await desk.run(['keys', 'add', 'cat', '--key', 'cat.jwk', '--roles', 'finance']);
  const workflowId = `ticket-${randomUUID().slice(0, 8)}`;
  const run = await desk.client.workflow.start('supportDesk', {
    taskQueue: 'support-desk',
    workflowId,
    args: [shippedTicket('paid-twice')],
  });
  const { id } = await firstRequest(run);
  await desk.approve(run, 'ada');
  const approved = await desk.run(['approve', id, '--key', 'cat.jwk']);
  expect(flat(approved.stderr)).toContain(`Nobody serves the queue support-desk.payments`);
  expect(flat(approved.stderr)).toContain(REMEDY);
  expect(approved.code).toBe(0);

  await until(async () => (await readStory(desk.client, workflowId)).unserved);
  const shown = flat((await desk.run(['show', workflowId])).stdout);
  expect(shown).toContain('Nobody serves');
  expect(shown).toContain(REMEDY);
  const { stdout } = await desk.run(['show', workflowId, '--json']);
  expect(JSON.parse(stdout)).toMatchObject({
    unserved: [{ queue: 'support-desk.payments', permission: 'payments' }],
  });

  await desk.payments();
  expect(await run.result()).toMatchObject({ refund: { id: 'R-1' } });
  expect((await desk.run(['doctor', desk.config])).code).toBe(0);
}, 120_000);
