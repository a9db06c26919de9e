import { expect, test } from 'vitest';
import { correctDraft } from './correct-draft.js';

const citation = { file: 'a.md', startLine: 3, endLine: 3 };
const brief = {
  question: 'q',
  findings: [{ claim: 'It retries three times', citation }],
  counts: [],
  sections: [],
  assessment: '',
  missing: ['How it stops.'],
};
const objection = (claim: string, mark: string) => ({
  claim,
  mark,
  why: 'It is about ports.',
  evidence: null,
});
const draft =
  'It retries three times. [b.md:1-1]\n\nIt never sleeps. [a.md:3-3]\n\n**Not found**\n\n- How it stops.';

test('correctDraft: a statement gets the mark of the finding that supports it, and the rest stays', () => {
  const report = correctDraft(brief, {
    draft,
    objections: [objection('It retries three times.', '[b.md:1-1]')],
  });
  expect(report.answer).toBe(draft.replace('[b.md:1-1]', '[a.md:3-3]'));
  expect(report.missing).toEqual(['How it stops.']);
});

test('correctDraft: a statement that no finding supports is left out and named as missing', () => {
  const report = correctDraft(brief, { draft, objections: [objection('It never sleeps.', '[a.md:3-3]')] });
  expect(report.answer).toBe(
    'It retries three times. [b.md:1-1]\n\n**Not found**\n\n- How it stops.\n- “It never sleeps” was left out: It is about ports.',
  );
  expect(report.citations).toEqual([{ file: 'b.md', startLine: 1, endLine: 1 }]);
});

test('correctDraft: the answer says so when no statement is left', () => {
  const only = {
    draft: 'It never sleeps. [a.md:3-3]',
    objections: [objection('It never sleeps.', '[a.md:3-3]')],
  };
  expect(correctDraft(brief, only)).toMatchObject({
    answer: expect.stringMatching(/^The documents do not answer this question/),
    citations: [],
  });
});
