import { expect, test } from 'vitest';
import { buildActionTitle, TITLE_LIMIT } from './action-title.js';
import type { TitleRule } from './tool.js';

const build = (title: TitleRule<unknown>, args = { cents: 500 }): string | undefined =>
  buildActionTitle({ title }, args);

test('action title: it is made from the arguments, on one line of bounded length', () => {
  expect(build((args) => `Pay ${JSON.stringify(args)}\nnow`)).toBe('Pay {"cents":500} now');
  expect(build(() => 'x'.repeat(5_000))).toHaveLength(TITLE_LIMIT);
  expect(build(() => '\ud800')).toBe('\ufffd');
});

test('action title: it is undefined when the title’s code throws or returns no text', async () => {
  const throwing = (): string => {
    throw new Error('no title');
  };
  expect(build(throwing)).toBeUndefined();
  expect(build((async () => throwing()) as never)).toBeUndefined();
  expect(build((() => 5) as never)).toBeUndefined();
  expect(build(() => ' ')).toBeUndefined();
  expect(buildActionTitle({}, null)).toBeUndefined();
});

test('action title: its code cannot change the arguments that people approve', () => {
  const args = { cents: 500 };
  build((given) => `Pay ${((given as typeof args).cents = 1)}`, args);
  expect(args).toEqual({ cents: 500 });
});
