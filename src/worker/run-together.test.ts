import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { GRACE_MS, runTogether, type Runnable } from './run-together.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A worker that runs until it is shut down, or ignores the shutdown if `listens` is false. */
function fakeWorker({
  listens,
}: {
  readonly listens: boolean;
}): Runnable & { readonly isTold: () => boolean } {
  let end = (): void => {};
  let isTold = false;
  return {
    isTold: () => isTold,
    getState: () => 'RUNNING',
    run: () => new Promise((resolve) => (end = resolve)),
    shutdown: () => {
      isTold = true;
      if (listens) end();
    },
  };
}

const broken: Runnable = {
  getState: () => 'FAILED',
  run: () => Promise.reject(new Error('out of memory')),
  shutdown: () => {
    throw new Error('it has ended');
  },
};

test('workers: when one fails, the others end and the failure is thrown', async () => {
  const other = fakeWorker({ listens: true });
  await expect(runTogether([other, broken])).rejects.toThrow('out of memory');
  expect(other.isTold()).toBe(true);
});

test('workers: one that does not end holds the process for ten seconds at most', async () => {
  const deaf = fakeWorker({ listens: false });
  const ended = runTogether([deaf, broken]).then(
    () => 'ended',
    (error: unknown) => String(error),
  );
  await vi.advanceTimersByTimeAsync(GRACE_MS - 1);
  await expect(Promise.race([ended, Promise.resolve('waits')])).resolves.toBe('waits');
  await vi.advanceTimersByTimeAsync(1);
  await expect(ended).resolves.toBe('Error: out of memory');
});
