import { expect, test } from 'vitest';
import { assertSendable, PAYLOAD_LIMIT_BYTES } from './sendable.js';

test('sendable: a value within the limit may be sent, and a larger one is refused with its size in bytes', () => {
  const most = 'x'.repeat(PAYLOAD_LIMIT_BYTES - 2);
  for (const value of [undefined, null, most]) expect(() => assertSendable('It', value)).not.toThrow();
  expect(() => assertSendable('The result', `${most}x`)).toThrow('The result has 2000001 bytes');
  const wide = '漢'.repeat(PAYLOAD_LIMIT_BYTES / 3 + 1);
  expect(() => assertSendable('It', wide)).toThrow(expect.objectContaining({ code: 'PAYLOAD_TOO_LARGE' }));
});
