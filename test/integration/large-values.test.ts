/** D7 what is larger than Temporal takes in one piece: the run says so with a code, and what is long is read in pages. */
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { decide, queueDecision, startRun } from '@batonhq/baton/client';
import { connect, resolveTarget } from '../../dist/src/client/connect.js';
import { readHistoryFacts } from '../../dist/src/client/runs/read-history.js';
import { tellFacts } from '../../dist/src/client/story/history-story.js';
import { readStory } from '../../dist/src/client/story/story.js';
import { scriptedModel } from '@batonhq/baton/testing';
import { implement } from '@batonhq/baton/worker';
import { failureOf, firstRequest, required, withDesk } from '../fixtures/harness.js';
import { echo } from '../fixtures/team.js';

const model = scriptedModel({});

test.each([
  ['result', 'The result of the run has 2100002 bytes; at most 2000000 can be sent.'],
  ['agent', /^The prompt of writer has 21\d{5} bytes/],
  ['child agent', /^The prompt of hermit \(hermit-0\) has 21\d{5} bytes/],
  ['tool', /^The call of echo \(echo-0\) has 21\d{5} bytes/],
])('large values: the %s of a run is measured before it is sent, and named', async (how, words) => {
  await withDesk({ model }, async (desk) => {
    const run = await desk.start('sendsLarge', { how, bytes: 2_100_000 });
    expect(await failureOf(run)).toMatchObject({
      code: 'PAYLOAD_TOO_LARGE',
      message: typeof words === 'string' ? expect.stringContaining(words) : expect.stringMatching(words),
    });
  });
});

test('large values: an input that Temporal does not take is refused before anything is started', async () => {
  await withDesk({ model }, async (desk) => {
    const id = `large-${randomUUID()}`;
    const options = { id, taskQueue: desk.taskQueue };
    await expect(startRun(desk.client, 'hello', 'w'.repeat(3_000_000), options)).rejects.toMatchObject({
      code: 'BAD_INPUT',
      message: expect.stringContaining('The input of the run has 3000002 bytes'),
    });
    await expect(desk.client.workflow.getHandle(id).describe()).rejects.toThrow('not found');
  });
});

test('large values: a history whose events are larger than a connection takes together is read, with a worker and without', async () => {
  const tools = [implement(echo, ({ text }) => `${text.length}`)];
  await withDesk({ model, tools }, async (desk) => {
    const workflowId = `long-${randomUUID()}`;
    const run = await desk.client.workflow.start('sendsLargeOften', {
      workflowId,
      taskQueue: desk.taskQueue,
      args: [{ bytes: 1_500_000, times: 3 }],
    });
    expect(await run.result()).toBe(3);
    const wide = await connect(resolveTarget({ address: required('BATON_TEST_ADDRESS') }));
    const story = await readStory(wide, workflowId);
    expect(story.timeline.filter(({ kind }) => kind === 'tool')).toHaveLength(3);
    expect(story).toMatchObject({ state: 'completed', result: 3 });
    const { timeline } = tellFacts(await readHistoryFacts(wide, workflowId));
    expect(timeline.filter(({ kind }) => kind === 'tool')).toHaveLength(3);
    await wide.connection.close();
  });
});

test('large values: a decision that Temporal does not take is refused, and the request still waits', async () => {
  await withDesk({ model }, async (desk) => {
    const run = await desk.start('asks', { question: 'Publish?' });
    const { id } = await firstRequest(run);
    const decision = { request: id, option: 'reject', by: 'ada', reason: 'w'.repeat(2_100_000) };
    for (const send of [decide, queueDecision]) {
      await expect(send(desk.client, decision)).rejects.toMatchObject({
        code: 'DECISION_MALFORMED',
        message: expect.stringContaining(`The decision on request ${id} has 21`),
      });
    }
    await run.terminate();
  });
});

test('large values: many that are sent at once, and are too much for one message together, all arrive', async () => {
  const tools = [implement(echo, ({ text }) => `${text.length}`)];
  await withDesk({ model, tools }, async (desk) => {
    const run = await desk.client.workflow.start('sendsAtOnce', {
      workflowId: `many-${randomUUID()}`,
      taskQueue: desk.taskQueue,
      args: [{ bytes: 200_000, times: 30 }],
    });
    expect(await run.result()).toBe(30);
  });
});
