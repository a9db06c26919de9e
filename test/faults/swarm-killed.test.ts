/**
 * A worker dies in the middle of a turn of a conversation, after a handoff: the turn continues, and no message
 * repeats.
 */
import { Client, Connection } from '@temporalio/client';
import { answerTo } from '@batonhq/baton/client';
import { afterAll, expect, test } from 'vitest';
import { CliDesk } from '../fixtures/cli/desk.js';
import { until } from '../fixtures/harness.js';

const desk = new CliDesk();
afterAll(() => desk.close());

test('D1 O4 a worker killed in a turn, after a handoff: control stays, what was said meanwhile follows, nothing is done again', async () => {
  const first = await desk.worker();
  const id = await desk.start('doors', { say: 'let me in' });
  await until(() => Promise.resolve(desk.log().includes('at gate-2')));
  await first.kill('SIGKILL');
  const connection = await Connection.connect({ address: desk.address });
  try {
    const client = new Client({ connection });
    const run = client.workflow.getHandle(id);
    // No worker is there to take an update in; a signal waits.
    for (const text of ['are you there?', 'hello?']) await run.signal('say', { v: 1, text, id: text });
    desk.open('gate-2');
    await desk.worker();
    expect(await answerTo(client, id, { turn: 1 })).toMatchObject({
      agent: 'keeper',
      answer: 'The gate is open.',
    });
    expect(await answerTo(client, id, { turn: 2 })).toMatchObject({ agent: 'keeper', id: 'are you there?' });
    expect(await answerTo(client, id, { turn: 3 })).toMatchObject({ agent: 'keeper', id: 'hello?' });
    expect(desk.log().filter((line) => line === 'taken')).toHaveLength(1);
    await run.signal('end-talk');
    expect(await run.result()).toEqual({ turns: 3, active: 'keeper', ended: 'user' });
  } finally {
    await connection.close();
  }
}, 180_000);
