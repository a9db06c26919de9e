/** The example of a conversation: offline, on a real server. */
import { fileURLToPath } from 'node:url';
import { answerTo, say, talkOf } from '@batonhq/baton/client';
import { loadConfig, offlineModel } from '@batonhq/baton/worker';
import { expect, test } from 'vitest';
import { withDesk } from '../fixtures/harness.js';

const FOLDER = new URL('../../dist/examples/chat-desk/', import.meta.url);
const file = (name: string): string => fileURLToPath(new URL(name, FOLDER));

test('O4 chat desk: control goes to who knows the orders, stays there, and comes back', async () => {
  await loadConfig(file('workflows.js'));
  const { tools } = await loadConfig(file('baton.config.js'));
  const { algorithms } = await import('../../dist/examples/chat-desk/offline.js');
  const model = offlineModel({ agents: algorithms });
  await withDesk({ model, tools, workflows: file('workflows.js') }, async ({ client, start }) => {
    const { workflowId } = await start('chatDesk', null);
    const told: string[] = [];
    for (const text of ['Hello!', 'Where is A-17?', 'And A-18?', 'Do you sell tea?', 'A-19 then']) {
      const { agent, answer } = await answerTo(client, workflowId, await say(client, workflowId, text));
      told.push(`${agent}: ${String(answer as string)}`);
    }
    expect(told).toEqual([
      'front: Which order is it about? Its number is like A-17.',
      'orders: Order A-17 is on its way, and comes on Friday.',
      'orders: Order A-18 is delivered since Monday.',
      'front: You are with the front again. What else can we do for you?',
      'orders: Order A-19 is not known here.',
    ]);
    expect(await talkOf(client, workflowId)).toMatchObject({ active: 'orders', answered: 5 });
    await client.workflow.getHandle(workflowId).signal('end-talk');
    expect(await client.workflow.getHandle(workflowId).result()).toMatchObject({ turns: 5 });
  });
});
