import { expect, test } from 'vitest';
import { digest } from '../contracts/data/canonical-json.js';
import type { Message } from '../contracts/handoff/messages.js';
import { chainMessages } from './chain.js';

test('chain: each hash is a digest over the parent and the message that anybody can check', () => {
  const messages: Message[] = [
    { role: 'user', source: 'task', content: 'Größe in € 🎈, "quoted"\n', data: { b: 1e21, a: [0.1, null] } },
    {
      role: 'assistant',
      agent: 'a',
      content: '\u2028 \u0000',
      toolCalls: [{ id: '1', name: 't', args: {} }],
    },
  ];
  const [first, second] = chainMessages(null, messages);
  expect(first).toEqual({
    parent: null,
    message: messages[0],
    hash: digest({ parent: null, message: messages[0] }),
  });
  expect(second?.parent).toBe(first?.hash);
  expect(second?.hash).toBe(digest({ parent: first?.hash, message: messages[1] }));
});
