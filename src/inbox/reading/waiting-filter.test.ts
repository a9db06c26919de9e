import { expect, test } from 'vitest';
import type { InboxRequest } from '../../schemas/documents/inbox.js';
import {
  buildListPath,
  filterRequests,
  isFiltered,
  listChoices,
  PAGE_SIZE,
  readFilter,
} from './waiting-filter.js';

const NOW = Date.parse('2026-01-08T12:00:00.000Z');

function request(id: string, more: Partial<InboxRequest> = {}): InboxRequest {
  return {
    id: `run/${id}`,
    reason: 'irreversible-effect',
    question: 'May clerk carry out pay?',
    askedBy: 'clerk',
    path: 'pay-0',
    revision: 1,
    options: ['approve', 'reject'],
    askedAt: '2026-01-08T11:59:00.000Z',
    workflowId: 'run',
    workflow: 'pays',
    worker: true,
    ...more,
  };
}

const ALL = [
  request('a', { argsPreview: 'to: Bob, cents: 500', team: 'till' }),
  request('b', { askedBy: 'teller', needs: { roles: ['finance'], quorum: 1, notRequester: false } }),
  request('c', { askedAt: '2026-01-01T00:00:00.000Z', askedOf: { roles: ['lead'] }, title: 'Pay €5 to Zoe' }),
];

const find = (query: Record<string, string>): string[] =>
  filterRequests(ALL, readFilter(query), NOW).requests.map(({ id }) => id.slice(4));

test.each([
  [{}, ['a', 'b', 'c']],
  [{ q: 'BOB 500' }, ['a']],
  [{ q: 'zoe' }, ['c']],
  [{ team: 'till' }, ['a']],
  [{ role: 'finance' }, ['b']],
  [{ role: 'lead' }, ['c']],
  [{ agent: 'clerk' }, ['a', 'c']],
  [{ older: 'day' }, ['c']],
  [{ older: 'constructor' }, ['a', 'b', 'c']],
  [{ q: 'bob', agent: 'teller' }, []],
])('waiting filter: %j finds %j', (query, ids) => {
  expect(find(query)).toEqual(ids);
});

test('waiting filter: a long list has pages, and a page after the last one is the last one', () => {
  const many = Array.from({ length: PAGE_SIZE + 1 }, (_, at) => request(String(at)));
  const see = (page: string) => filterRequests(many, readFilter({ page }), NOW);
  expect(see('1').requests).toHaveLength(PAGE_SIZE);
  expect(see('2')).toMatchObject({ found: PAGE_SIZE + 1, page: 2, pages: 2, requests: [many[PAGE_SIZE]] });
  expect(see('99999').page).toBe(2);
  for (const bad of ['0', '-1', 'x', '1e3', '999999']) expect(see(bad).page).toBe(1);
});

test('waiting filter: its address names what is set, and reads back as the same filter', () => {
  const filter = readFilter({ q: 'a&b=c', role: 'x y', older: 'week', page: '3', other: 'no' });
  const path = buildListPath(filter);
  expect(path).toBe('/?q=a%26b%3Dc&role=x+y&older=week&page=3');
  expect(readFilter(Object.fromEntries(new URLSearchParams(path.slice(2))))).toEqual(filter);
  expect(buildListPath(readFilter({}))).toBe('/');
  expect([isFiltered(filter), isFiltered(readFilter({ page: '2' }))]).toEqual([true, false]);
  expect(readFilter({ q: 'x'.repeat(9_999) }).q).toHaveLength(200);
});

test('waiting filter: one can choose the names that occur in the list', () => {
  expect(listChoices(ALL)).toEqual({ team: ['till'], role: ['finance', 'lead'], agent: ['clerk', 'teller'] });
});
