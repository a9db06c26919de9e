import { expect, test } from 'vitest';
import { composeMessage } from './message.js';

const report = {
  by: 'file',
  from: 'Research desk <desk@example.org>',
  to: 'reader@example.org',
  subject: 'Research desk: Wie löscht man? Ω',
  body: `# Answer\n\nA line of more than seventy-six characters, so that the transfer encoding has to break it somewhere. ✓\n`,
  composedAt: '2026-01-02T03:04:05.000Z',
};

test('composeMessage: one text part, short lines, the given time, and the key as Message-ID', async () => {
  const { bytes, messageId } = await composeMessage(report, 'key-1');
  const text = bytes.toString();
  expect(messageId).toBe('<key-1@example.org>');
  expect(text).toContain('Message-ID: <key-1@example.org>');
  expect(text).toContain('From: Research desk <desk@example.org>');
  expect(text).toContain('Date: Fri, 02 Jan 2026 03:04:05 +0000');
  expect(text).toMatch(/\r\n\r\n# Answer\r\n/);
  expect(Math.max(...text.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(78);
});

test('composeMessage: the same bytes when the values are the same', async () => {
  expect(await composeMessage(report, 'k')).toEqual(await composeMessage(report, 'k'));
});

test('composeMessage: no header is added when the subject holds a line break', async () => {
  const { bytes } = await composeMessage({ ...report, subject: 'x\r\nBcc: victim@example.org' }, 'k');
  expect(bytes.toString()).not.toMatch(/^Bcc:/m);
});

test.each(['from', 'to'] as const)(
  'composeMessage: refuses when %s is more than one address',
  async (field) => {
    for (const text of ['a@b.org\r\nBcc: c@d.org', 'a@b.org, c@d.org', 'A <a@b.org> <c@d.org>', ''])
      await expect(composeMessage({ ...report, [field]: text }, 'k')).rejects.toThrow(
        'is not one mail address',
      );
  },
);
