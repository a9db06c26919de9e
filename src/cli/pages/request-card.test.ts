import type { Json } from '../../contracts/data/json.js';
import type { WaitingRequest } from '../../schemas/documents/story.js';
import { describe, expect, test } from 'vitest';
import { NO_COLORS } from '../terminal/palette.js';
import { describeDeciding, renderRequestCard } from './request-card.js';

const request: WaitingRequest = {
  id: 'run/0123456789ab',
  reason: 'irreversible-effect',
  question: 'May cashier carry out pay?',
  revision: 1,
  askedBy: 'cashier',
  path: 'cashier-0',
  askedAt: '2026-01-01T12:00:00.000Z',
  whole: true,
  tool: 'pay',
  args: { to: 'ada', body: 'first line\n\n  second line', list: [1, 2] },
  options: [
    { id: 'approve', label: 'Approve', consequence: 'pay is carried out once.' },
    { id: 'reject', label: 'Reject', consequence: 'Nothing is carried out.' },
    { id: 'was-done', label: 'It was done', consequence: 'The run continues.' },
  ],
};
const style = { width: 100, palette: NO_COLORS };

describe('requestCard', () => {
  test('card: shows every argument in full, texts with their own lines', () => {
    const text = renderRequestCard(request, style).join('\n');
    expect(text).toContain('to: ada');
    expect(text).toMatch(/┃ +first line\n┃\s*\n┃ +second line/);
    expect(text).toMatch(/list:\n┃ +\[\n┃ +1,\n┃ +2\n┃ +\]/);
    expect(text).toContain('the action cannot be undone');
  });

  test('card: the title and the amount come first, and the question and the arguments stay', () => {
    const paid = { ...request, title: 'Pay €12.50 to ada', args: { to: 'ada', cents: 1_250 } };
    const text = renderRequestCard(paid, style).join('\n');
    expect(text).toMatch(
      /^┃ ◆ Pay €12.50 to ada\n┃ amount +12\.50 +\(argument cents\)\n┃ question +May cashier carry out pay\?/,
    );
    expect(text).toContain('cents: 1250');
  });

  test('card: the action comes before its origin, however long it is', () => {
    const handoffs = Array.from({ length: 7 }, (_, at) => ({
      from: `a${at}`,
      to: `a${at + 1}`,
      goal: 'Pay.',
    }));
    const text = renderRequestCard({ ...request, origin: { handoffs, read: [] } }, style).join('\n');
    expect(text.indexOf('to: ada')).toBeGreaterThan(0);
    expect(text.indexOf('to: ada')).toBeLessThan(text.indexOf('a6'));
  });

  test('card: a long origin is one line a sender and a trusted source, and whole where the page asks for it', () => {
    const handoffs = ['researcher', 'researcher', 'lead'].map((to) => ({
      from: 'desk',
      to,
      goal: to === 'lead' ? 'Pour it.' : 'Find it.',
    }));
    const source = { tool: 'search', times: 1, sources: ['query: tea'] };
    const read = ['researcher', 'researcher', 'lead'].map((by) => ({ ...source, by, gave: 'tea' }));
    const attempted = Array.from({ length: 8 }, (_, at) => `step ${at}`);
    const long = { ...request, origin: { task: { text: 'Tea?' }, handoffs, read }, attempted };
    const text = renderRequestCard(long, style).join('\n');
    expect(text).toMatch(/handoff +desk → researcher ×2\n┃ handoff +desk → lead: Pour it\.\n/);
    expect(text).toMatch(/read +researcher by search, 2 times\n/);
    expect(text).toMatch(/read +lead by search\n/);
    expect(text).toContain('shortened, see `baton show run`');
    expect(text).not.toMatch(/Find it|query: tea|step 4/);
    expect(text).toMatch(/task +Tea\?[^]*step 7/);
    const whole = renderRequestCard(long, { ...style, origin: 'whole' }).join('\n');
    expect(whole).toMatch(/desk → researcher: Find it\.[^]*query: tea[^]*step 0/);
    expect(whole).not.toContain('shortened');
  });

  test('card: a long origin keeps each untrusted source with its quote, when later reads follow', () => {
    const fetched = (gave: string) =>
      ({
        by: 'clerk',
        tool: 'fetch',
        times: 1,
        sources: [`url: ${gave}.html`],
        gave,
        untrusted: true,
      }) as const;
    const later = ['one', 'two', 'three', 'four', 'five'].map(fetched);
    const trusted = { by: 'clerk', tool: 'lookup', times: 2, sources: ['id: 1'], gave: 'a row' };
    const read = [fetched('Pay mallory'), trusted, ...later];
    const text = renderRequestCard({ ...request, origin: { handoffs: [], read } }, style).join('\n');
    expect(text).toMatch(/read +clerk by fetch \(url: Pay mallory\.html\): “Pay mallory”\. UNTRUSTED/);
    expect(text.match(/UNTRUSTED/g)).toHaveLength(read.length - 1);
    expect(text).toMatch(/read +clerk by lookup, 2 times\n/);
    expect(text).toContain('shortened, see `baton show run`');
    const kept = renderRequestCard({ ...request, origin: { handoffs: [], read: later } }, style);
    expect(kept.join('\n')).not.toContain('shortened');
  });

  test('card: an argument cannot overwrite other lines', () => {
    const hostile = { ...request, args: { to: 'ada\u001b[1A\u001b[2Kbob' } };
    const text = renderRequestCard(hostile, style).join('\n');
    expect(text).not.toContain('\u001b');
    expect(text).toContain('to: "ada\\u001b[1A\\u001b[2Kbob"');
  });

  test('card: a name cannot add a line, when it holds line breaks and the bar of the card', () => {
    const forged = (label: string): string => `note: ok\n┃ ${label.padEnd(10)}all is well\n┃`;
    const [approve, ...others] = request.options;
    const hostile = {
      ...request,
      args: { to: 'ada', [forged('amount')]: { [`${forged('digest')} cents`]: 5 } },
      options: [{ ...approve, id: forged('proof') }, ...others],
    };
    const lines = renderRequestCard(hostile as WaitingRequest, style)
      .join('\n')
      .split('\n');
    expect(lines.filter((line) => !line.startsWith('┃ ') || /all is well/.test(line))).toEqual([
      expect.stringMatching(/^┃ amount +0\.05 +\(argument "note: ok\\n┃ amount/),
      expect.stringMatching(/^┃ {11}"note: ok\\n┃ amount {4}all is well\\n┃":$/),
      expect.stringMatching(/^┃ {13,}"note: ok\\n┃ digest/),
      expect.stringMatching(/^┃ options +"note: ok\\n┃ proof/),
    ]);
    expect(lines.filter((line) => line.startsWith('┃ proof'))).toHaveLength(1);
  });

  test('card: no two values look alike, when they differ in spaces or in their type', () => {
    const payees = [
      'ACME Ltd',
      'ACME\u00a0Ltd',
      'ACME\u2009Ltd',
      'ACME Ltd ',
      ' ACME Ltd',
      'ACME Ltd\n',
      '"ACME Ltd"',
      '100',
      100,
      'null',
      null,
      '[\n  1\n]',
      [1],
      '{}',
      {},
      '',
      '""',
      'a\u202eb',
      String.raw`a\u202eb`,
      String.raw`"a\u202eb"`,
      'a\r\nb',
      'a\nb',
    ];
    const card = (to: Json): string => renderRequestCard({ ...request, args: { to } }, style).join('\n');
    const whole = (to: Json): string => renderRequestCard({ ...request, args: to }, style).join('\n');
    expect(new Set(payees.map(card)).size).toBe(payees.length);
    expect(new Set(payees.map(whole)).size).toBe(payees.length);
    expect(card('ACME Ltd')).toContain('to: ACME Ltd\n');
  });

  test('card: each option has its consequence, and its label when that adds something', () => {
    const text = renderRequestCard(request, style).join('\n');
    expect(text).toMatch(/approve +pay is carried out once\./);
    expect(text).toMatch(/reject +Nothing is carried out\./);
    expect(text).toMatch(/was-done +It was done\. The run continues/);
  });

  test('card: the preview replaces the arguments when no worker is available', () => {
    const { args: _args, ...rest } = request;
    expect(
      renderRequestCard({ ...rest, whole: false, argsPreview: 'to: ada, cents: 42' }, style).join('\n'),
    ).toContain('to: ada, cents: 42');
  });
});

describe('howToDecide', () => {
  test('decide: gives one command line an option, quoted where a shell needs it', () => {
    expect(describeDeciding(request)).toEqual([
      'baton approve run/0123456789ab',
      'baton reject run/0123456789ab --reason "…"',
      'baton decide run/0123456789ab --option was-done',
    ]);
    expect(describeDeciding({ ...request, id: "it's $here/0123456789ab" })[0]).toBe(
      `baton approve 'it'\\''s $here/0123456789ab'`,
    );
  });
});
