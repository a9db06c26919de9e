import { expect, test } from 'vitest';
import { nameState, findState } from './run-state.js';

const held = { code: 'ORCHESTRATION_HELD', attempt: 3, message: 'no' } as const;
const since = '2026-01-01T00:00:00.000Z';

test.each([
  [{ state: 'running' }, 'running'],
  [{ state: 'running', waitsForWorkerSince: since }, 'pending-worker'],
  [{ state: 'waiting', waitsForWorkerSince: since }, 'waiting'],
  [{ state: 'running', held }, 'stuck'],
  [{ state: 'waiting', held }, 'stuck'],
  [{ state: 'completed' }, 'completed'],
  [{ state: 'failed', failure: { code: 'TOOL_FAILED', message: 'no' } }, 'failed'],
  [{ state: 'failed', failure: { code: 'TERMINATED', message: 'no' } }, 'terminated'],
] as const)('state: a story of %j stands where a list says it does: %s', (story, state) => {
  expect(findState(story)).toBe(state);
});

test('state: the word is the one that a list filters by, followed by Temporal’s when that is more precise', () => {
  const told = (...args: Parameters<typeof nameState>): string => {
    const { mark, word } = nameState(...args);
    return `${mark} ${word}`;
  };
  expect(told('pending-worker', { status: 'running' })).toBe('○ pending-worker');
  expect(told('stuck', { status: 'running' })).toBe('! stuck');
  expect(told('failed', { status: 'cancelled' })).toBe('✗ failed (cancelled)');
  expect(told('terminated', { status: 'timed_out' })).toBe('✗ terminated (timed out)');
  expect(told('completed', { status: 'completed' })).toBe('✓ completed');
  expect(told('completed', { status: 'continued_as_new' })).toBe('✓ goes on');
});
