/** A worker is killed when the mail server has taken the message and the worker has not noted it. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { WorkflowHandle } from '@temporalio/client';
import type { ApprovalRequest, Json } from '@batonhq/baton';
import { firstRequest, until } from '../fixtures/harness.js';
import { MailCatcher } from '../fixtures/mail-catcher.js';
import { ResearchDesk } from '../fixtures/research-desk.js';

const QUESTION = 'How long does the dough rest?';

let catcher: MailCatcher;
let desk: ResearchDesk;
let url: string;
beforeEach(async () => {
  catcher = new MailCatcher();
  url = await catcher.listen();
  desk = new ResearchDesk({ SMTP_URL: url, BATON_MAIL_TO: 'Ada <ada@example.org>' });
});
afterEach(async () => {
  await desk.close();
  await catcher.close();
});

const decide = (run: WorkflowHandle, request: ApprovalRequest, option: string): Promise<unknown> =>
  run.executeUpdate('decide', { args: [{ request: request.id, option, by: 'ada' }] });

/**
 * Brings a run to an unknown outcome. The worker is stopped while it waits for the server's reply, the server
 * replies 250, and the worker is killed before it can have read the reply.
 */
async function sentAndKilled(): Promise<{ run: WorkflowHandle; question: ApprovalRequest }> {
  const worker = await desk.worker();
  const run = await desk.start(QUESTION);
  const permission = await firstRequest(run);
  expect(permission).toMatchObject({
    reason: 'irreversible-effect',
    action: { tool: 'send_report', args: { by: url, to: 'Ada <ada@example.org>' } },
  });
  expect(permission.options[0]?.consequence).toContain('the outcome is unknown');
  const taken = new Promise<void>((resolve) => {
    catcher.beforeTaken = () => worker.process.kill('SIGSTOP');
    catcher.afterTaken = resolve;
  });
  await decide(run, permission, 'approve');
  await taken;
  catcher.beforeTaken = () => undefined;
  await worker.kill('SIGKILL');
  await desk.worker();
  const question = await until(async () => {
    const request = await firstRequest(run).catch(() => undefined);
    return request?.reason === 'unknown-outcome' && request;
  });
  return { run, question };
}

test('D1 mail: killed between the server’s 250 and the receipt, a person is asked, and one message was sent', async () => {
  const { run, question } = await sentAndKilled();
  expect(question.options).toMatchObject([
    { id: 'was-done', label: 'It was sent' },
    { id: 'do-again', label: 'Send it again' },
    { id: 'reject' },
    { id: 'abort' },
  ]);
  // The key by which the message can be found at the server.
  const [id = ''] = catcher.ids();
  expect(question.details).toContain(id.slice(1, id.indexOf('@')));
  await decide(run, question, 'was-done');
  expect(await run.result()).toMatchObject({ delivery: { kind: 'confirmed', by: 'ada' } });
  expect(catcher.messages).toHaveLength(1);
}, 120_000);

test('D1 mail: "send it again" sends a second message under a new key', async () => {
  const { run, question } = await sentAndKilled();
  expect(catcher.messages).toHaveLength(1);
  await decide(run, question, 'do-again');
  expect(await run.result()).toMatchObject({
    delivery: { kind: 'smtp', server: url, response: expect.stringContaining('taken as 2') },
  });
  expect(new Set(catcher.ids()).size).toBe(2);
}, 120_000);

test('mail: an unavailable server costs the run its mail, but not its answer', async () => {
  await catcher.close();
  await desk.worker();
  const run = await desk.start(QUESTION);
  await decide(run, await firstRequest(run), 'approve');
  expect(await run.result()).toMatchObject({
    answer: expect.stringContaining('dough'),
    delivery: null,
    undelivered: expect.stringMatching(/^The mail was not sent: .+ECONNREFUSED/),
  });
}, 120_000);

test('mail: what was approved for one server is not sent by another', async () => {
  const worker = await desk.worker();
  const run = await desk.start(QUESTION);
  const permission = await firstRequest(run);
  await worker.kill('SIGKILL');
  await desk.worker({ SMTP_URL: '' });
  await decide(run, permission, 'approve');
  expect(await run.result()).toMatchObject({
    delivery: null,
    undelivered: expect.stringContaining('this worker sends by file. Nothing was sent.'),
  });
  expect(catcher.messages).toEqual([]);
}, 120_000);

test('P4 mail: edited to become a file, the request promises what files allow, and no mail is sent', async () => {
  await desk.worker();
  const run = await desk.start(QUESTION);
  const before = await firstRequest(run);
  const args = { ...(before.action?.args as Record<string, Json>), by: 'file' };
  await run.executeUpdate('decide', { args: [{ request: before.id, option: 'edit', args, by: 'ada' }] });
  const after = await firstRequest(run);
  expect(after.options[0]?.consequence).toContain('recognizes a repeat by its idempotency key');
  await run.executeUpdate('decide', {
    args: [{ request: after.id, option: 'approve', digest: after.digest, by: 'ada' }],
  });
  expect(await run.result()).toMatchObject({ delivery: { kind: 'file' } });
  expect(catcher.messages).toEqual([]);
}, 120_000);
