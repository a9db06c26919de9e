import { expect, test } from 'vitest';
import { reviewOf } from './reviewer.js';

const claim = (text: string, evidence: string | null, more: { code?: string; mark?: string } = {}) => ({
  id: 'c1',
  text,
  mark: '[a.md:1-1]',
  evidence,
  ...more,
});

test.each([
  ['its words', claim('It retries 3 times.', 'By default it retries 3 times.'), true],
  ['other words', claim('It retries for ever.', 'The oven is cleaned weekly.'), false],
  ['another number', claim('It retries 5 times.', 'It retries 3 times.'), false],
  ['nothing', claim('It retries.', null), false],
  [
    'its example',
    claim('How to retry', 'How to retry:\n```ts\n  retry(3);\n```', { code: 'retry(3);' }),
    true,
  ],
  ['another example', claim('How to retry', 'How to retry:\nretry(3);', { code: 'retry(4);' }), false],
  ['its cells', claim('Salt — Amount: 20 g', '| Salt | 20 g |'), true],
  ['no mark', claim('It retries three times.', null, { mark: '' }), false],
  ['no mark, and nothing said', claim('The documents do not answer this.', null, { mark: '' }), true],
])('reviewOf: a statement that cites %s', (_, stated, supported) => {
  expect(reviewOf({ question: 'q', claims: [stated] }).verdicts).toMatchObject([{ claim: 'c1', supported }]);
});
