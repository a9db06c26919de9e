/** The inbox page in a real browser, on a real server, over real runs. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { InboxDesk } from '../fixtures/inbox-desk.js';
import { until } from '../fixtures/harness.js';

let desk: InboxDesk;
beforeAll(async () => {
  desk = await InboxDesk.open();
  await desk.cli.worker();
});
afterAll(() => desk.close());

const pay = (more: object = {}) => ({ to: 'bob', cents: 500, memo: 'for the roof', ...more });

test('inbox page: a person signs in, sees a request arrive, reads the exact action, and approves it', async () => {
  const page = await desk.person('ada@example.com');
  const run = await desk.cli.start('pays', pay());
  const { id } = await desk.cli.waiting(run);
  // It arrives by itself.
  await page.locator(`a[data-request="${id}"]`).click();
  await page.getByRole('heading', { level: 1, name: /carry out pay/ }).waitFor();
  expect(await page.locator('.args').innerText()).toMatch(/to\s+bob\s+cents\s+500\s+memo\s+for the roof/);
  await page.getByText('✓ matches what is shown').waitFor();
  await page.getByLabel('Note (may be left out)').first().fill('as agreed');
  await page.getByRole('button', { name: 'Approve', exact: true }).click();
  await page.getByRole('heading', { name: 'This waits no longer' }).waitFor();
  await page.getByText('Decided: approve, by ada@example.com. The run has taken it.').waitFor();
  await until(async () => desk.cli.log().includes('paid 500 to bob'));
  await page.getByRole('link', { name: 'Decided by me' }).click();
  await page.getByText('as agreed').waitFor();
});
