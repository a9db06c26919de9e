import { expect, test } from 'vitest';
import { readRetryAfterMs } from './retry-after.js';

const now = Date.parse('2026-01-01T00:00:00Z');

test.each([
  ['3', 3_000],
  [' 120 ', 120_000],
  ['999999', 3_600_000],
  ['Thu, 01 Jan 2026 00:00:05 GMT', 5_000],
  ['Thu, 01 Jan 2026 00:00:00 GMT', undefined],
  ['0', undefined],
  ['-1', undefined],
  ['soon', undefined],
  ['5 apples', undefined],
  [undefined, undefined],
])('P6 notice: Retry-After %j is %j milliseconds', (header, wait) => {
  expect(readRetryAfterMs(header, now)).toBe(wait);
});
