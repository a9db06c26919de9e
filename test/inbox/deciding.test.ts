/** Deciding on the inbox page, in a real browser, on a real server, over real runs. */
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import type { Page } from 'playwright-core';
import type { Json } from '@batonhq/baton';
import { InboxDesk } from '../fixtures/inbox-desk.js';
import { until } from '../fixtures/harness.js';

// Several browsers and commands on a machine that may be busy.
vi.setConfig({ testTimeout: 150_000 });

let desk: InboxDesk;
let page: Page;
beforeAll(async () => {
  desk = await InboxDesk.open();
  await desk.cli.serve();
  page = await desk.person('ada@example.com');
});
afterEach((context) => desk.tellFailed(context));
afterAll(() => desk.close());

/** Begins a run, and opens what it asks. */
async function asked(workflow: string, input: Json): Promise<string> {
  const run = await desk.cli.start(workflow, input);
  const { id } = await desk.cli.waiting(run);
  await page.goto(desk.request(id));
  await page.getByRole('heading', { name: 'Decide' }).waitFor();
  return run;
}

/** Done in the page, as text: the types of a browser are none of Node's. */
const NOT_REQUIRED = `for (const field of document.querySelectorAll('[required]')) field.removeAttribute('required')`;
const KEEP_FORM = `window.kept = new URLSearchParams(new FormData(document.querySelector('[data-option=approve] form')))`;
const SEND_KEPT = `fetch('/decide', { method: 'POST', body: window.kept }).then((answer) => answer.text())`;

const option = (id: string) => page.locator(`[data-option="${id}"]`);
const open = (id: string) => option(id).locator('summary').first().click();
const settled = () => page.getByRole('heading', { name: 'This request is closed' }).waitFor();
const pay = { to: 'bob', cents: 500, memo: 'for the roof' };
const ended = (run: string) =>
  desk.cli.watched<{ state: string; result?: unknown; failure?: { code: string } }>(run);

test('inbox page: a person signs in, sees a request arrive, reads the exact action, and approves it', async () => {
  // Others wait on this server too, and the list has pages.
  await page.goto(`${desk.url}/?q=bob+roof`);
  const run = await desk.cli.start('pays', pay);
  const { id } = await desk.cli.waiting(run);
  await page.locator(`a[data-request="${id}"]`).click();
  await page.getByRole('heading', { level: 1, name: /carry out pay/ }).waitFor();
  expect(await page.locator('.args').innerText()).toMatch(/to\s+bob\s+cents\s+500\s+memo\s+for the roof/);
  await page.getByText('✓ matches what is shown').waitFor();
  await option('approve').getByLabel('Note').fill('as agreed');
  await page.getByRole('button', { name: 'Approve', exact: true }).click();
  await settled();
  await page.getByText('Decided: approve, by ada@example.com. The run has taken it.').waitFor();
  await until(async () => desk.cli.log().includes('paid 500 to bob'));
  await page.getByRole('link', { name: 'Decided by me' }).click();
  await page.getByText('as agreed').waitFor();
});

test('inbox page: a rejection needs a reason, and the run gets it', async () => {
  const run = await asked('pays', { ...pay, to: 'rob' });
  await open('reject');
  // The browser itself asks for the reason; without that check the server does.
  await page.evaluate(NOT_REQUIRED);
  await page.getByRole('button', { name: 'Reject', exact: true }).click();
  await page
    .getByRole('alert')
    .filter({ hasText: 'A reason is required. It is recorded in the run.' })
    .waitFor();
  await option('reject').getByLabel('Why').fill('not ours to pay');
  await page.getByRole('button', { name: 'Reject', exact: true }).click();
  await settled();
  await page.getByText('not ours to pay').waitFor();
  expect((await ended(run)).result).toBe('rejected');
  expect(desk.cli.log()).not.toContain('paid 500 to rob');
});

test('inbox page: an edit shows what it changes, is refused with what was typed kept, then makes a revision that is approved', async () => {
  const run = await asked('pays', { ...pay, to: 'eve' });
  await open('edit');
  const cents = option('edit').getByLabel('cents');
  await cents.fill('4.5');
  await option('edit').getByText('"cents": 4.5').waitFor();
  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  await page.getByRole('alert').filter({ hasText: 'DECISION_INVALID' }).waitFor();
  expect(await cents.inputValue()).toBe('4.5');
  await cents.fill('ten');
  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  await page.getByRole('alert').filter({ hasText: 'cents: "ten" is not a number' }).waitFor();
  await cents.fill('450');
  await option('edit').locator('.diff .new', { hasText: '"cents": 450' }).waitFor();
  await option('edit').locator('.diff .gone', { hasText: '"cents": 500' }).waitFor();
  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  await page.getByText('Edited. Revision 2 waits for a decision').waitFor();
  await page.getByText('2, edited by ada@example.com').waitFor();
  await page.getByText('✓ matches what is shown').waitFor();
  await page.getByRole('button', { name: 'Approve', exact: true }).click();
  await settled();
  expect((await ended(run)).state).toBe('completed');
  expect(desk.cli.log()).toContain('paid 450 to eve');
});

test('inbox page: an edit as JSON counts instead of the fields once it is typed', async () => {
  const run = await asked('pays', { ...pay, to: 'jay' });
  await open('edit');
  await option('edit').getByText('As JSON').click();
  await page.getByLabel('The whole as JSON').fill('{"to": "jay", "cents": 9, "memo": ""}');
  await option('edit').locator('.diff .new', { hasText: '"cents": 9' }).waitFor();
  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  await page.getByText('Edited. Revision 2').waitFor();
  await page.getByRole('button', { name: 'Approve', exact: true }).click();
  await settled();
  expect((await ended(run)).state).toBe('completed');
  expect(desk.cli.log()).toContain('paid 9 to jay');
});

test('inbox page: without its script an edit is sent only after its difference was shown', async () => {
  const run = await desk.cli.start('pays', { ...pay, to: 'liz' });
  const { id } = await desk.cli.waiting(run);
  const plain = await desk.person('ada@example.com', { javaScriptEnabled: false });
  await plain.goto(desk.request(id));
  const edit = plain.locator('[data-option=edit]');
  await edit.locator('summary').first().click();
  await edit.getByLabel('cents').fill('7');
  await edit.getByRole('button', { name: 'Edit', exact: true }).click();
  await edit.locator('.diff .new', { hasText: '"cents": 7' }).waitFor();
  await plain.getByText('Nothing is sent yet.').waitFor();
  // Other arguments than those that were shown are shown first, too.
  await edit.getByLabel('cents').fill('8');
  await edit.getByRole('button', { name: 'Edit', exact: true }).click();
  await edit.locator('.diff .new', { hasText: '"cents": 8' }).waitFor();
  await edit.getByRole('button', { name: 'Edit', exact: true }).click();
  await plain.getByText('Edited. Revision 2 waits for a decision').waitFor();
  await plain.getByRole('button', { name: 'Approve', exact: true }).click();
  await plain.getByRole('heading', { name: 'This request is closed' }).waitFor();
  await ended(run);
  expect(desk.cli.log()).toContain('paid 8 to liz');
});

test('inbox page: a question is answered by the form of its schema', async () => {
  const run = await asked('trip', null);
  await page.getByLabel('Answer').fill('red');
  await page.getByRole('button', { name: 'Answer', exact: true }).click();
  await settled();
  await page.goto(desk.request((await until(() => next(run, 'How many?'))).id));
  await page.getByLabel('seats').fill('0');
  await page.getByRole('button', { name: 'Answer', exact: true }).click();
  await page.getByRole('alert').filter({ hasText: 'DECISION_INVALID' }).waitFor();
  await page.getByLabel('seats').fill('3');
  await page.getByRole('button', { name: 'Answer', exact: true }).click();
  await settled();
  expect((await ended(run)).result).toBe('3 red');
});

async function next(run: string, question: string) {
  const waits = await desk.cli.waiting(run);
  return waits.question === question && waits;
}

test('inbox page: a person takes a handed task on, asks first, and redirects another', async () => {
  const run = await asked('roof', 'The old mill');
  await page.getByText('for chief (lead)').or(page.getByText('chief (lead)')).first().waitFor();
  // The details are rendered, and the digest is still that of their source.
  await page.locator('[data-fact=details] strong', { hasText: 'Handed off' }).waitFor();
  await page.getByText('✓ matches what is shown').waitFor();
  await page.getByRole('button', { name: 'Accept', exact: true }).click();
  await settled();
  await page.goto(`${desk.url}/?q=${run}`);
  await page.getByText('Which colour for the roof?').first().click();
  await page.getByLabel('colour').fill('green');
  await page.getByRole('button', { name: 'Answer', exact: true }).click();
  await settled();
  expect((await ended(run)).result).toEqual({ colour: 'green' });
  await asked('clerks', 'Pay bob what we owe him.');
  await open('redirect');
  await option('redirect').getByLabel('Who is to have it').selectOption('elder');
  await page.getByRole('button', { name: 'Redirect', exact: true }).click();
  await settled();
  await page.getByText('decided "redirect" to elder').waitFor();
});

test('P4 P7 inbox page: another person sees a claim appear and disappear, and can decide anyway', async () => {
  const run = await asked('pays', { ...pay, to: 'cleo' });
  const other = await desk.person('bob@example.com');
  await other.goto(page.url());
  await page.getByRole('button', { name: 'Claim' }).click();
  await page.getByText('You look into it until').waitFor();
  await other.getByText('ada@example.com looks into it until').waitFor();
  expect(await other.getByRole('button', { name: 'Claim' }).count()).toBe(0);
  await other.goto(`${desk.url}/?q=cleo`);
  await other.locator('.request', { hasText: 'cleo' }).getByText('claimed by: ada@example.com').waitFor();
  await other.goBack();
  await page.getByRole('button', { name: 'Release' }).click();
  await other.getByRole('button', { name: 'Claim' }).waitFor();
  await page.getByRole('button', { name: 'Claim' }).click();
  await other.getByText('ada@example.com looks into it until').waitFor();
  await other.getByText('✓ matches what is shown').waitFor();
  await other.getByRole('button', { name: 'Approve', exact: true }).click();
  await other.getByRole('heading', { name: 'This request is closed' }).waitFor();
  expect((await ended(run)).state).toBe('completed');
});

test('inbox page: a whole run is ended only when that is confirmed', async () => {
  const run = await asked('pays', { ...pay, to: 'abe' });
  await open('abort');
  await option('abort').getByLabel('Why').fill('wrong run');
  await page.evaluate(NOT_REQUIRED);
  await page.getByRole('button', { name: 'Abort the run' }).click();
  await page.getByRole('alert').filter({ hasText: 'Confirm that the whole run is to end.' }).waitFor();
  await option('abort').getByRole('checkbox').check();
  await page.getByRole('button', { name: 'Abort the run' }).click();
  await settled();
  expect((await ended(run)).failure?.code).toBe('ABORTED');
});

test('inbox page: what is decided elsewhere while it is open takes the ways to decide away, and keeps what was typed', async () => {
  const run = await asked('pays', { ...pay, to: 'liz' });
  await option('approve').getByLabel('Note').fill('half a thought');
  const { id } = await desk.cli.waiting(run);
  await desk.cli.run(['reject', id, '--reason', 'no']);
  await page.getByRole('alert').filter({ hasText: 'This request is closed' }).waitFor();
  expect(await page.getByRole('button', { name: 'Approve', exact: true }).isDisabled()).toBe(true);
  expect(await option('approve').getByLabel('Note').inputValue()).toBe('half a thought');
  await page.getByRole('link', { name: 'See what has become of it' }).click();
  await settled();
});

test('inbox page: shows that somebody else edited the open request, and refuses an approval of the old version', async () => {
  const run = await asked('pays', { ...pay, to: 'moe' });
  const { id } = await desk.cli.waiting(run);
  await page.evaluate(KEEP_FORM);
  await desk.cli.run(['edit', id, '--args', '{"to":"moe","cents":99999,"memo":""}']);
  await page.getByRole('alert').filter({ hasText: 'This has changed: revision 2 waits.' }).waitFor();
  const answer = await page.evaluate(SEND_KEPT);
  expect(answer).toContain('REQUEST_CHANGED');
  expect(desk.cli.log().join()).not.toContain('to moe');
});

test('P4 ask back: the page sends a question, shows its answer when it arrives, and keeps the text typed meanwhile', async () => {
  const run = await asked('clerks', 'Pay bob 500 for the roof.');
  await open('ask-back');
  await option('ask-back').getByLabel('Your questions').fill('Pay bob for the roof, why?');
  await page.getByRole('button', { name: 'Ask back', exact: true }).click();
  await page.getByText('Asked. The request stays open; the answer appears here.').waitFor();
  await open('reject');
  await option('reject').getByLabel('Why').fill('too much');
  await page.getByRole('region', { name: 'Asked before deciding' }).getByText('Pay bob 500').waitFor();
  expect(await option('reject').getByLabel('Why').inputValue()).toBe('too much');
  await page.getByRole('button', { name: 'Reject', exact: true }).click();
  await settled();
  await ended(run);
});
