import { expect, test } from 'vitest';
import { planFor } from '../offline/planner.js';
import { code } from '../offline/coder.js';
import { findingsFrom } from '../offline/findings.js';
import { asJson } from '../offline/as-json.js';
import { asksForOtherCount } from './uncountable.js';

test.each([
  'How many lines do not mention parcel?',
  'How many files mention neither parcel nor depot?',
  'How many files of alpha mention parcel but not depot?',
  'How many documents never mention neither parcel nor depot?',
  'Which files do not mention parcel?',
])('counts: no worker guesses a number for %j, and the answer says that it cannot be counted', (question) => {
  const { subtasks } = planFor(question);
  expect(subtasks).toMatchObject([{ kind: 'code', task: question }]);
  const input = asJson({ goal: question, subtask: subtasks[0], results: [] });
  expect(code({ agent: 'coder', system: '', messages: [], tools: [], input })).toMatchObject({
    output: { computations: [], gaps: [`No program at hand can count this: ${question}`] },
  });
});

test.each([
  'How many files do not mention parcel?',
  'How many files may I send at once?',
  'How many times does the client retry?',
  'How many parcels were lost?',
])('counts: %j is counted or looked up', (question) => {
  expect(asksForOtherCount(question)).toBe(false);
});

test('counts: the answer says that it cannot be counted when no document has the number', () => {
  const question = 'How many words are in the handbook?';
  const subtask = { id: 'answer', question, keywords: ['words', 'handbook'] };
  const nothing = { passages: [], terms: [{ term: 'handbook', passages: 0, weight: 1 }], packages: [] };
  expect(findingsFrom({ question, subtask }, [nothing]).gaps).toEqual([
    `No program at hand can count this: ${question}`,
  ]);
});
