/** P7: every page of the inbox is WCAG 2.2 AA as far as a machine can tell, in both themes and on a phone. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import type { AxeResults } from 'axe-core';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { InboxDesk } from '../fixtures/inbox-desk.js';

// A browser on a machine that may be busy.
vi.setConfig({ testTimeout: 150_000 });

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RULES = JSON.stringify({
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
});

let desk: InboxDesk;
/** Where each page is, and what stands on it once it is there. */
let places: readonly (readonly [name: string, address: string, text: string])[];

beforeAll(async () => {
  desk = await InboxDesk.open();
  await desk.cli.serve();
  const paying = await desk.cli.start('pays', { to: 'bob', cents: 500, memo: 'for the roof' });
  const { id: payment } = await desk.cli.waiting(paying);
  const echoing = await desk.cli.start('echo', 'Why?');
  const { id: question } = await desk.cli.waiting(echoing);
  const over = await desk.cli.start('pays', { to: 'zoe', cents: 5, memo: 'tea' });
  const { id: decided } = await desk.cli.waiting(over);
  await desk.cli.json(['reject', decided, '--reason', 'no tea', '--by', 'ada@example.com']);
  places = [
    ['what waits', `${desk.url}/?q=${paying}`, 'for the roof'],
    ['an action', desk.request(payment), 'matches what is shown'],
    ['a question', desk.request(question), 'matches what is shown'],
    ['what is over', desk.request(decided), 'reject'],
    ['what I decided', `${desk.url}/decided`, 'no tea'],
    ['a run', desk.run(over), 'no tea'],
    ['an error', desk.run('nobody-knows-it'), 'nobody-knows-it'],
  ];
});
afterEach((context) => desk.tellFailed(context));
afterAll(() => desk.close());

/** The violations that axe finds on a page, a line each. */
async function found(page: Page): Promise<string[]> {
  // By the debugger: the page's own policy lets no script in, which is as it should be.
  await page.evaluate(AXE);
  const { violations } = await page.evaluate<AxeResults>(`axe.run(document, ${RULES})`);
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary = '' }) => `${id}: ${html}\n${failureSummary}`),
  );
}

test.each([
  ['light', { width: 1280, height: 900 }],
  ['dark', { width: 1280, height: 900 }],
  ['light', { width: 360, height: 700 }],
  ['dark', { width: 360, height: 700 }],
] as const)('P7 inbox page: nothing is found against any page, %s, %j', async (colorScheme, viewport) => {
  const stranger = await desk.stranger({ colorScheme, viewport });
  await stranger.goto(desk.url);
  await stranger.getByRole('heading', { level: 1 }).waitFor();
  expect(await found(stranger)).toEqual([]);

  const page = await desk.person('ada@example.com', { colorScheme, viewport });
  for (const [name, address, text] of places) {
    await page.goto(address);
    await page.getByText(text).first().waitFor();
    // Folded parts are read too.
    await page.evaluate('document.querySelectorAll("details").forEach((part) => { part.open = true; })');
    expect(await found(page), name).toEqual([]);
  }
});
