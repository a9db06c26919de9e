import type { HandoffStory } from '../../schemas/documents/handoff.js';
import { expect, test } from 'vitest';
import { renderHandoffPage } from './handoff-page.js';
import { NO_COLORS } from '../terminal/palette.js';
import { measureWidth } from '../terminal/text-width.js';
import { formatClock } from '../../client/text/time.js';

const at = '2026-01-02T10:00:00.000Z';

const told: HandoffStory = {
  workflowId: 'run-1',
  runId: 'r',
  number: 2,
  of: 3,
  kind: 'handoff',
  at,
  path: 'desk-0/billing-1',
  handoff: 'abc',
  from: 'triage',
  to: 'billing',
  trigger: 'domain-completion',
  by: 'similarity',
  router: 'by-words',
  confidence: 0.734,
  contract: 'triage-to-billing@2',
  schema: '0123456789abcdef',
  owner: 'triage',
  manifest: 'abc',
  preview: 'order: 4711\u001b[2J',
  state: 'accepted',
  acceptance: { at, items: ['order@1a2b3c4d'], owner: 'billing' },
  clarifications: [{ question: 'Which?', answer: 'Red.', by: 'triage' }],
  context: {
    v: 1,
    id: 'abc',
    maxTokens: 6_000,
    tokens: 1_234,
    countedBy: 'o200k_base',
    parts: [
      { part: 'payload', fate: 'kept', tokens: 120, pinned: true },
      { part: 'history: 12 messages', fate: 'summarized', tokens: 250 },
      { part: 'history: 3 messages', fate: 'dropped', tokens: 900 },
      { part: 'customers/4711@3', fate: 'reference', tokens: 8 },
    ],
  },
};

const style = { width: 80, palette: NO_COLORS };

test('handoff page: it shows sender, receiver, reason, contract, owner, and the fate of each part', () => {
  const time = formatClock(at);
  expect(renderHandoffPage(told, style)).toEqual([
    'triage → billing  handoff 2 of 3  ✓ accepted',
    `  offered   ${time}, trigger domain-completion; chosen by similarity (by-words,`,
    '            confidence 0.73)',
    '  contract  triage-to-billing@2, schema 0123456789abcdef',
    `  owner     billing since ${time}; triage before`,
    `  answer    ${time} accepted, has order@1a2b3c4d`,
    '  asked     Which? triage: Red.',
    '  passed    order: 4711\\u001b[2J',
    '  context   1234 tokens of at most 6000, counted by o200k_base',
    '',
    '  PART                  FATE          TOKENS',
    '  payload               kept, pinned     120',
    '  history: 12 messages  summarized       250',
    '  history: 3 messages   dropped          900',
    '  customers/4711@3      by reference       8',
  ]);
});

test('no line is wider than the terminal, with names as long as may be', () => {
  const long = (name: string): string => name.padEnd(64, '-of-a-long-name');
  const wordy: HandoffStory = {
    ...told,
    from: long('triage'),
    to: long('billing'),
    contract: `${long('triage-to-billing')}@2`,
    owner: long('triage'),
    preview: '漢字 '.repeat(40),
    acceptance: {
      at,
      items: ['order@1a2b3c4d', 'classification@1a2b3c4d', 'diagnosis@1a2b3c4d', 'message@1a2b3c4d'],
      owner: long('billing'),
    },
  };
  for (const width of [80, 100, 120]) {
    const page = renderHandoffPage(wordy, { ...style, width });
    expect(page.filter((line) => measureWidth(line) > width)).toEqual([]);
    expect(page.join(' ')).toContain(wordy.from);
    expect(page.join(' ')).toContain('✓ accepted');
  }
});

test('handoff page: it shows an open offer and a refused one as such', () => {
  const { acceptance: _none, context: _nothing, schema: _any, ...offered } = told;
  const page = renderHandoffPage({ ...offered, state: 'offered' }, style).join('\n');
  expect(page).toContain('○ offered, not accepted yet');
  expect(page).toContain('none yet: billing has not answered');
  expect(page).toContain('anything may be passed');
  expect(page).toContain('none composed yet');
  const refusal = { at, reason: 'Too large.', to: 'triage', code: 'CONTEXT_TOO_LARGE' };
  const refused = renderHandoffPage({ ...offered, state: 'sent-back', refusal }, style).join('\n');
  expect(refused).toContain('✗ sent back');
  expect(refused).toContain('Too large. [CONTEXT_TOO_LARGE]; next: triage');
});
