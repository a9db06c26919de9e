/** A conversation on a real Temporal dev server, with the offline algorithms as the models. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answerTo, say } from '@batonhq/baton/client';
import { withTestEnvironment } from '@batonhq/baton/testing';
import { offlineModel } from '@batonhq/baton/worker';
import { algorithms } from '../offline.js';
import type { chatDesk } from '../workflows.js';

test('chat: the orders agent answers, once the front agent has handed off to it', async () => {
  await withTestEnvironment({ model: offlineModel({ agents: algorithms }) }, async (desk) => {
    const { workflowId } = await desk.start<typeof chatDesk>('chatDesk', null);
    const told: string[] = [];
    for (const text of ['Hello!', 'Where is A-17?']) {
      const { agent, answer } = await answerTo(
        desk.client,
        workflowId,
        await say(desk.client, workflowId, text),
      );
      told.push(`${agent}: ${String(answer as string)}`);
    }
    assert.deepEqual(told, [
      'front: Which order is it about? Its number is like A-17.',
      'orders: Order A-17 is on its way, and comes on Friday.',
    ]);
  });
});
