import { describe, expect, test } from 'vitest';
import { printable } from './escape-text.js';

describe('printable', () => {
  test('printable: what would steer the terminal becomes visible, wherever in a value it stands', () => {
    const hostile = { args: ['pay 1\u001b[1A\u001b[2Kpay 9', { '\u0007key': 'a\u202eb' }] };
    expect(printable(hostile)).toEqual({
      args: ['pay 1\\u001b[1A\\u001b[2Kpay 9', { '\\u0007key': 'a\\u202eb' }],
    });
  });

  test('printable: plain text, line breaks and other values stay as they are', () => {
    const plain = { text: 'one\ntwo – ü 日本 🚀', count: 3, none: null, yes: true };
    expect(printable(plain)).toEqual(plain);
    expect(printable('a\r\nb\tc\rd')).toBe('a\nb    c\\u000dd');
  });
});
