/** The desk that users test their teams with: its own tools and models, what it asks, how it fails. */
import { fileURLToPath } from 'node:url';
import { scriptedModel, withTestEnvironment, type TestEnvironmentOptions } from '@batonhq/baton/testing';
import { implement } from '@batonhq/baton/worker';
import { expect, test } from 'vitest';
import { pay } from '../fixtures/cli/team.js';
import type { greet, pays, twice } from '../fixtures/cli/workflows.js';
import { testAddress } from '../fixtures/harness.js';

const options = (more: Partial<TestEnvironmentOptions> = {}): TestEnvironmentOptions => ({
  config: fileURLToPath(new URL('../fixtures/cli/baton.config.ts', import.meta.url)),
  model: scriptedModel([]),
  address: testAddress(),
  ...more,
});

test('desk: a run gives its result, and waiting for a request that never comes ends with the run', async () => {
  await withTestEnvironment(options(), async (desk) => {
    const run = await desk.start<typeof greet>('greet', { name: 'ada' });
    await expect(run.request()).rejects.toThrow(/has ended \(completed\) and has no request/);
    expect(await run.result()).toBe('hello ada');
  });
});

test('desk: a test decides as a person does, and a failed run says with which code', async () => {
  await withTestEnvironment(options(), async (desk) => {
    const run = await desk.start<typeof twice>('twice', null);
    expect(await run.request()).toMatchObject({ question: 'First?' });
    expect(await run.decide({ option: 'approve', by: 'ada' })).toMatchObject({ by: 'ada' });
    await run.decide({ option: 'reject', reason: 'enough' });
    await expect(run.result()).rejects.toMatchObject({ code: 'REJECTED' });
    await expect(run.request()).rejects.toThrow(
      /has ended \(failed\) and has no request. It failed: .*enough/,
    );
    expect((await run.story()).timeline.filter(({ kind }) => kind === 'decided')).toHaveLength(2);
  });
});

test('desk: a tool of the test takes the place of the configured one', async () => {
  const paid: number[] = [];
  const tools = [implement(pay, ({ cents }) => `paid ${paid.push(cents)}`)];
  await withTestEnvironment(options({ tools }), async (desk) => {
    const run = await desk.start<typeof pays>('pays', { to: 'ada', cents: 5, memo: '' });
    await run.decide({ option: 'approve' });
    expect(await run.result()).toBe('performed');
  });
  expect(paid).toEqual([5]);
});

test('desk: an error of the test is the one that is thrown, and the worker is ended', async () => {
  await expect(withTestEnvironment(options(), () => Promise.reject(new Error('mine')))).rejects.toThrow(
    'mine',
  );
});
