import { expect, test } from 'vitest';
import { compareUrgency } from './urgency.js';

test('urgency: the nearest deadline comes first, then the longest wait, then the id', () => {
  const asked = (id: string, askedAt: string, deadline?: string) => ({
    id,
    askedAt: `2026-01-0${askedAt}T00:00:00.000Z`,
    ...(deadline === undefined ? {} : { deadline: `2026-02-0${deadline}T00:00:00.000Z` }),
  });
  const requests = [
    asked('d', '2'),
    asked('c', '1'),
    asked('e', '2'),
    asked('b', '3', '9'),
    asked('a', '4', '8'),
  ];
  expect(requests.toSorted(compareUrgency).map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd', 'e']);
});
