import { describe, expect, test } from 'vitest';
import { NO_COLORS } from '../terminal/palette.js';
import { formatResult } from './result-lines.js';
import { measureWidth } from '../terminal/text-width.js';

const style = { width: 40, palette: NO_COLORS };

describe('resultLines', () => {
  test('result: a text is text, and Markdown is laid out', () => {
    expect(formatResult('hello', style)).toEqual(['hello']);
    expect(formatResult('# Title\n\n- one', style)).toEqual(['Title', '', '• one']);
  });

  test('result: words behind a code fence are shown, and the name of a language is not', () => {
    const text = '```ts\ncode\n``` not paid yet\n~~~ and `this`\n~~~';
    expect(formatResult(text, style)).toEqual(['    code', '     not paid yet', '     and `this`']);
  });

  test('result: values are on the lines of their names, texts and lists below them', () => {
    const result = {
      count: 3,
      ok: true,
      none: null,
      empty: [],
      report: '# Title\ntext',
      sources: [{ path: 'a.md', line: 4 }, 'b'],
    };
    expect(formatResult(result, style)).toEqual([
      'count: 3',
      'ok: true',
      'none: nothing',
      'empty: none',
      'report:',
      '  Title',
      '  text',
      'sources:',
      '  • path: a.md',
      '    line: 4',
      '  • b',
    ]);
  });

  test('result: no line is wider than the screen', () => {
    const lines = formatResult({ a: { b: [`${'word '.repeat(30)}`.trim()] } }, style);
    expect(Math.max(...lines.map(measureWidth))).toBeLessThanOrEqual(40);
  });

  test('result: a long result is cut, with the way to see all of it', () => {
    const lines = formatResult(
      Array.from({ length: 20 }, (_, index) => index),
      { ...style, longest: 5 },
    );
    expect(lines).toEqual(['• 0', '• 1', '• 2', '• 3', '• 4', '… 15 more lines; --json prints all of it']);
  });
});
