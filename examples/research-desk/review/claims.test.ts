import { describe, expect, test } from 'vitest';
import { citationsIn, isWordless, statementsIn } from './claims.js';
import { cut, refusedBy, withdraw } from './withdraw.js';

const said = (answer: string) => statementsIn(answer).map(({ text, mark }) => [text, mark]);

describe('statementsIn', () => {
  test.each([
    [
      'One thing. [a.md:1-2] Another one. [b.md:3-3]',
      [
        ['One thing.', '[a.md:1-2]'],
        ['Another one.', '[b.md:3-3]'],
      ],
    ],
    [
      'Both say it. [a.md:1-2] [b.md:3-3]',
      [
        ['Both say it.', '[a.md:1-2]'],
        ['Both say it.', '[b.md:3-3]'],
      ],
    ],
    [
      '- First item [a.md:1-2]\n- Second item [a.md:3-4]',
      [
        ['First item', '[a.md:1-2]'],
        ['Second item', '[a.md:3-4]'],
      ],
    ],
    ['Seven of them. [count:how-many]', [['Seven of them.', '[count:how-many]']]],
    ['At an address. [https://a.example/x:4-4]', [['At an address.', '[https://a.example/x:4-4]']]],
    [
      'Cited. [a.md:1-1] And this is not cited.',
      [
        ['Cited.', '[a.md:1-1]'],
        ['And this is not cited.', ''],
      ],
    ],
    [
      'Use `a[0]` and [a link](https://b.example). [a.md:1-1]',
      [['Use `a[0]` and [a link](https://b.example).', '[a.md:1-1]']],
    ],
    ['Over two\nlines. [a.md:1-1]', [['Over two\nlines.', '[a.md:1-1]']]],
  ])('statements: %j', (answer, expected) => {
    expect(said(answer)).toEqual(expected);
  });

  test('statements: titles, introductions and the list of gaps are not statements', () => {
    const answer =
      '# The answer to it\n\n**A title of words**\n\nWhat comes closest to it here:\n\nIt is. [a.md:1-1]\n\n**Not found**\n\n- How it is configured in the end.';
    expect(said(answer)).toEqual([['It is.', '[a.md:1-1]']]);
  });

  test('statements: an example belongs to the statement above it', () => {
    const answer = 'So. [a.md:1-4]\n\n```ts\nrun(\n);\n```\n\nThen. [a.md:6-6]';
    const [first, second] = statementsIn(answer);
    expect(first).toMatchObject({ text: 'So.', code: 'run(\n);' });
    expect(answer.slice(first?.start, first?.end)).toBe('So. [a.md:1-4]\n\n```ts\nrun(\n);\n```');
    expect(second).toMatchObject({ text: 'Then.' });
  });
});

test.each([
  ['an answer that is one fence', '```md\nStorage is free. [a.md:1-1]\n```'],
  ['a fence that nobody closed', '```\nStorage is free. [a.md:1-1]'],
])('statements: %s is a statement without a mark', (_what, answer) => {
  expect(said(answer)).toEqual([['Storage is free. [a.md:1-1]', '']]);
});

test('statements: a mark without words is not a statement, unless an example follows it', () => {
  const answer =
    '. [a.md:1-1]\n\n— [a.md:2-2] [a.md:3-3]\n\nSo. [a.md:4-4] / [a.md:5-5]\n\n[a.md:6-6]\n\n```\nrun()\n```';
  expect(
    statementsIn(answer)
      .filter((statement) => !isWordless(statement))
      .map(({ text, mark }) => [text, mark]),
  ).toEqual([
    ['So.', '[a.md:4-4]'],
    ['So.', '[a.md:5-5]'],
    ['', '[a.md:6-6]'],
  ]);
});

test('statements: backticks around words within a line begin no example', () => {
  expect(said('```run()``` starts it. [a.md:1-1]\n\nThen it stops. [a.md:2-2]')).toHaveLength(2);
});

test('citationsIn: marks in an example and in the list of gaps cite nothing', () => {
  const answer = 'So. [a.md:1-4]\n\n```\nx[b.md:1-2]\n```\n\n**Not found**\n\n- What [c.md:1-2] means.';
  expect(citationsIn(answer)).toEqual([{ file: 'a.md', startLine: 1, endLine: 4 }]);
});

describe('withdraw', () => {
  const answer =
    'First. [a.md:1-1] Second. [a.md:2-2]\n\n**Title**\n\n- Third. [b.md:1-1] [b.md:2-2]\n- Fourth. [b.md:3-3]';
  const statements = statementsIn(answer);
  const without = (...marks: string[]) =>
    cut(
      answer,
      statements.filter(({ mark }) => marks.includes(mark)),
    );

  test.each([
    [
      ['[a.md:1-1]'],
      'Second. [a.md:2-2]\n\n**Title**\n\n- Third. [b.md:1-1] [b.md:2-2]\n- Fourth. [b.md:3-3]',
    ],
    [['[b.md:3-3]'], 'First. [a.md:1-1] Second. [a.md:2-2]\n\n**Title**\n\n- Third. [b.md:1-1] [b.md:2-2]'],
    [['[b.md:1-1]', '[b.md:2-2]', '[b.md:3-3]'], 'First. [a.md:1-1] Second. [a.md:2-2]'],
    [
      ['[b.md:1-1]', '[b.md:2-2]'],
      'First. [a.md:1-1] Second. [a.md:2-2]\n\n**Title**\n\n- Fourth. [b.md:3-3]',
    ],
  ])('cut: without %j nothing else is lost', (marks, expected) => {
    expect(without(...marks)).toBe(expected);
  });

  test('refusedBy: without a verdict nothing passes, and without evidence no verdict helps', () => {
    const source = (mark: string, text: string | null) => ({ mark, text });
    const refused = refusedBy(
      statements,
      [source('[a.md:1-1]', 'First.'), source('[a.md:2-2]', null), source('[b.md:1-1]', 'Third.')],
      [
        { claim: 'c1', supported: true, why: '' },
        { claim: 'c2', supported: true, why: '' },
        { claim: 'c3', supported: false, why: 'No.' },
      ],
    );
    expect(refused.map(({ statement, why }) => [statement.id, why])).toEqual([
      ['c2', 'Nothing stands behind its mark.'],
      ['c3', 'No.'],
      ['c4', 'Nothing stands behind its mark.'],
      ['c5', 'Nothing stands behind its mark.'],
    ]);
  });

  test('withdraw: a statement without words is removed silently, and the answer says so when nothing else is left', () => {
    const empty = '. [a.md:1-1]';
    expect(
      withdraw(`Yes. [a.md:2-2]\n\n${empty}`, [], statementsIn(`Yes. [a.md:2-2]\n\n${empty}`).slice(1)),
    ).toBe('Yes. [a.md:2-2]');
    expect(withdraw(empty, [], statementsIn(empty))).toBe(
      'The report states nothing that what it cites carries.',
    );
  });

  test('withdraw: a removed statement is named with its reason', () => {
    const [first] = statements;
    if (first === undefined) throw new Error('No statement.');
    expect(withdraw(answer, [{ statement: first, why: 'It says otherwise.' }])).toMatch(
      /\n\n\*\*Withdrawn\*\*\n\n- “First\.” was withdrawn: It says otherwise\.$/,
    );
  });
});
