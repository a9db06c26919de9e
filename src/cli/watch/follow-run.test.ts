import { expect, test } from 'vitest';
import { nameRetry } from './follow-run.js';

test('follow: a retry is reported at its first attempt, and again when their number has doubled', () => {
  const reported = new Set<string>();
  const news = Array.from({ length: 20 }, (_each, index) => index + 2).filter((attempt) => {
    const key = nameRetry({ activity: 'callModel', attempt, message: 'answered 503' });
    const isNew = !reported.has(key);
    reported.add(key);
    return isNew;
  });
  expect(news).toEqual([2, 4, 8, 16]);
});
