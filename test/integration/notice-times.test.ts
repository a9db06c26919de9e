/** P6: every change of a request sends a notice, each with a separate key, to the approvers of that moment. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { email, implement, webhook } from '@batonhq/baton/worker';
import { scriptedModel } from '@batonhq/baton/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Approvers } from '../fixtures/approvers.js';
import { until, withDesk } from '../fixtures/harness.js';
import { MailCatcher } from '../fixtures/mail-catcher.js';
import { payout } from '../fixtures/payout.js';
import { WEBHOOK_SECRET, WebhookCatcher } from '../fixtures/webhook-catcher.js';

const WORKFLOWS = fileURLToPath(new URL('../fixtures/waiting-workflows.ts', import.meta.url));

let mail: MailCatcher;
let hooks: WebhookCatcher;
beforeEach(() => {
  mail = new MailCatcher();
  hooks = new WebhookCatcher();
});
afterEach(async () => {
  hooks.close();
  await mail.close();
});

test('P6 notice: opened, reminded, escalated and expired are each sent once, to the approvers of that moment', async () => {
  const approvers = new Approvers(mkdtempSync(join(tmpdir(), 'baton-notices-')));
  approvers.add('ada', 'finance');
  const notify = [
    webhook({ url: await hooks.listen(), secret: WEBHOOK_SECRET, allowPrivate: true }),
    email({
      smtp: await mail.listen(),
      from: 'baton@example.com',
      to: { finance: ['ada@example.org'], board: ['cat@example.org'] },
      events: ['opened', 'escalated'],
    }),
  ];
  const options = {
    model: scriptedModel({}),
    workflows: WORKFLOWS,
    approvals: { mode: 'signed' as const, registry: approvers.file },
    tools: [implement(payout, () => ({ receipt: 'none is given' }))],
    notify,
  };
  await withDesk(options, async (desk) => {
    const run = await desk.start('pays', { to: 'zoe', cents: 5 });
    expect(await run.result()).toMatchObject({ outcome: 'rejected', by: 'the deadline' });
    await until(() => Promise.resolve(hooks.caught.length >= 4 && mail.messages.length >= 2));
  });
  const told = hooks.caught.map(({ baton }) => `${baton.event} ${baton.occurrence}: ${baton.to.join(', ')}`);
  expect(told.toSorted()).toEqual([
    'escalated 1: finance, board',
    'expired 1: finance, board',
    'opened 1: finance',
    'reminded 1: finance',
  ]);
  expect(hooks.caught.every(({ verified }) => verified)).toBe(true);
  expect(new Set(hooks.caught.map(({ baton }) => baton.id)).size).toBe(4);
  expect(hooks.caught.every(({ baton }) => baton.link === undefined)).toBe(true);
  expect(mail.recipients.toSorted((a, b) => a.length - b.length)).toEqual([
    ['ada@example.org'],
    ['ada@example.org', 'cat@example.org'],
  ]);
});
