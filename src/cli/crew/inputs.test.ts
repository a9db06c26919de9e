import { expect, test } from 'vitest';
import { assertFilled } from './inputs.js';

const open = [
  { name: 'plant', at: 'agents.yaml:3' },
  { name: 'year', at: 'tasks.yaml:2' },
];

test('crew inputs: all that are missing are named with their places, and the example has every one', () => {
  expect(() => assertFilled({ plnt: 'tea', year: 2026 }, open)).toThrow(
    `agents.yaml:3: nothing stands for {plant}
No text has {plnt}: there are {plant}, {year}
Give them all: --inputs '{"plant":"…","year":2026}'`,
  );
  expect(() => assertFilled({}, open)).toThrow(`--inputs '{"plant":"…","year":"…"}'`);
});

test('crew inputs: one that no text has is no error where all are filled', () => {
  expect(() => assertFilled({ plant: 'tea', year: 2026, more: 'x' }, open)).not.toThrow();
});

test('crew inputs: what is no object is told what to give', () => {
  expect(() => assertFilled('tea', open)).toThrow(`as --inputs '{"plant":"…","year":"…"}'`);
});
