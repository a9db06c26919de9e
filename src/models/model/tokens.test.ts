import { expect, test } from 'vitest';
import { countFixed, countMessage, countTokens, loadTokenizer } from './tokens.js';

test('countTokens: counts what the published encodings count', async () => {
  // As tiktoken has them: o200k_base and cl100k_base of the same texts.
  expect(await countTokens('hello world')).toBe(2);
  expect(await countTokens('antidisestablishmentarianism', 'gpt-4o')).toBe(6);
  expect(await countTokens('お誕生日おめでとう', 'gpt-4o')).toBe(8);
  expect(await countTokens('お誕生日おめでとう', 'gpt-4')).toBe(9);
  expect(await countTokens('')).toBe(0);
});

test.each([
  ['gpt-5-mini', 'o200k_base'],
  ['gpt-4o-mini', 'o200k_base'],
  ['gpt-4.1', 'o200k_base'],
  ['o3', 'o200k_base'],
  ['openai/gpt-oss-120b', 'o200k_base'],
  ['gpt-4-turbo', 'cl100k_base'],
  ['gpt-3.5-turbo', 'cl100k_base'],
  ['offline', 'o200k_base'],
  ['llama-3.3-70b', 'o200k_base, approximately'],
  ['claude-sonnet', 'o200k_base, approximately'],
])('tokenizerFor: %s is counted by %s', async (model, name) => {
  expect((await loadTokenizer(model)).name).toBe(name);
});

test('count: text that looks like a special token is counted as text', async () => {
  expect(await countTokens('<|endoftext|>')).toBeGreaterThan(1);
});

// A text without spaces takes an encoder minutes when it merges the whole of it at once.
test.each(['a', '你好', '=', ' ', '🙂'])(
  'count: a run of 40,000 times %j is counted in pieces, with no more than one token too many in each',
  async (text) => {
    const tokens = await countTokens(text.repeat(40_000));
    const piece = await countTokens(text.repeat(128 / (text === '🙂' ? 1 : text.length)));
    const pieces = (40_000 * (text === '🙂' ? 1 : text.length)) / 128;
    expect(tokens).toBeLessThanOrEqual(Math.ceil(pieces) * piece + 1);
    expect(tokens).toBeGreaterThan(0);
  },
);

test('countMessage: the arguments of tool calls count', async () => {
  const tokenizer = await loadTokenizer();
  const message = { role: 'assistant', agent: 'a', content: 'hello world' } as const;
  const calls = [{ id: '1', name: 'look_up', args: { order: 4711 } }];
  expect(countMessage(message, tokenizer)).toBe(6);
  expect(countMessage({ ...message, toolCalls: calls }, tokenizer)).toBeGreaterThan(10);
});

test('countFixed: prompt, tools and output shape count', async () => {
  const tokenizer = await loadTokenizer();
  const bare = countFixed({ system: 'hello world', tools: [] }, tokenizer);
  const tool = { name: 'look_up', description: 'Looks up.', parameters: {} };
  expect(bare).toBe(6);
  expect(countFixed({ system: 'hello world', tools: [tool] }, tokenizer)).toBeGreaterThan(bare + 5);
  const output = { name: 'out', schema: { type: 'string' } };
  expect(countFixed({ system: 'hello world', tools: [], output }, tokenizer)).toBeGreaterThan(bare + 5);
});
