import { msToTs } from '@temporalio/common/lib/time.js';
import { expect, test } from 'vitest';
import { findWaitingSince } from './run-health.js';

const SCHEDULED = Date.parse('2026-01-01T12:00:00.000Z');
const run = (task?: { readonly startedTime?: ReturnType<typeof msToTs> }) => ({
  raw: {
    pendingWorkflowTask:
      task === undefined ? null : { originalScheduledTime: msToTs(SCHEDULED), attempt: 1, ...task },
  },
});

test('difficulties: a step that no worker has taken within three seconds waits for a worker', () => {
  expect(findWaitingSince(run({}), SCHEDULED + 3_001)).toBe('2026-01-01T12:00:00.000Z');
});

test('difficulties: a new step, a taken step and no step wait for no worker', () => {
  expect(findWaitingSince(run({}), SCHEDULED + 2_999)).toBeUndefined();
  expect(findWaitingSince(run({ startedTime: msToTs(SCHEDULED) }), SCHEDULED + 9_000)).toBeUndefined();
  expect(findWaitingSince(run(), SCHEDULED + 9_000)).toBeUndefined();
});
