import { describe, expect, test } from 'vitest';
import { escapeLine, escapeText, escapeToLines } from './escape-text.js';

describe('escapeText', () => {
  test('escapeText: control characters become visible, anywhere in a value', () => {
    const hostile = { args: ['pay 1\u001b[1A\u001b[2Kpay 9', { '\u0007key': 'a\u202eb' }] };
    expect(escapeText(hostile)).toEqual({
      args: ['pay 1\\u001b[1A\\u001b[2Kpay 9', { '\\u0007key': 'a\\u202eb' }],
    });
  });

  test('escapeToLines: each text of a list is one line, names included', () => {
    expect(escapeToLines({ 'a\nb': ['c\r\n\u001bd  e'] })).toEqual({ 'a b': ['c \\u001bd  e'] });
  });

  test('escapeLine: the colours of the palette stay, and nothing else reaches the terminal', () => {
    const line = '\u001b[1mpay\u001b[22m \u001b[8mhidden \u001b[2K\u200bz';
    expect(escapeLine(line)).toBe('\u001b[1mpay\u001b[22m \\u001b[8mhidden \\u001b[2K\\u200bz');
  });

  test('escapeText: plain text, line breaks and other values stay as they are', () => {
    const plain = { text: 'one\ntwo – ü 日本 🚀', count: 3, none: null, yes: true };
    expect(escapeText(plain)).toEqual(plain);
    expect(escapeText('a\r\nb\tc\rd')).toBe('a\nb    c\\u000dd');
  });
});
