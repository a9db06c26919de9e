import { describe, expect, test } from 'vitest';
import { formatDeadline, formatDuration } from './time.js';

const DAY = 86_400_000;

describe('duration', () => {
  test.each([
    [0, '0.0 s'],
    [440, '0.4 s'],
    [9_940, '9.9 s'],
    [9_960, '10 s'],
    [61_000, '1 min 1 s'],
    [120_000, '2 min'],
    [3_600_000 + 300_000, '1 h 5 min'],
    [30 * DAY - 1_000, '30 days'],
  ])('duration: %d ms is %s', (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });
});

describe('deadline', () => {
  test('deadline: shows the time left, or the time since', () => {
    const now = Date.UTC(2026, 0, 1);
    expect(formatDeadline(new Date(now + 3 * DAY).toISOString(), now)).toMatch(
      /^in 3 days \(2026-01-0\d \d\d:\d\d\)$/,
    );
    expect(formatDeadline(new Date(now - 90_000).toISOString(), now)).toMatch(/^1 min ago /);
    expect(formatDeadline(new Date(now + 45_000).toISOString(), now)).toMatch(/^in 45 s /);
    expect(formatDeadline(new Date(now + 7_500_000).toISOString(), now)).toMatch(/^in 2 h 5 min /);
  });
});
