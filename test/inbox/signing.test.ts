/** Proven decisions on the inbox page: a gateway's key, four eyes, a key that is missing. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { signRequester, type PrivateKey } from '@batonhq/baton/client';
import { scriptedModel } from '@batonhq/baton/testing';
import { implement } from '@batonhq/baton/worker';
import { Approvers } from '../fixtures/approvers.js';
import { firstRequest, until, withDesk, type Desk } from '../fixtures/harness.js';
import { InboxDesk } from '../fixtures/inbox-desk.js';
import { payout } from '../fixtures/signed-workflows.js';

const WORKFLOWS = fileURLToPath(new URL('../fixtures/signed-workflows.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'baton-inbox-keys-'));
const approvers = new Approvers(folder);
const paid: number[] = [];
vi.setConfig({ testTimeout: 240_000 });
let page: InboxDesk;
let keyless: InboxDesk;

beforeAll(async () => {
  for (const name of ['ada', 'bob', 'cat']) approvers.add(name, 'finance');
  approvers.add('mallory', 'support');
  approvers.add('dora', 'audit');
  page = await InboxDesk.open(['--key', keyFile(approvers.addGateway('inbox'))]);
  const approvals = { mode: 'signed', registry: approvers.file };
  const config = { workflows: WORKFLOWS, approvals, inbox: { readers: ['audit'] } };
  keyless = await InboxDesk.open([], `export default ${JSON.stringify(config)};`);
});
afterAll(async () => {
  await page.close();
  await keyless.close();
  rmSync(folder, { recursive: true, force: true });
});

function keyFile(key: PrivateKey): string {
  const file = join(folder, 'gateway.jwk');
  writeFileSync(file, JSON.stringify(key), { mode: 0o600 });
  return file;
}

function withSignedDesk<T>(body: (desk: Desk) => Promise<T>): Promise<T> {
  const tools = [
    implement(payout, ({ cents }) => {
      paid.push(cents);
      return { receipt: `r-${paid.length}` };
    }),
  ];
  const approvals = { mode: 'signed', registry: approvers.file } as const;
  return withDesk({ model: scriptedModel({}), tools, workflows: WORKFLOWS, approvals }, body);
}

test('inbox page: with a gateway key two people of the role approve, the requester may not, and each counts once', () =>
  withSignedDesk(async (desk) => {
    const input = { to: 'zoe', cents: 20_000 };
    const workflowId = 'four-eyes';
    const signing = {
      subject: 'cat',
      key: approvers.keyOf('cat'),
      now: Date.now(),
      expires: Date.now() + 60_000,
    };
    const run = await desk.start('pays', input, workflowId, (asked) => signRequester(asked, signing));
    const { id } = await firstRequest(run);
    const query = `WorkflowId = '${workflowId}' and BatonWaitsFor = 'role:finance'`;
    await until(async () => (await desk.client.workflow.count(query)).count === 1);
    const approve = async (subject: string) => {
      const browser = await page.person(subject);
      await browser.goto(page.request(id));
      await browser.getByText('Decisions on this are signed').waitFor();
      await browser.getByRole('heading', { name: 'Pay €200.00 to zoe' }).waitFor();
      await browser.getByRole('list', { name: 'Amount' }).getByText('200.00').waitFor();
      await browser.getByRole('button', { name: 'Approve', exact: true }).click();
      return browser;
    };
    const ada = await approve('ada');
    await ada.getByText('1 of 2 have said so; it needs 2 people.').waitFor();
    await ada.getByText('1 of 2 approvals: ada').waitFor();
    await ada.getByRole('button', { name: 'Approve', exact: true }).click();
    await ada.getByRole('alert').filter({ hasText: 'Nothing was decided.' }).waitFor();
    for (const refused of ['cat', 'mallory']) {
      const browser = await approve(refused);
      await browser.getByRole('alert').filter({ hasText: 'DECISION_UNPROVEN' }).waitFor();
    }
    expect(paid).toEqual([]);
    const bob = await approve('bob');
    await bob.getByRole('heading', { name: 'This request is closed' }).waitFor();
    await run.result();
    expect(paid).toEqual([20_000]);
    await bob.getByText('gateway identity').first().waitFor();
    await bob.goto(`${page.url}/decided`);
    // On a server that others use too, bob has decided on more than this.
    await bob.locator(`a[href*="${workflowId}"]`, { hasText: 'carry out payout' }).waitFor();
  }));

test('inbox page: without a key it says that only signed decisions count, and offers none', () =>
  withSignedDesk(async (desk) => {
    const run = await desk.start('pays', { to: 'zoe', cents: 5 });
    const { id } = await firstRequest(run);
    const browser = await keyless.person('ada');
    await browser.goto(keyless.request(id));
    await browser.getByText('Only a signed decision counts here, and this page has no key.').waitFor();
    expect(await browser.locator('[data-decide] form').count()).toBe(0);
    await run.terminate();
  }));

/** In the browser: whether a stream opens; it is not read. */
async function openStream(path: string): Promise<number> {
  const reading = new AbortController();
  const { status } = await fetch(path, { signal: reading.signal });
  reading.abort();
  return status;
}

test('inbox page: where it is known who decides, each reads what they may decide, and who is in no registry reads nothing', () =>
  withSignedDesk(async (desk) => {
    const run = await desk.start('pays', { to: 'zoe', cents: 20_000 });
    const { id } = await firstRequest(run);
    const pages = ['/', `/run?id=${run.workflowId}`, keyless.request(id).slice(keyless.url.length)];
    const read = async (subject: string): Promise<boolean[]> => {
      const browser = await keyless.person(subject);
      const seen: boolean[] = [];
      for (const path of pages) {
        await browser.goto(`${keyless.url}${path}`);
        seen.push((await browser.content()).includes(run.workflowId));
      }
      for (const name of [`request=${encodeURIComponent(id)}`, `run=${run.workflowId}`])
        seen.push((await browser.evaluate(openStream, `/events?${name}`)) === 200);
      seen.push((await browser.evaluate(openStream, `/prompts?run=${run.workflowId}`)) !== 403);
      await browser.context().close();
      return seen;
    };
    expect(await read('ada')).toEqual([true, true, true, true, true, true]);
    expect(await read('dora')).toEqual([true, true, true, true, true, true]);
    expect(await read('mallory')).toEqual([false, false, false, false, false, false]);
    expect(await read('eve')).toEqual([false, false, false, false, false, false]);
    await run.terminate();
  }));

test('inbox page: options in the run’s own words are read back as they are shown, and one of them is signed', async () => {
  const workflows = fileURLToPath(new URL('../fixtures/option-workflows.ts', import.meta.url));
  const approvals = { mode: 'signed', registry: approvers.file } as const;
  const tools = [implement(payout, () => ({ receipt: 'r' }))];
  await withDesk({ model: scriptedModel({}), tools, workflows, approvals }, async (desk) => {
    const run = await desk.start('asksSo', null);
    const { id } = await firstRequest(run);
    const browser = await page.person('ada');
    await browser.goto(page.request(id));
    await browser.getByRole('heading', { name: 'Options in the run’s own words' }).waitFor();
    await browser.getByText('✓ matches what is shown').waitFor();
    await browser.locator('[data-option="approve-with-review"] summary').first().click();
    await browser.getByRole('button', { name: 'Approve, review later', exact: true }).click();
    await browser.getByRole('heading', { name: 'This request is closed' }).waitFor();
    expect(await run.result()).toMatchObject({ outcome: 'approved', option: 'approve-with-review' });
  });
});
