/**
 * The processes of docker-compose.yml, without containers: the images' install step and entry points, from the
 * packed tarball, on a namespace that knows none of Baton's search attributes, with signed decisions and two
 * approvers.
 */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Connection } from '@temporalio/client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { Containers, installAsImage, instruction } from '../fixtures/containers.js';
import { testAddress, until } from '../fixtures/harness.js';
import { ownNamespace, pack } from '../fixtures/packed.js';

const scratch = realpathSync(mkdtempSync(join(tmpdir(), 'baton-topology-')));
const of = (name: string): string => join(scratch, name);
const ledgerKey = randomBytes(32).toString('hex');
let namespace: string;
let inboxUrl: string;
let containers: Containers;

beforeAll(async () => {
  const { filename } = await pack(scratch);
  const app = await installAsImage(scratch, of(filename));
  for (const folder of ['data', 'ledger', 'inbox', 'people']) mkdirSync(of(folder), { mode: 0o700 });
  namespace = await ownNamespace('topology', testAddress());
  const port = await freePort();
  inboxUrl = `http://127.0.0.1:${port}`;
  containers = new Containers(
    {
      instead: [
        ['/app/', `${app}/`],
        ['/data/', `${of('data')}/`],
        ['/ledger/', `${of('ledger')}/`],
        ['/etc/baton/', `${of('people')}/`],
        ['/run/secrets/inbox-key', of('people/inbox.jwk')],
        ['temporal:7233', testAddress()],
        ['4466', String(port)],
      ],
      variables: {
        NAMESPACE: namespace,
        LEDGER_KEY: ledgerKey,
        BATON_INBOX_URL: inboxUrl,
        BATON_OFFLINE: '1',
      },
    },
    of('people'),
  );
}, 240_000);

afterAll(async () => {
  await containers?.close();
  rmSync(scratch, { recursive: true, force: true });
});

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}

/** A person, or one of the operators, at a terminal of this machine. */
const baton = (...args: string[]): Promise<unknown> => containers.command(args, of('people'));

async function searchAttributes(): Promise<string[]> {
  const connection = await Connection.connect({ address: testAddress() });
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
  await connection.close();
  return Object.keys(customAttributes ?? {}).filter((name) => name.startsWith('Baton'));
}

const Waiting = z.object({ requests: z.array(z.object({ id: z.string(), workflowId: z.string() })) });
const Story = z.object({ state: z.string(), result: z.looseObject({ refund: z.unknown() }).optional() });

test('topology: a refund above 100 passes through the images’ entry points, by two people who have made their keys', async () => {
  for (const name of ['ada', 'bob', 'inbox'])
    await baton('keys', 'new', '--as', name, '--key', `${name}.jwk`);
  for (const name of ['ada', 'bob'])
    await baton('keys', 'add', name, '--key', `${name}.jwk`, '--roles', 'finance');
  await baton('keys', 'add', 'inbox', '--gateway', '--key', 'inbox.jwk', '--roles', 'finance');
  expect(await searchAttributes()).toEqual([]);

  const low = containers.start('worker', of('data'));
  const payments = containers.start('worker-payments', of('data'));
  const inbox = containers.start('inbox', of('inbox'));
  await Promise.all([low.healthy(), payments.healthy(), inbox.healthy()]);
  expect(await searchAttributes()).toHaveLength(6);
  if (process.platform === 'linux') {
    const told = [low, inbox].map(({ process: { pid } }) => readFileSync(`/proc/${pid}/environ`, 'utf8'));
    expect(told.join('\0')).not.toContain(ledgerKey);
  }
  expect((await fetch(`${inboxUrl}/`)).url).toContain('sign-in');

  const ticket = join(
    of('app'),
    'node_modules/@batonhq/baton/dist/examples/support-desk/tickets/paid-twice.json',
  );
  await baton(
    'start',
    'supportDesk',
    '--task-queue',
    'support-desk',
    '--id',
    'ticket-4',
    '--input',
    `@${ticket}`,
  );
  const request = await until(async () => Waiting.parse(await baton('inbox')).requests[0]);
  expect(request.workflowId).toBe('ticket-4');
  await baton('approve', request.id, '--key', 'ada.jwk');
  expect(existsSync(of('ledger/ledger.db'))).toBe(false);
  await baton('approve', request.id, '--key', 'bob.jwk');
  const story = await until(async () => {
    const told = Story.parse(await baton('show', 'ticket-4'));
    return told.state !== 'running' && told.state !== 'waiting' && told;
  });
  expect(story).toMatchObject({
    state: 'completed',
    result: { refund: { id: 'R-1', invoice: 'I-4102', cents: 18_900 } },
  });
  expect(existsSync(of('ledger/ledger.db'))).toBe(true);
  expect(existsSync(of('ledger/receipts.db'))).toBe(true);

  // A container is ended by SIGTERM; what is over is not healthy.
  for (const each of [low, payments, inbox]) each.process.kill('SIGTERM');
  await until(() => Promise.resolve([low, payments, inbox].every((each) => each.process.exitCode === 0)));
}, 240_000);

test('topology: the image without a command says what there is', async () => {
  expect(instruction('CMD')).toEqual(['--help']);
  expect(instruction('ENTRYPOINT')[0]).toBe('node');
});
