import { ApplicationFailure } from '@temporalio/common';
import type { NativeConnection } from '@temporalio/worker';
import { expect, test } from 'vitest';
import { StuckLog } from './stuck-log.js';

/** As an error comes out of the workflow's thread: without its class, and without its name. */
const crossed = (error: Error): Error => structuredClone(error);

function logOf(status: number): { readonly log: StuckLog; readonly lines: string[] } {
  const lines: string[] = [];
  const log = new StuckLog((line) => lines.push(line));
  const executions = [{ execution: { workflowId: 'a-run' }, status }];
  const workflowService = { listWorkflowExecutions: () => Promise.resolve({ executions }) };
  log.ask({ workflowService } as unknown as NativeConnection, 'default');
  return { log, lines };
}

test('stuck log: a run that ended with a code is not reported as stuck when its failure lacks its name', () => {
  const { log, lines } = logOf(1);
  const failure = ApplicationFailure.create({ type: 'NOT_AWAITED', message: 'did not wait' });
  const meta = { runId: 'r', workflowId: 'a-run' };
  expect(log.takes('Workflow failed', { ...meta, error: crossed(failure) })).toBe(false);
  expect(log.takes('Workflow failed', { ...meta, error: crossed(new TypeError('no such')) })).toBe(true);
  expect(lines).toEqual([expect.stringContaining('Run a-run is stuck, because its code fails: no such')]);
});

test.each([
  ['is stuck while it is open', 1, 1],
  ['is not told when it has ended', 5, 0],
])('stuck log: a run that fails when it is asked %s', async (_what, status, told) => {
  const { log, lines } = logOf(status);
  expect(log.takes('Failing legacy query request', { runId: 'r', failure: 'message: "moved"' })).toBe(true);
  await new Promise(setImmediate);
  expect(lines).toHaveLength(told);
});
