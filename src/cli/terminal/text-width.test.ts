import { describe, expect, test } from 'vitest';
import { formatTable } from './table.js';
import { NO_COLORS } from './palette.js';
import { pad, truncate, measureWidth, wrap, wrapUnder } from './text-width.js';

const red = (text: string): string => `\u001b[31m${text}\u001b[39m`;

describe('width', () => {
  test('width: colours take no room, wide characters take two columns, combining ones none', () => {
    expect(measureWidth(red('abc'))).toBe(3);
    expect(measureWidth('日本')).toBe(4);
    expect(measureWidth('🚀')).toBe(2);
    expect(measureWidth('e\u0301')).toBe(1);
  });

  test('truncate: keeps what fits, and ends colours that it cuts into', () => {
    expect(truncate('abcdef', 6)).toBe('abcdef');
    expect(truncate('abcdef', 4)).toBe('abc…');
    expect(truncate('日本語', 4)).toBe('日…');
    expect(truncate(red('abcdef'), 4)).toBe('\u001b[31mabc…\u001b[0m');
  });

  test('pad: fills up to the width that is seen', () => {
    expect(pad(red('ab'), 4)).toBe(`${red('ab')}  `);
  });

  test('wrapUnder: the name before a text is one line, when it holds line breaks', () => {
    expect(wrapUnder('id\nproof ', 'one\ntwo', 30)).toEqual(['id proof one', '         two']);
  });

  test('wrap: breaks at spaces, keeps newlines and indents, and never breaks a word', () => {
    expect(wrap('one two three', 9)).toEqual(['one two', 'three']);
    expect(wrap('a\n\nb', 9)).toEqual(['a', '', 'b']);
    expect(wrap('  one two three', 9)).toEqual(['  one two', '  three']);
    expect(wrap('incomprehensibilities', 9)).toEqual(['incomprehensibilities']);
  });
});

describe('table', () => {
  const columns = [{ title: 'ID' }, { title: 'TEXT', flexible: true }];

  test('table: columns are as wide as their widest cell', () => {
    const rows = [
      ['a', 'short'],
      ['long-id', 'x'],
    ];
    expect(formatTable(columns, rows, { width: 80, palette: NO_COLORS })).toEqual([
      'ID       TEXT',
      'a        short',
      'long-id  x',
    ]);
  });

  test('table: a row is one line, when a cell holds line breaks', () => {
    const rows = [['a\nb  forged', 'x\r\n\u2028y']];
    expect(formatTable(columns, rows, { width: 80, palette: NO_COLORS })).toEqual([
      'ID           TEXT',
      'a b  forged  x y',
    ]);
  });

  test('table: only the flexible column gives way when there is no room', () => {
    const lines = formatTable(columns, [['a-very-long-id-of-24-chr', 'word '.repeat(20)]], {
      width: 44,
      palette: NO_COLORS,
    });
    expect(lines[1]).toBe('a-very-long-id-of-24-chr  word word word wo…');
    expect(Math.max(...lines.map(measureWidth))).toBeLessThanOrEqual(44);
  });

  test('table: columns that a reader can do without are left out one by one, where the row does not fit', () => {
    const wide = [
      { title: 'ID' },
      { title: 'TEXT', flexible: true },
      { title: 'AT', optional: 2 },
      { title: 'TOOK', optional: 1 },
    ];
    const titles = (width: number): string | undefined =>
      formatTable(wide, [['i'.repeat(40), 't'.repeat(30), '2026-01-01 10:00', '3 min']], {
        width,
        palette: NO_COLORS,
      })[0]?.replace(/ +/g, ' ');
    expect(titles(120)).toBe('ID TEXT AT TOOK');
    expect(titles(76)).toBe('ID TEXT AT');
    expect(titles(60)).toBe('ID TEXT');
  });
});
