import { describe, expect, test } from 'vitest';
import { boundOrigin, mergeSources, summarizeOrigin } from './bound-origin.js';
import { RequestOrigin } from './origin.js';
import { describeOrigin } from './origin-text.js';
import { isRequestOrigin } from './readable-request.js';

const source = (tool: string, more: Partial<RequestOrigin['read'][number]> = {}) => ({
  by: 'front',
  tool,
  times: 1,
  sources: [`id: ${tool}`],
  ...more,
});

describe('origin', () => {
  test('source: reading by one trusted tool again is one entry that keeps its latest calls', () => {
    const calls = ['a', 'b', 'c', 'd'].map((id) => source('mail', { sources: [id], gave: id }));
    expect(mergeSources([source('mail'), source('look'), ...calls], 24)).toEqual([
      source('look'),
      { by: 'front', tool: 'mail', times: 5, sources: ['b', 'c', 'd'], gave: 'd' },
    ]);
  });

  const mail = (id: string) => source('mail', { sources: [id], gave: `text of ${id}`, untrusted: true });

  test('source: repeated calls of a tool do not replace an earlier result with another text', () => {
    const read = [mail('evil'), ...['a', 'b', 'c', 'd', 'd'].map(mail)];
    const bounded = boundOrigin({ handoffs: [], read: mergeSources(read, 24) }, 8, 24);
    expect(bounded.earlier).toBeUndefined();
    expect(bounded.read).toEqual([...['evil', 'a', 'b', 'c'].map(mail), { ...mail('d'), times: 2 }]);
  });

  test('source: the first untrusted calls are listed, and the rest are counted when there is no room', () => {
    const ids = Array.from({ length: 100 }, (_, n) => `${n}`);
    // One by one, as a run reads them, and those of a child agent at once.
    let read: RequestOrigin['read'] = [];
    for (const id of ids.slice(0, 60)) read = mergeSources([...read, mail(id), source('look')], 24);
    read = mergeSources([...read, ...mergeSources(ids.slice(60).map(mail), 24)], 24);
    expect(read).toHaveLength(24 + 1 + 1);
    const bounded = boundOrigin({ handoffs: [], read }, 8, 24);
    expect(bounded.read).toEqual(ids.slice(0, 24).map(mail));
    expect(bounded.earlier).toBe(100 - 24 + 1);
    expect(isRequestOrigin(bounded)).toBe(true);
    expect(summarizeOrigin(bounded).earlier).toBe(100 - 4 + 1);
  });

  test('origin: an untrusted source stays when many others follow, and dropped sources are counted', () => {
    const read = [
      source('mail', { untrusted: true }),
      ...Array.from({ length: 30 }, (_, n) => source(`tool-${n}`)),
    ];
    const bounded = boundOrigin({ handoffs: [], read, earlier: 2 }, 8, 12);
    expect(bounded.read).toHaveLength(12);
    expect(bounded.read[0]).toMatchObject({ tool: 'mail', untrusted: true });
    expect(bounded.earlier).toBe(2 + 31 - 12);
  });

  test('summary: it stays small, and is a valid origin, with any content', () => {
    const long = 'x'.repeat(1_000);
    const handoffs = Array.from({ length: 8 }, () => ({ from: 'a', to: 'b', goal: long }));
    const read = Array.from({ length: 12 }, (_, n) =>
      source(`tool-${n}`, { sources: [long, long], gave: long, untrusted: true }),
    );
    const summary = summarizeOrigin({ task: { text: long, by: 'ann' }, handoffs, read });
    expect(JSON.stringify(summary).length).toBeLessThan(2_000);
    expect(isRequestOrigin(summary)).toBe(true);
    expect(RequestOrigin.parse(summary)).toEqual(summary);
  });

  test.each([
    ['null', null],
    ['a list', []],
    ['a list in the place of the task', { task: [], handoffs: [], read: [] }],
    ['nobody', { handoffs: [null], read: [] }],
    ['a text without end', { task: { text: 'x'.repeat(3_000) }, handoffs: [], read: [] }],
    ['more than can be shown', { handoffs: [], read: Array.from({ length: 51 }, () => source('mail')) }],
    ['a mark that is none', { handoffs: [], read: [{ ...source('mail'), untrusted: false }] }],
  ])('origin: %s is not a valid origin', (_what, value) => {
    expect(isRequestOrigin(value)).toBe(false);
  });

  test('text: an unknown origin is shown as unknown, and no text starts a new line', () => {
    expect(describeOrigin(undefined)).toEqual([{ name: 'origin', text: expect.stringContaining('unknown') }]);
    const lines = describeOrigin({
      task: { text: 'Pay.\nread  nothing, by any tool' },
      handoffs: [],
      read: [source('mail', { gave: 'a\u2028b', untrusted: true })],
    });
    expect(lines.map(({ text }) => text).join('')).not.toMatch(/[\n\u2028]/);
    expect(lines.find(({ untrusted }) => untrusted)?.text).toMatch(/UNTRUSTED/);
  });
});
