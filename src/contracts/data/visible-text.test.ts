import { describe, expect, test } from 'vitest';
import { makeVisible } from './visible-text.js';

describe('makeVisible', () => {
  test.each([
    ['ESC', '\u001b[2K', '\\u001b[2K'],
    ['OSC', '\u001b]0;x\u0007', '\\u001b]0;x\\u0007'],
    ['C1', '\u009b2K', '\\u009b2K'],
    ['a carriage return', 'a\rb', 'a\\u000db'],
    ['marks of direction', '\u202ea\u2066b\u200fc', '\\u202ea\\u2066b\\u200fc'],
    ['no width', 'al\u200bice\u200c\u200d\u2060\ufeff', 'al\\u200bice\\u200c\\u200d\\u2060\\ufeff'],
    ['Hangul fillers', 'a\u3164b\uffa0\u115f\u1160', 'a\\u3164b\\uffa0\\u115f\\u1160'],
    ['tags', 'a\u{e0061}', 'a\\udb40\\udc61'],
    ['variation selectors out of place', 'a\ufe0fb\u{e0100}', 'a\\ufe0fb\\udb40\\udd00'],
    ['soft hyphens and braille blanks', 'a\u00adb\u2800', 'a\\u00adb\\u2800'],
    ['line ends that only some see', 'a\u2028b\u2029', 'a\\u2028b\\u2029'],
    ['half a character', 'a\ud83d', 'a\\ud83d'],
  ])('unseen: %s is shown as an escape inside a text', (_what, text, expected) => {
    expect(makeVisible(text)).toBe(expected);
  });

  test('unseen: visible text, breaks and emoji stay as they are', () => {
    const text = 'Zoë – 日本\u00a0ü\n\tone 👩‍👩‍👧 ❤️ 1️⃣ 🏴󠁧󠁢󠁥󠁮󠁧󠁿 🇩🇪';
    expect(makeVisible(text)).toBe(text);
  });

  test('unseen: JSON is the same value when its characters are escapes', () => {
    const value = { 'a\u202e': ['\u009b\u{e0061}', '❤️'] };
    const text = makeVisible(JSON.stringify(value));
    expect(JSON.parse(text)).toEqual(value);
    expect(text).toContain('\\u202e');
  });
});
