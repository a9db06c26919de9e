import type { ApplicationFailure } from '@temporalio/common';
import { MockActivityEnvironment } from '@temporalio/testing';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { BatonError } from '../../contracts/errors.js';
import { ModelError } from '../../models/model/model.js';
import { withHeartbeat } from './heartbeat.js';
import { withWindow } from './failures.js';

const HOUR = 3_600_000;
const NOW = Date.UTC(2026, 0, 1);
beforeEach(() => vi.useFakeTimers({ toFake: ['Date'], now: NOW }));
afterEach(() => vi.useRealTimers());

/** The failure that Temporal receives for a step that was scheduled `agoMs` ago and has failed `failures` times. */
async function failAt(
  failures: number,
  agoMs: number,
  error: Error,
  { fallback = false, attempt = failures } = {},
): Promise<ApplicationFailure> {
  const environment = new MockActivityEnvironment({
    attempt,
    scheduledTimestampMs: NOW - agoMs,
    heartbeatDetails: { failed: failures - 1 },
  });
  const failure: unknown = await environment
    .run(() => withWindow({ retryForMs: 6 * HOUR, fallback }, () => Promise.reject(error)))
    .catch((thrown: unknown) => thrown);
  return failure as ApplicationFailure;
}

const away = new ModelError('MODEL_UNAVAILABLE', 'away', true);
const locked = new BatonError('STORE_UNAVAILABLE', 'locked');

test.each([away, locked])(
  'window: %s is retried for as long as it lasts, however often it was tried',
  async (error) => {
    expect(await failAt(300, 5 * HOUR, error)).toMatchObject({ nonRetryable: false });
    expect(await failAt(300, 7 * HOUR, error)).toMatchObject({ nonRetryable: true, type: error.code });
  },
);

test('window: a step that waited long for its first attempt is still retried', async () => {
  expect(await failAt(2, 48 * HOUR, away)).toMatchObject({ nonRetryable: false });
});

test('window: an error without a code ends after eight attempts, and one that no retry helps ends at once', async () => {
  expect(await failAt(7, 1, new TypeError('odd'))).not.toHaveProperty('nonRetryable', true);
  expect(await failAt(8, 1, new TypeError('odd'))).toMatchObject({ nonRetryable: true, type: 'STEP_FAILED' });
  expect(await failAt(1, 1, new ModelError('MODEL_REQUEST_REJECTED', 'bad', false))).toMatchObject({
    nonRetryable: true,
  });
});

test('window: a step of another worker is passed on with a pause that grows slowly', async () => {
  const other = new BatonError('STORE_MISMATCH', 'other');
  expect(await failAt(2, 1, other)).toMatchObject({ nextRetryDelay: 2_000 });
  expect(await failAt(90, 1, other)).toMatchObject({ nextRetryDelay: 30_000 });
});

test('window: an attempt that was lost with its worker counts as no failure', async () => {
  const odd = await failAt(1, 1, new TypeError('odd'), { attempt: 300 });
  expect(odd).not.toHaveProperty('nonRetryable', true);
  expect(await failAt(1, 7 * HOUR, away, { attempt: 300 })).toMatchObject({ nonRetryable: false });
});

test('window: a step tells the attempts to come how often it has failed', async () => {
  const environment = new MockActivityEnvironment({ heartbeatDetails: { failed: 4 } });
  const told: unknown[] = [];
  environment.on('heartbeat', (details) => told.push(details));
  await environment
    .run(() => withWindow({ retryForMs: HOUR }, () => withHeartbeat('a', () => Promise.reject(away))))
    .catch(() => undefined);
  expect(told).toEqual([{ failed: 5 }]);
});

const expired = new ModelError('MODEL_UNAUTHORIZED', 'expired', true);
const MINUTE = 60_000;

test('window: a failure that a person must correct is retried without end, or goes to the fallback if there is one', async () => {
  expect(await failAt(300, 48 * HOUR, expired)).toMatchObject({ nonRetryable: false });
  expect(await failAt(1, 1, expired, { fallback: true })).toMatchObject({
    nonRetryable: true,
    type: 'MODEL_UNAUTHORIZED',
  });
});

test('window: an unavailable provider is retried for two minutes when there is a fallback, and a store as usual', async () => {
  expect(await failAt(8, MINUTE, away, { fallback: true })).toMatchObject({ nonRetryable: false });
  expect(await failAt(8, 3 * MINUTE, away, { fallback: true })).toMatchObject({ nonRetryable: true });
  expect(await failAt(8, 3 * MINUTE, locked, { fallback: true })).toMatchObject({ nonRetryable: false });
});
