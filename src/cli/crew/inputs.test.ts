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

test('crew inputs: an input that no text mentions is accepted when all texts are filled', () => {
  expect(() => assertFilled({ plant: 'tea', year: 2026, more: 'x' }, open)).not.toThrow();
});

test('crew inputs: a value that is not an object is refused with an example', () => {
  expect(() => assertFilled('tea', open)).toThrow(`as --inputs '{"plant":"…","year":"…"}'`);
});
