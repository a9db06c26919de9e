import { expect, test } from 'vitest';
import { readJson } from './input-json.js';

test('JSON of an option: the error for bare text shows how to quote it', async () => {
  await expect(readJson('tea', '--input')).rejects.toThrow(
    `Text is written with quotes inside: --input '"tea"'`,
  );
});

test('JSON of an option: the error for bare text shows an object when one is expected', async () => {
  const given = readJson('draft=tea', '--edit', { draft: '' });
  await expect(given).rejects.toThrow(`An object is wanted, as --edit '{"draft":""}'`);
});
