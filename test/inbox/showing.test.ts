/**
 * The content of the inbox page per reader: hostile text, altered pages, expired deadlines, no worker, keys, narrow
 * screens.
 */
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import type { Page } from 'playwright-core';
import type { Json } from '@batonhq/baton';
import { InboxDesk } from '../fixtures/inbox-desk.js';
import { until } from '../fixtures/harness.js';

// Several browsers and commands on a machine that may be busy.
vi.setConfig({ testTimeout: 150_000 });

const WORKFLOWS = fileURLToPath(new URL('../fixtures/cli/workflows.ts', import.meta.url));
let desk: InboxDesk;
let page: Page;
beforeAll(async () => {
  const config = { workflows: WORKFLOWS, store: 'file:store.db' };
  desk = await InboxDesk.open([], `export default ${JSON.stringify(config)};`);
  await desk.cli.serve();
  page = await desk.person('ada@example.com');
});
afterEach((context) => desk.tellFailed(context));
afterAll(() => desk.close());

async function asked(workflow: string, input: Json): Promise<{ run: string; id: string }> {
  const run = await desk.cli.start(workflow, input);
  const { id } = await desk.cli.waiting(run);
  return { run, id };
}

const pay = { to: 'bob', cents: 500, memo: 'for the roof' };

const HOSTILE =
  '<img src=x onerror="document.title=1"><script>document.title=2</script>[here](javascript:alert(1)) ![](http://127.0.0.1:9/x.png) </textarea></code>"\'><b id="injected">\u202egnp.exe\u0000\u001b[2J\r\n&amp;';

test('inbox page: hostile text stays text everywhere, its tricks are seen, and the digest is still that of what is shown', async () => {
  const problems: string[] = [];
  const listen = (text: string): void => void problems.push(text);
  page.on('dialog', (dialog) => listen(dialog.message()));
  page.on('request', (request) => {
    if (!request.url().startsWith(desk.url)) listen(request.url());
  });
  const { id } = await asked('pays', { ...pay, memo: HOSTILE });
  const said = await asked('echo', HOSTILE);
  for (const address of [
    `${desk.url}/?q=onerror`,
    desk.request(id),
    desk.request(said.id),
    desk.run(said.run),
  ]) {
    await page.goto(address);
    await page.getByText('<img src=x').first().waitFor();
    expect(await page.locator('#injected, main img, main script, a[href^="javascript"]').count()).toBe(0);
    const text = await page.locator('main').innerText();
    expect(['\u202e', '\0', '\u001b'].filter((trick) => text.includes(trick))).toEqual([]);
  }
  for (const address of [desk.request(id), desk.request(said.id)]) {
    await page.goto(address);
    await page.getByText('✓ matches what is shown').waitFor();
    expect(await page.locator('main').innerText()).toContain('\\u202egnp.exe\\u0000');
  }
  expect(problems).toEqual([]);
});

test.each([
  ['an argument', '>500<', '>5<'],
  ['the amount', '>5.00<', '>0.05<'],
])('inbox page: %s that is altered on the way to the eye cannot be decided', async (_what, from, to) => {
  const { id } = await asked('pays', pay);
  const altered = await desk.person('eve');
  await altered.route('**/request?*', async (route) => {
    const response = await route.fetch();
    const text = await response.text();
    expect(text).toContain(from);
    await route.fulfill({ response, body: text.replaceAll(from, to) });
  });
  await altered.goto(desk.request(id));
  await altered.getByRole('alert').filter({ hasText: 'DIGEST_MISMATCH' }).waitFor();
  expect(await altered.getByRole('button', { name: 'Approve', exact: true }).isDisabled()).toBe(true);
  // Nor by the keyboard, nor by a script of the browser's that sends the form.
  await altered.evaluate('document.querySelector("[data-option=approve] form").requestSubmit()');
  expect(altered.url()).toBe(desk.request(id));
});

test('inbox page: shows that a deadline expired while the page is open, and accepts no decision', async () => {
  const { id } = await asked('brief', null);
  await page.goto(desk.request(id));
  await page.getByText('then it is rejected').waitFor();
  await page.getByRole('alert').filter({ hasText: 'This request is closed' }).waitFor({ timeout: 60_000 });
  expect(await page.getByRole('button', { name: 'Approve', exact: true }).isDisabled()).toBe(true);
  await page.getByRole('link', { name: 'See what has become of it' }).click();
  await page.getByText('decided before the deadline; nothing was done').waitFor();
});

test('inbox page: with the keyboard alone a request is found, opened and approved', async () => {
  const { run } = await asked('pays', { ...pay, to: 'kay' });
  await page.goto(`${desk.url}/?q=kay`);
  await page.getByRole('button', { name: 'Keys' }).waitFor();
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'Keys' }).waitFor();
  await page.keyboard.press('Escape');
  await page.locator('.request', { hasText: 'kay' }).waitFor();
  await until(async () => {
    await page.keyboard.press('j');
    return (await page.locator('.request:focus', { hasText: 'kay' }).count()) === 1;
  });
  await page.keyboard.press('Enter');
  await page.getByText('✓ matches what is shown').waitFor();
  await page.keyboard.press('a');
  await page.keyboard.type('read and weighed');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'This request is closed' }).waitFor();
  await until(async () => desk.cli.log().includes('paid 500 to kay'));
  // Keys are heard once the page's script runs.
  await page.getByRole('button', { name: 'Keys' }).waitFor();
  await until(async () => {
    await page.keyboard.press('u');
    return page.url() === `${desk.url}/`;
  });
  expect((await desk.cli.watched<{ state: string }>(run)).state).toBe('completed');
});

test('inbox page: at the width of a phone nothing runs off the screen, in light and dark', async () => {
  const { run, id } = await asked('pays', { ...pay, memo: 'x'.repeat(300) });
  for (const colorScheme of ['light', 'dark'] as const) {
    const phone = await desk.person('ada@example.com', {
      colorScheme,
      viewport: { width: 360, height: 700 },
    });
    for (const address of [desk.url, desk.request(id), desk.run(run), `${desk.url}/decided`]) {
      await phone.goto(address);
      await phone.getByRole('heading', { level: 1 }).waitFor();
      const wide = await phone.evaluate(
        'document.documentElement.scrollWidth - document.documentElement.clientWidth',
      );
      expect([address, wide]).toEqual([address, 0]);
    }
  }
});

test('inbox page: the list is searched, filtered and paged, also without its script', async () => {
  const { run } = await asked('many', 30);
  const plain = await desk.person('ada@example.com', { javaScriptEnabled: false });
  const filter = plain.getByRole('search', { name: 'Filter the list' });
  await filter.getByLabel('Search').fill(`${run} number`);
  await filter.getByRole('button', { name: 'Filter' }).click();
  await plain.getByRole('heading', { level: 1, name: /^Waiting 30 of \d+$/ }).waitFor();
  expect(await plain.locator('.request').count()).toBe(25);
  await plain.getByRole('link', { name: 'Next' }).click();
  await plain.getByText('Page 2 of 2').waitFor();
  expect(await plain.locator('.request').count()).toBe(5);
  expect(await filter.getByLabel('Search').inputValue()).toBe(`${run} number`);
  await filter.getByLabel('Age', { exact: true }).selectOption('over a day');
  await filter.getByRole('button', { name: 'Filter' }).click();
  await plain.getByText('No pending request matches the filter.').waitFor();
  await plain.getByRole('link', { name: 'Clear' }).click();
  await plain.getByRole('heading', { level: 1, name: /^Waiting \d+$/ }).waitFor();
  await desk.cli.run(['cancel', run]);
});

test('inbox page: shows pending requests and accepts a decision without its script', async () => {
  const { run, id } = await asked('pays', { ...pay, to: 'nan' });
  const plain = await desk.person('ada@example.com', { javaScriptEnabled: false });
  await plain.goto(desk.request(id));
  await plain.getByText('500').first().waitFor();
  await plain.getByRole('button', { name: 'Approve', exact: true }).click();
  await plain.getByRole('heading', { name: 'This request is closed' }).waitFor();
  expect((await desk.cli.watched<{ state: string }>(run)).state).toBe('completed');
});

test("inbox page: a run's page draws the handoffs of the run, and updates automatically", async () => {
  const { run, id } = await asked('hello', 'what is known?');
  await page.goto(desk.run(run));
  await page.getByRole('link', { name: /hello to researcher: delegates/ }).waitFor();
  // The sections that a reader has unfolded stay unfolded when the page refreshes.
  await page.getByText('1 model request, 1 prompt').click();
  await desk.cli.run(['approve', id]);
  await page.getByRole('link', { name: /hello to writer: hands off/ }).click();
  // Its place in the story, which stands under the agent's name; the work of models is folded.
  await page.locator('li:target', { hasText: 'receives the task from hello' }).waitFor();
  expect(await page.getByRole('heading', { level: 3 }).allInnerTexts()).toContain('writer');
  await page.getByText('1 model request, 1 prompt').first().waitFor();
  const turns = page.getByText('turn 1: finished');
  await until(async () => (await turns.count()) === 2);
  expect([await turns.first().isVisible(), await turns.last().isVisible()]).toEqual([true, false]);
  await page.getByText('completed').first().waitFor();
  await page.getByRole('link', { name: 'What the models were sent, and answered' }).click();
  await page.getByRole('link', { name: 'researcher' }).click();
  await page.getByRole('heading', { name: 'researcher researcher-0/turn-1' }).waitFor();
  const text = await page.locator('main').innerText();
  for (const part of ['what is known?', /system prompt, \d+ tokens/, /tokens in all, counted by/])
    expect(text).toMatch(part);
});

test('inbox page: without a worker it shows what the server keeps, and leaves a decision that counts when one comes', async () => {
  const alone = await InboxDesk.open();
  try {
    const worker = await alone.cli.worker();
    const run = await alone.cli.start('pays', pay);
    const { id } = await alone.cli.waiting(run);
    await worker.kill('SIGTERM');
    const person = await alone.person('ada@example.com');
    await person.goto(alone.request(id));
    await person.getByText('No worker is available for this run.').waitFor();
    await person.getByText('Shown in part').waitFor();
    const leave = person.getByRole('button', { name: 'Leave with the server: Approve' });
    await leave.click();
    // Nothing is sent before it is said that a part is enough.
    expect(person.url()).toBe(alone.request(id));
    await person.locator('[data-option="approve"]').getByLabel('I have seen a part only').check();
    await leave.click();
    await person.getByText('Your decision is left with the server.').waitFor();
    expect(alone.cli.log()).toEqual([]);
    await alone.cli.worker();
    expect((await alone.cli.watched<{ state: string }>(run)).state).toBe('completed');
    expect(alone.cli.log()).toEqual(['paid 500 to bob']);
  } finally {
    await alone.close();
  }
});
