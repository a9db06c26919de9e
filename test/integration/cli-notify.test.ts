/** P6: `baton notify test` says what each of the configured ways answers. */
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CliDesk } from '../fixtures/cli/desk.js';
import { MailCatcher } from '../fixtures/mail-catcher.js';
import { WebhookCatcher } from '../fixtures/webhook-catcher.js';

const CONFIG = fileURLToPath(new URL('../fixtures/cli/notify.config.ts', import.meta.url));
const PLAIN = fileURLToPath(new URL('../fixtures/cli/baton.config.ts', import.meta.url));

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

test('P6 notice: `baton notify test` sends one test by each notifier, and says what it answered', async () => {
  const { code, document } = await desk.json(['notify', 'test', CONFIG], undefined, env);
  expect({ code, document }).toEqual({
    code: 0,
    document: {
      ok: true,
      inboxUrl: 'https://inbox.example.com',
      notifiers: [
        { name: 'webhook 127.0.0.1', outcome: 'taken', detail: 'HTTP 204' },
        { name: 'email 127.0.0.1', outcome: 'taken', detail: expect.stringContaining('taken as 1') },
      ],
    },
  });
  expect(hooks.caught).toMatchObject([
    { verified: true, baton: { test: true, link: 'https://inbox.example.com/' } },
  ]);
  expect(mail.messages).toMatchObject([expect.stringMatching(/^Subject: Test, nothing waits: /m)]);
});

test('P6 notice: `baton notify test` fails where one is refused, and tells it without what is secret', async () => {
  hooks.answers.push(410);
  mail.refuses = () => 451;
  const { code, stdout, stderr } = await desk.run(['notify', 'test', CONFIG], undefined, env);
  expect(code).toBe(1);
  expect(stdout).toMatch(/✗ webhook 127\.0\.0\.1 +refused: 127\.0\.0\.1:\d+ answered HTTP 410/);
  expect(stdout).toMatch(/✗ email 127\.0\.0\.1 +failed: The mail was not taken/);
  expect(stdout + stderr).not.toMatch(/token-of-the-tests|a secret of the tests/);
});

test('P6 notice: `baton notify test` says so where a configuration names nothing, and where an action is none', async () => {
  expect(await desk.json(['notify', 'test', PLAIN])).toMatchObject({
    code: 2,
    document: { error: { code: 'BAD_CONFIG', message: expect.stringContaining('has no "notify"') } },
  });
  expect(await desk.json(['notify', 'mine', PLAIN])).toMatchObject({
    code: 2,
    document: { error: { code: 'BAD_USAGE' } },
  });
});

test('P6 notice: `baton doctor` names the notifiers', async () => {
  const { stdout } = await desk.run(['doctor', CONFIG], undefined, env);
  expect(stdout).toMatch(/✓ notices +webhook 127\.0\.0\.1, email 127\.0\.0\.1/);
});
