import { expect, test } from 'vitest';
import { readJson } from './input-json.js';

test('JSON of an option: bare text is told how text is written', async () => {
  await expect(readJson('tea', '--input')).rejects.toThrow(
    `Text is written with quotes inside: --input '"tea"'`,
  );
});

test('JSON of an option: where an object is wanted, bare text is told how that is written', async () => {
  const given = readJson('draft=tea', '--edit', { draft: '' });
  await expect(given).rejects.toThrow(`An object is wanted, as --edit '{"draft":""}'`);
});
