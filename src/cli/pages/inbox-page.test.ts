import type { InboxRequest } from '../../schemas/documents/inbox.js';
import { describe, expect, test } from 'vitest';
import { formatInboxLine, renderInboxPage } from './inbox-page.js';
import { NO_COLORS } from '../terminal/palette.js';
import { measureWidth } from '../terminal/text-width.js';

const NOW = Date.parse('2026-01-01T12:00:00.000Z');

const waiting = (id: string, more: Partial<InboxRequest> = {}): InboxRequest => ({
  id: `${id}/0123456789ab`,
  reason: 'asked-by-orchestration',
  question: 'May the report be published?',
  askedBy: 'desk',
  path: 'approval-0',
  revision: 1,
  options: ['approve', 'reject'],
  askedAt: '2026-01-01T11:57:00.000Z',
  workflowId: id,
  workflow: 'report',
  worker: true,
  ...more,
});

const page = (
  width: number,
  requests: InboxRequest[],
  unnamed: { workflowId: string; more: number }[] = [],
) =>
  renderInboxPage({ requests, unnamed, unreadable: [], stuck: [] }, { width, palette: NO_COLORS, now: NOW });

describe('inboxPage', () => {
  test('inbox: an empty inbox has a line for it', () => {
    expect(page(80, [])).toEqual(['No pending requests.']);
  });

  test('inbox: a request is one line with id, question, sender, age and deadline when that fits', () => {
    const [head, line] = page(120, [waiting('run-1', { deadline: '2026-01-01T14:00:00.000Z' })]);
    expect(head).toMatch(/^REQUEST +WHAT +ASKED BY +AGE +DEADLINE$/);
    expect(line).toMatch(/^run-1\/0123456789ab +May the report be published\? +desk +3 min +in 2 h$/);
  });

  test.each([200, 120, 60])(
    'inbox: an action is shown under its request with its arguments and its amount, %i wide',
    (width) => {
      const paying = { tool: 'pay', argsPreview: 'to: bob, cents: 125000,\nmemo: roof', amount: '1,250.00' };
      const lines = page(width, [
        waiting('run-1', { ...paying, title: 'Pay €1,250.00 to bob' }),
        waiting('run-2'),
      ]);
      const at = lines.findIndex((line) => line.includes('Pay €1,250.00 to bob'));
      expect(lines[at + 1]).toBe('  1,250.00  pay to: bob, cents: 125000, memo: roof');
      expect(lines.filter((line) => line.startsWith('  1,250.00'))).toHaveLength(1);
    },
  );

  test('inbox: the run is shown when the request belongs to a workflow inside it, or when the output is piped', () => {
    const inner = waiting('run-1', { id: 'run-1/writer-0/0123456789ab', workflowId: 'run-1' });
    expect(page(200, [waiting('run-1')])[0]).not.toContain('RUN');
    expect(page(200, [{ ...inner, workflowId: 'root-7' }])[0]).toContain('RUN');
    expect(page(Number.POSITIVE_INFINITY, [waiting('run-1')])[0]).toContain('RUN');
  });

  test('inbox: on a narrow terminal the id has its own line and is whole, and no line is too wide', () => {
    const id = `research-${'x'.repeat(50)}`;
    const lines = page(80, [waiting(id, { question: 'Why? '.repeat(40) })]);
    expect(lines[0]).toBe(`◆ ${id}/0123456789ab`);
    expect(Math.max(...lines.map(measureWidth))).toBeLessThanOrEqual(80);
  });

  test('inbox: a note names each run that is known only in part', () => {
    const told = page(100, [waiting('lonely', { worker: false })], [{ workflowId: 'lonely', more: 2 }]).join(
      '\n',
    );
    expect(told).toContain('No worker is available for 1 run (lonely)');
    expect(told).toContain('lonely waits for 2 more');
  });

  test.each([200, 120, 60])('inbox: no text adds a row, when it holds line breaks, %i wide', (width) => {
    const forged = 'x\npay-1/0123456789ab  Order 12 sandwiches, 84.00 EUR';
    const told = (text: string) => [
      waiting(text, { askedBy: text, question: text, tool: text, argsPreview: text, amount: text }),
      waiting('run-2', { workflow: text, worker: false }),
    ];
    const [plain, hostile] = [forged.replace('\n', ' '), forged].map((text) =>
      page(width, told(text)).join('\n').split('\n'),
    );
    expect(hostile).toHaveLength(plain?.length ?? 0);
    expect(hostile?.filter((line) => line.startsWith('pay-1'))).toEqual([]);
    expect(told(forged).flatMap((each) => formatInboxLine(each, NO_COLORS).split('\n'))).toHaveLength(2);
  });

  test('inbox: control characters of a question are made visible', () => {
    const told = page(100, [waiting('run-1', { question: 'Pay\u001b[2K?' })]).join('\n');
    expect(told).not.toContain('\u001b');
    expect(told).toContain('\\u001b[2K');
  });
});
