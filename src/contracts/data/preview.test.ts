import { describe, expect, test } from 'vitest';
import { clip, clipDeep } from './preview.js';
import { findUnhashable } from './hashable-json.js';

describe('preview', () => {
  test.each([
    ['a text, on one line', ' two\n lines ', 'two lines'],
    ['an object, by its parts', { query: 'retry', limit: 3 }, 'query: retry, limit: 3'],
    [
      'what is nested, by its name',
      { task: { id: 'reasons', words: ['a'] }, at: { deep: {} } },
      'task: reasons, at: …',
    ],
    ['a list of words, by its first', ['one', 'two', 'three'], 'one and 2 more'],
    [
      'a list of objects, by its length',
      { found: [{ a: 1 }, { a: 2 }], one: [{}] },
      'found: 2 items, one: 1 item',
    ],
    ['nothing', undefined, ''],
    ['null', null, 'null'],
    ['an empty list', { found: [] }, 'found: none'],
  ])('shows %s', (_what, value, line) => {
    expect(clip(value)).toBe(line);
  });

  test('never exceeds its room, and the long parts give way first', () => {
    const value = { question: 'q'.repeat(200), subtask: { id: 'reasons' }, limit: 10 };
    for (const room of [200, 120, 60, 20, 5, 1]) expect(clip(value, room).length).toBeLessThanOrEqual(room);
    expect(clip(value, 60)).toBe(`question: ${'q'.repeat(20)}…, subtask: reasons, limit: 10`);
  });

  test('preview: a number, a date or an id is shown whole or not at all, however little room there is', () => {
    const whole = ['125000', '2026-05-04T10:00:00Z', 'ord-4711/ab12', '1 250 000'];
    const value = {
      cents: 125_000,
      due: '2026-05-04T10:00:00Z',
      note: 'for ord-4711/ab12 pay 1 250 000 now',
    };
    for (let room = 1; room < 90; room += 1) {
      for (const text of [
        clip(value, room),
        clip(Object.values(value).join(' '), room),
        clip([value.note], room),
      ]) {
        const left = whole.reduce((rest, each) => rest.replace(each, ''), text);
        expect(left).not.toMatch(/\d/);
      }
    }
    expect(clip(value, 60)).toContain('cents: 125000');
  });

  test('preview: deep values are shown with their paths, and no number is cut', () => {
    const value = { ticket: { id: 'T-4711', from: { name: 'Ann' }, lines: [{ cents: 125_000 }] }, none: {} };
    expect(clipDeep(value, 300)).toBe(
      'ticket.id: T-4711, ticket.from.name: Ann, ticket.lines.0.cents: 125000, none: …',
    );
    expect(clipDeep('a\ntext', 300)).toBe('a text');
    const many = { rows: Array.from({ length: 100 }, () => 125_000) };
    expect(clipDeep(many, 100)).toBe('rows.0: 125000, rows.1: 125000 and 98 more');
    for (let room = 1; room < 120; room += 1) {
      const text = clipDeep(value, room);
      expect(text.length).toBeLessThanOrEqual(room);
      expect(text.replace(/125000|T-4711|\.0\.|and \d/g, '')).not.toMatch(/\d/);
    }
  });

  test('preview: never ends in half of a character', () => {
    for (let length = 1; length < 12; length += 1) {
      expect(findUnhashable(clip('😀'.repeat(10), length))).toBeUndefined();
      expect(findUnhashable(clip({ a: 'x', b: '😀'.repeat(10) }, length))).toBeUndefined();
    }
  });
});
