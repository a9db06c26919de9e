import { expect, test } from 'vitest';
import { germanForms, isGerman } from './german.js';

test.each([
  ['Wann ist Nachtruhe?', true],
  ['Darf ich einen Hund halten?', true],
  ['Wie funktioniert der Schlüssel?', true],
  ['What is in the war chest?', false],
  ['How do I die a fabric?', false],
  ['zod vs ajv', false],
  ['Wie Verlag publications?', true],
])('isGerman: %j: %j', (text, expected) => {
  expect(isGerman(text)).toBe(expected);
});

test('germanForms: brings the forms of a word together, and leaves short words alone', () => {
  expect(germanForms('verloren')).toContain('verlorener');
  expect(germanForms('hund')).toContain('hunde');
  expect(germanForms('uhr')).toEqual([]);
});
