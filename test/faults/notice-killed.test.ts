/** P6: notices survive killed workers, and each notifier that accepted a notice gets it once. */
import { fileURLToPath } from 'node:url';
import { temporal } from '@temporalio/proto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CliDesk } from '../fixtures/cli/desk.js';
import type { Command } from '../fixtures/cli/command.js';
import { connected, until } from '../fixtures/harness.js';
import { MailCatcher } from '../fixtures/mail-catcher.js';
import { WebhookCatcher } from '../fixtures/webhook-catcher.js';

const CONFIG = fileURLToPath(new URL('../fixtures/cli/notify.config.ts', import.meta.url));

let desk: CliDesk;
let mail: MailCatcher;
let hooks: WebhookCatcher;
let env: Record<string, string>;
beforeEach(async () => {
  desk = new CliDesk();
  mail = new MailCatcher();
  hooks = new WebhookCatcher();
  env = { BATON_TEST_WEBHOOK: await hooks.listen(), BATON_TEST_SMTP: await mail.listen() };
});
afterEach(async () => {
  await desk.close();
  hooks.close();
  await mail.close();
});

async function worker(): Promise<Command> {
  const started = desk.begin(['worker', CONFIG, '--json'], env);
  await started.says('stdout', /^\}/m);
  return started;
}

const heard = (count: number): Promise<true> =>
  until(() => Promise.resolve(hooks.caught.length >= count && mail.messages.length >= count && true));

test('P6 notice: opened and decided arrive once each by webhook and by mail, when the worker is killed between', async () => {
  const first = await worker();
  const id = await desk.start('echo', 'Publish?');
  await heard(1);
  const request = await desk.waiting(id);
  await first.kill('SIGKILL');
  await worker();
  expect((await desk.run(['approve', request.id])).code).toBe(0);
  await (await connected()).client.workflow.getHandle(id).result();
  expect(hooks.events()).toEqual(['opened', 'decided']);
  expect(hooks.caught).toMatchObject([
    { verified: true, baton: { request: { id: request.id } } },
    { verified: true, baton: { decision: { option: 'approve' } } },
  ]);
  const link = `https://inbox.example.com/request?id=${encodeURIComponent(request.id)}`;
  expect(hooks.caught[0]?.baton.link).toBe(link);
  expect(mail.messages.map((message) => /^Subject: (.+):/m.exec(message)?.[1])).toEqual([
    'Waits for a decision',
    'Decided (approve)',
  ]);
}, 120_000);

test('P6 notice: a worker killed before the receiver has answered: it is sent again by the same key, and the mail is not', async () => {
  hooks.answers.push('hang');
  const first = await worker();
  const id = await desk.start('echo', 'Publish?');
  await heard(1);
  const request = await desk.waiting(id);
  // The mail is taken, also to the server of the run's history.
  const run = (await connected()).client.workflow.getHandle(id);
  await until(async () => {
    const { events } = await run.fetchHistory();
    return events?.some((event) => event.activityTaskCompletedEventAttributes) && true;
  });
  await first.kill('SIGKILL');
  await worker();
  await until(() => Promise.resolve(hooks.caught.length >= 2 && true));
  expect((await desk.run(['approve', request.id])).code).toBe(0);
  await run.result();
  expect(hooks.events()).toEqual(['opened', 'opened', 'decided']);
  const [one, again, other] = hooks.caught.map(({ headers }) => headers['idempotency-key']);
  expect(again).toBe(one);
  expect(other).not.toBe(one);
  expect(mail.messages).toHaveLength(2);
}, 120_000);

test('P6 notice: what a receiver is not ready for is sent again until it is, and nothing secret is in the history', async () => {
  hooks.answers.push(500, 503);
  await worker();
  const id = await desk.start('echo', 'Publish?');
  const request = await desk.waiting(id);
  await until(() => Promise.resolve(hooks.caught.length >= 3 && true));
  expect((await desk.run(['approve', request.id])).code).toBe(0);
  const run = (await connected()).client.workflow.getHandle(id);
  await run.result();
  expect(hooks.events()).toEqual(['opened', 'opened', 'opened', 'decided']);
  expect(mail.messages).toHaveLength(2);
  const bytes = temporal.api.history.v1.History.encode(await run.fetchHistory()).finish();
  const history = Buffer.from(bytes).toString('latin1');
  expect(history).toContain('webhook 127.0.0.1');
  expect(history).not.toMatch(/token-of-the-tests|a secret of the tests/);
}, 120_000);

test('P6 notice: the run ends, its last notice is sent and its story is complete when a worker is killed while it sends that notice', async () => {
  const first = await worker();
  const id = await desk.start('echo', 'Publish?');
  await heard(1);
  const request = await desk.waiting(id);
  hooks.answers.push('hang');
  expect((await desk.run(['approve', request.id])).code).toBe(0);
  await until(() => Promise.resolve(hooks.caught.length >= 2));
  await first.kill('SIGKILL');
  const second = await worker();
  await (await connected()).client.workflow.getHandle(id).result();
  await until(() => Promise.resolve(hooks.caught.length >= 3));
  // A slow command leaves the first worker time to send it again before it is killed.
  const [opened, ...decided] = hooks.events();
  expect([opened, new Set(decided)]).toEqual(['opened', new Set(['decided'])]);
  const keys = hooks.caught.slice(1).map(({ headers }) => headers['idempotency-key']);
  expect(new Set(keys).size).toBe(1);
  await second.kill('SIGKILL');
  const { code, document } = await desk.json<{ state: string }>(['show', id]);
  expect({ code, state: document.state }).toEqual({ code: 0, state: 'completed' });
  const { document: list } = await desk.json<{ runs: { workflowId: string }[] }>(['list']);
  expect(list.runs.filter(({ workflowId }) => workflowId.startsWith(id))).toHaveLength(1);
}, 120_000);
