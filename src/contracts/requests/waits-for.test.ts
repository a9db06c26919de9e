import { expect, test } from 'vitest';
import { listWaitsFor } from './waits-for.js';

const needs = (...roles: string[]) => ({ needs: { roles, quorum: 1, notRequester: false } });

test('waits for: the eligible roles of every pending request, each once', () => {
  expect(listWaitsFor([])).toEqual([]);
  expect(listWaitsFor([needs('payments', 'finance'), { askedOf: { roles: ['lead', 'finance'] } }])).toEqual([
    'person',
    'role:finance',
    'role:lead',
    'role:payments',
  ]);
});

test('waits for: a request without a role waits for anyone', () => {
  expect(listWaitsFor([{}, needs('finance')])).toEqual(['person', 'anyone', 'role:finance']);
  expect(listWaitsFor([needs()])).toEqual(['person', 'anyone']);
});

test('waits for: more roles than the server stores are left out', () => {
  const roles = Array.from({ length: 99 }, (_, at) => `role-${String(at).padStart(2, '0')}`);
  const values = listWaitsFor([needs('x'.repeat(300), ...roles)]);
  expect(values.length).toBeGreaterThan(20);
  expect(JSON.stringify(values).length).toBeLessThan(2_000);
  expect(values).toContain('role:role-00');
  // A control character has six bytes in JSON.
  const controls = Array.from({ length: 9 }, (_, at) => `${at}${'\u0001'.repeat(80)}`);
  expect(JSON.stringify(listWaitsFor([needs(...controls)])).length).toBeLessThan(2_000);
});
