import { expect, test } from 'vitest';
import { Plan } from '../shapes.js';
import { planFor } from './planner.js';

const ids = (question: string) => planFor(question).subtasks.map(({ id }) => id);

test('planFor: the form of a question shapes its plan', () => {
  expect(ids('How do I redact a password in pino?')).toEqual(['answer', 'options', 'limits']);
  expect(ids('What is the difference between map and flatMap?')).toEqual([
    'first-side',
    'second-side',
    'both-sides',
    'comparison',
  ]);
  expect(ids('What happens when a worker stops?')).toEqual(['answer', 'change', 'limits']);
  expect(ids('Why does the build fail?')).toEqual(['answer', 'cause', 'remedy']);
  expect(ids('What is a sourdough starter?')).toEqual(['answer', 'usage']);
  expect(ids('How long does the dough rest?')).toEqual(['answer', 'focus']);
  expect(ids('How do I start it and what happens when it stops?')).toEqual(['part-1', 'part-2']);
});

test.each([
  ['zod vs ajv', ['zod', 'ajv']],
  ['Compare tea with coffee', ['tea', 'coffee']],
  ['How does pino differ from winston?', ['pino', 'winston']],
  ['What is the difference between safeParse and parse in zod?', ['safeParse in zod', 'parse in zod']],
])('planFor: looks up each side when the question is %j', (question, sides) => {
  const [first, second] = planFor(question).subtasks;
  expect([first?.task, second?.task]).toEqual(
    sides.map((side) => `What do the documents say about ${side}?`),
  );
});

test('planFor: a part that refers to the first gets its subject, an independent part does not', () => {
  const leaning = planFor('How do I abort a request in openai and what happens to it?').subtasks[1];
  expect(leaning?.keywords).toContain('openai');
  const own = planFor('How do I bake bread in a stone oven? How are croissants laminated with cold butter?')
    .subtasks[1];
  expect(own?.keywords).not.toContain('bread');
});

test('planFor: two different questions give different plans', () => {
  const questions = [
    'How do I bake bread?',
    'How do I store flour?',
    'What is flour?',
    'Why is bread flat?',
    'Bread vs cake',
    'Which flour is best?',
    'When was the oven built?',
    'Can I freeze dough?',
  ];
  expect(new Set(questions.map((question) => JSON.stringify(planFor(question)))).size).toBe(questions.length);
});

test.each([
  '???',
  'the of and',
  '🍞🍞🍞',
  'a b',
  'How?',
  'x'.repeat(5_000),
  'why and how and what and when and who and which and where',
  '東京タワーの高さは?',
  'and and and',
  'How do I "quote\' (this?',
])('planFor: gives a valid plan of distinct subtasks when the question is %j', (question) => {
  const plan = Plan.parse(planFor(question));
  expect(new Set(plan.subtasks.map(({ id }) => id)).size).toBe(plan.subtasks.length);
});
