/** The team at work on a real Temporal dev server, with models that follow a script. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scriptedModel, withTestEnvironment } from '@batonhq/baton/testing';
import { implement } from '@batonhq/baton/worker';
import { sendReply } from '../team.js';
import type { answerLetter } from '../workflows.js';

const letter = { from: 'ada@example.org', text: 'May I send the kettle back?' };
const reply = { subject: 'Your kettle', body: 'You may, within thirty days.' };

/** A model for one letter, and a post box in place of the real one. */
function surroundings() {
  const posted: string[] = [];
  const model = scriptedModel({
    clerk: [
      { toolCalls: [{ name: 'look_up', args: { words: 'send back goods' } }] },
      { content: 'Goods may be sent back within thirty days.' },
    ],
    writer: [{ output: reply }],
  });
  const post = implement(sendReply, ({ to, body }) => {
    posted.push(`${to}: ${body}`);
    return { file: 'none' };
  });
  return { posted, model, tools: [post] };
}

test('a letter is answered from the handbook, and nothing is sent before a person approves', async () => {
  const { posted, model, tools } = surroundings();
  await withTestEnvironment({ model, tools }, async (desk) => {
    const run = await desk.start<typeof answerLetter>('answerLetter', letter);
    const request = await run.request();
    assert.deepEqual(request.action?.args, { to: letter.from, ...reply });
    assert.deepEqual(posted, []);

    await run.decide({ option: 'approve', by: 'grace' });
    assert.deepEqual(await run.result(), { answer: reply.body, sent: true });
    assert.deepEqual(posted, ['ada@example.org: You may, within thirty days.']);
    // What the clerk read of the handbook, in its second call.
    assert.match(JSON.stringify(model.calls[1]?.request.messages), /at our cost/);
  });
});

test('a reply that is rejected is not sent', async () => {
  const { posted, model, tools } = surroundings();
  await withTestEnvironment({ model, tools }, async (desk) => {
    const run = await desk.start<typeof answerLetter>('answerLetter', letter);
    await run.decide({ option: 'reject', reason: 'too curt' });
    assert.deepEqual(await run.result(), { answer: reply.body, sent: false });
    assert.deepEqual(posted, []);
  });
});
