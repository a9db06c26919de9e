/** An activity is let through only where its input names the run that it is of. */
import type { ActivityExecuteInput } from '@temporalio/worker';
import { expect, test } from 'vitest';
import type { Json } from '../contracts/data/json.js';
import { toRootRun } from '../contracts/proof/root.js';
import { createRunGuard } from './own-run.js';

const OWN = { workflowId: 'pays-1', firstExecutionRunId: 'first' };
const guard = createRunGuard(() => Promise.resolve(OWN));

/** Sends an activity with this input; `inRun` is false for one that no workflow scheduled. */
async function send(input: Json | undefined, inRun = true): Promise<unknown> {
  const workflowExecution = inRun ? { workflowId: 'pays-1', runId: 'later' } : undefined;
  const context = { info: { activityType: 'callTool', workflowExecution } };
  const { inbound } = guard(context as unknown as Parameters<typeof guard>[0]);
  const args = input === undefined ? [] : [input];
  const done = inbound?.execute?.({ args, headers: {} } satisfies ActivityExecuteInput, () =>
    Promise.resolve('done'),
  );
  return done?.catch((error: unknown) => (error as { readonly type?: unknown }).type);
}

test('own run: an activity passes when it names its own run, or none', async () => {
  expect(await send({ root: toRootRun(OWN), step: 'a' })).toBe('done');
  expect(await send({ step: 'a' })).toBe('done');
  expect(await send(undefined)).toBe('done');
  expect(await send({ step: 'a' }, false)).toBe('done');
});

test.each([['another-run'], [5], [null], [{ toString: 'pays-1' }], [['pays-1']]])(
  'own run: an activity is refused when it names %j',
  async (root) => {
    expect(await send({ root, step: 'a' })).toBe('PERMISSION_DENIED');
  },
);

test('own run: an activity that no run scheduled is refused when it names one', async () => {
  expect(await send({ root: toRootRun(OWN), step: 'a' }, false)).toBe('PERMISSION_DENIED');
});
