/** People with the same reading rights have the same name, and nobody else has it. */
import { expect, test } from 'vitest';
import { ReadingRights } from './reading-rights.js';

const people: Record<string, string[]> = {
  ada: ['finance', 'audit'],
  bob: ['audit', 'finance'],
  cat: ['audit finance'],
  dora: [],
};
const approvers = Object.entries(people).map(([subject, roles]) => ({ subject, roles, keys: [] }));
const rights = new ReadingRights({ registry: () => ({ v: 1, approvers }) });

test('reading rights: two people have one name when their roles are the same, and not when they only look so', () => {
  expect(rights.nameOf('ada')).toBe(rights.nameOf('bob'));
  const names = ['ada', 'cat', 'dora', 'eve'].map((subject) => rights.nameOf(subject));
  expect(new Set(names).size).toBe(4);
});
