/** P5 by the command line: two people make keys, are registered, and let a payment happen; nobody else does. */
import { chmodSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CliDesk } from '../fixtures/cli/desk.js';

const CONFIG = fileURLToPath(new URL('../fixtures/cli/signed.config.ts', import.meta.url));

interface Refusal {
  readonly error: { readonly code: string; readonly message: string };
}

let desk: CliDesk;
let env: Readonly<Record<string, string>>;
const baton = <T = Record<string, unknown>>(...args: string[]) => desk.json<T>(args, undefined, env);

beforeAll(async () => {
  desk = new CliDesk({ oneProcess: true });
  env = { XDG_CONFIG_HOME: join(desk.folder, 'home') };
  for (const who of ['ada', 'bob', 'cat', 'mallory']) {
    expect(await baton('keys', 'new', '--as', who)).toMatchObject({ code: 0, document: { subject: who } });
    const roles = who === 'mallory' ? 'support' : 'finance';
    expect(await baton('keys', 'add', who, '--roles', roles)).toMatchObject({ code: 0 });
  }
  await desk.begin(['worker', CONFIG, '--json']).says('stdout', /^\}/m);
});
afterAll(() => desk.close());

const keyFile = (who: string): string => join(desk.folder, 'home', 'baton', 'keys', `${who}.jwk`);

describe('P5 keys', () => {
  test('keys new: the file is readable by its owner only, names its owner, and is never overwritten', async () => {
    expect(statSync(keyFile('ada')).mode & 0o777).toBe(0o600);
    const before = readFileSync(keyFile('ada'), 'utf8');
    expect(JSON.parse(before)).toMatchObject({ kty: 'OKP', crv: 'Ed25519', sub: 'ada' });
    const again = await baton<Refusal>('keys', 'new', '--as', 'ada');
    expect(again).toMatchObject({ code: 2, document: { error: { code: 'BAD_USAGE' } } });
    expect(readFileSync(keyFile('ada'), 'utf8')).toBe(before);
  });

  test('keys: the private part is in no document and on no page', async () => {
    const { d } = JSON.parse(readFileSync(keyFile('ada'), 'utf8')) as { d: string };
    const made = await desk.run(['keys', 'new', '--as', 'zed'], undefined, env);
    const { d: zeds } = JSON.parse(readFileSync(keyFile('zed'), 'utf8')) as { d: string };
    const listed = await desk.run(['keys', 'list'], undefined, env);
    expect(made.stdout + made.stderr).not.toContain(zeds);
    expect(listed.stdout).not.toContain(d);
    expect(readFileSync(join(desk.folder, 'approvers.json'), 'utf8')).not.toContain(d);
  });

  test('keys add, revoke: readers always see a complete registry, its indentation stays, and a key belongs to one person only', async () => {
    const file = join(desk.folder, 'other.json');
    writeFileSync(file, '{\n    "v": 1,\n    "approvers": []\n}\n');
    const add = (who: string, ...more: string[]) => baton('keys', 'add', who, '--registry', file, ...more);
    await add('ada', '--roles', 'finance', '--until', '2999-01-31');
    expect(readFileSync(file, 'utf8')).toMatch(/^ {4}"approvers"/m);
    expect(await add('eve', '--roles', 'finance', '--key', keyFile('ada'))).toMatchObject({ code: 2 });
    expect(await add('dan', '--without-key', '--roles', 'finance')).toMatchObject({ code: 0 });
    expect(await add('inbox', '--gateway', '--key', keyFile('bob'))).toMatchObject({ code: 0 });
    const { document } = await baton('keys', 'list', '--registry', file);
    expect(document).toMatchObject({
      approvers: [
        { subject: 'ada', keys: [{ until: '2999-01-31T00:00:00.000Z', state: 'counts' }] },
        { subject: 'dan', keys: [] },
      ],
      gateways: [{ name: 'inbox' }],
    });
    const revoked = await baton('keys', 'revoke', 'ada', '--registry', file);
    expect(revoked.document).toMatchObject({ approvers: [{ keys: [{ state: 'revoked' }] }, {}] });
    // Adding it again does not bring it back.
    expect((await add('ada', '--roles', 'finance')).document).toMatchObject({
      approvers: [{ keys: [{ state: 'revoked' }] }, {}],
    });
    expect(await baton('keys', 'revoke', 'nobody', '--registry', file)).toMatchObject({ code: 2 });
  });
});

describe('P5 decisions by the command line', () => {
  test('four eyes: the start proves the requester, two others sign, and each sees how many signatures there are', async () => {
    const input = JSON.stringify({ to: 'zoe', cents: 20_000 });
    const started = await baton('start', 'pays', '--input', input, '--as', 'cat', '--task-queue', desk.queue);
    const run = String(started.document['workflowId']);
    const { id } = await desk.waiting(run);
    const own = await baton<Refusal>('approve', id, '--as', 'cat');
    expect(own).toMatchObject({ code: 4, document: { error: { code: 'DECISION_UNPROVEN' } } });
    const wrong = await baton<Refusal>('approve', id, '--as', 'mallory');
    expect(wrong.document.error.message).toContain('finance');
    const first = await desk.run(['approve', id, '--as', 'ada', '--expires', '15m'], undefined, env);
    expect(first.stderr).toContain(
      '2 people of finance, not the requester of the run (policy two-above-100)',
    );
    expect(first.stdout).toMatch(
      /Approved by ada \(signed, key [\w-]{8}\).*1 of 2 have said so, and it waits/,
    );
    expect(await baton<Refusal>('approve', id, '--as', 'ada')).toMatchObject({
      code: 4,
      document: { error: { code: 'ALREADY_DECIDED' } },
    });
    const card = await desk.run(['show', run], undefined, env);
    expect(card.stdout).toContain('1 of 2 approvals: ada');
    expect(desk.log()).toEqual([]);
    const second = await desk.json(['approve', id], undefined, { ...env, BATON_KEY: keyFile('bob') });
    expect(second.document).toMatchObject({ by: 'bob', identity: 'signed', votes: { have: 2, need: 2 } });
    await desk.watched(run);
    expect(desk.log()).toEqual(['paid 20000 to zoe']);
  });

  test('approve: without a key, with an unreadable one, with one that others read, or by a claim, nothing is sent', async () => {
    const run = await desk.start('pays', { to: 'zoe', cents: 1 });
    const { id } = await desk.waiting(run);
    const refused = async (...args: string[]) =>
      (await baton<Refusal>('approve', id, ...args)).document.error;
    // There are several keys, and nobody says which.
    expect((await refused()).message).toMatch(/Say who you are: --as/);
    expect((await refused('--as', 'nobody')).code).toBe('BAD_CONFIG');
    expect((await refused('--by', 'ada')).message).toMatch(/takes signed decisions/);
    chmodSync(keyFile('zed'), 0o644);
    expect((await refused('--as', 'zed')).message).toContain('chmod 600');
    const loose = join(desk.folder, 'public.jwk');
    writeFileSync(loose, JSON.stringify({ kty: 'OKP', crv: 'Ed25519', x: 'a'.repeat(43) }), { mode: 0o600 });
    expect((await refused('--key', loose)).message).toMatch(/no private key/);
    expect(await baton('reject', id, '--as', 'ada', '--reason', 'no')).toMatchObject({ code: 0 });
    expect(existsSync(join(desk.folder, 'log.txt')) && desk.log().includes('paid 1 to zoe')).toBe(false);
  });
});
