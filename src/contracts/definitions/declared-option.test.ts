import { resolveOption } from '../requests/decision-options.js';
import { describe, expect, test } from 'vitest';
import { toRequestOptions, type DeclaredOption } from './declared-option.js';

const review: DeclaredOption = {
  id: 'approve-with-review',
  label: 'Approve, review later',
  consequence: 'It happens, and is looked at again.',
  means: 'approve',
};

describe('P4 options that a developer declares', () => {
  test('options: they are offered as declared, and resolve to their meanings', () => {
    const options = toRequestOptions([review], 'approval');
    expect(options).toEqual([review]);
    expect(resolveOption(options, 'approve-with-review')).toBe('approve');
    expect(resolveOption(options, 'reject')).toBe('reject');
    expect(resolveOption(options, 'constructor')).toBe('constructor');
  });

  test.each<[string, readonly DeclaredOption[], string]>([
    ['an id that is none', [{ ...review, id: 'Approve it' }], '"Approve it" is not an id'],
    ["Baton's own", [{ ...review, id: 'abort' }], "abort is Baton's own"],
    ['the same twice', [review, review], 'stands there twice'],
    ['no label', [{ ...review, label: ' ' }], 'needs a label and a consequence'],
    ['a text too long', [{ ...review, consequence: 'x'.repeat(301) }], 'at most 300'],
    ['another meaning', [{ ...review, means: 'maybe' as 'approve' }], 'means "approve" or "reject"'],
    ['too many', Array.from({ length: 11 }, (_, at) => ({ ...review, id: `a-${at}` })), 'more than 10'],
  ])('refused: %s', (_what, options, problem) => {
    expect(() => toRequestOptions(options, 'approval policy p')).toThrow(problem);
  });
});
