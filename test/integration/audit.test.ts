/** P5 audit: a run is checked from its history alone, and a history that was changed is found out. */
import { loadAuditPolicies, openStoredArguments } from '../../dist/src/worker/stored-arguments.js';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { historyFromJSON } from '@temporalio/common/lib/proto-utils.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ApproverRegistry } from '@batonhq/baton/client';
import { auditRun } from '../../dist/src/client/audit/audit-run.js';
import { readEvidence, type DecisionEvidence } from '../../dist/src/client/audit/evidence.js';
import type { StoredReceipt } from '../../dist/src/client/audit/receipts.js';
import { CliDesk } from '../fixtures/cli/desk.js';

const CONFIG = fileURLToPath(new URL('../fixtures/cli/signed.config.ts', import.meta.url));

type Node = Record<string, unknown>;

let desk: CliDesk;
let env: Readonly<Record<string, string>>;
let run: string;
let exported: string;
let approvers: ApproverRegistry;
const baton = (...args: string[]) => desk.json(args, undefined, env);

beforeAll(async () => {
  desk = new CliDesk({ oneProcess: true });
  env = { XDG_CONFIG_HOME: join(desk.folder, 'home') };
  // The configuration is read in this process as well.
  process.env['BATON_CLI_TEST_FOLDER'] = desk.folder;
  for (const who of ['ada', 'bob', 'cat']) {
    await baton('keys', 'new', '--as', who);
    await baton('keys', 'add', who, '--roles', 'finance');
  }
  await desk.begin(['worker', CONFIG, '--json']).says('stdout', /^\}/m);
  const input = JSON.stringify({ to: 'zoe', cents: 20_000 });
  const started = await baton('start', 'pays', '--input', input, '--as', 'cat', '--task-queue', desk.queue);
  run = String(started.document['workflowId']);
  const { id } = await desk.waiting(run);
  for (const who of ['ada', 'bob'])
    expect(await baton('approve', id, '--as', who)).toMatchObject({ code: 0 });
  await desk.watched(run);
  exported = join(desk.folder, 'export.json');
  expect(await baton('audit', 'export', run, '--to', exported)).toMatchObject({ code: 0 });
  approvers = JSON.parse(readFileSync(join(desk.folder, 'approvers.json'), 'utf8')) as ApproverRegistry;
});
afterAll(() => desk.close());

/** The history with every payload opened, changed, and closed again. */
function tampered(change: (value: Node) => void): unknown {
  const { histories } = JSON.parse(readFileSync(exported, 'utf8')) as { histories: { history: unknown }[] };
  const visit = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(visit);
    if (typeof node !== 'object' || node === null) return node;
    const { data, ...rest } = node as Node;
    if (typeof data !== 'string') {
      return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, visit(value)]));
    }
    try {
      const value: unknown = JSON.parse(Buffer.from(data, 'base64').toString());
      if (typeof value === 'object' && value !== null) change(value as Node);
      return { ...rest, data: Buffer.from(JSON.stringify(value)).toString('base64') };
    } catch {
      return node;
    }
  };
  return visit(histories[0]?.history);
}

interface Known {
  readonly registry?: ApproverRegistry;
  /** By the auditor's own configuration. */
  readonly byPolicies?: true;
  /** The store's receipts, and what became of them. */
  readonly receipts?: (kept: readonly StoredReceipt[]) => readonly StoredReceipt[];
}

async function findings(change: (value: Node) => void, known: Known = {}) {
  const { registry = approvers, byPolicies, receipts } = known;
  const evidence = await readEvidence(historyFromJSON(tampered(change)), run);
  const stored = await openStoredArguments(`file:${join(desk.folder, 'store.db')}`);
  const report = await auditRun([evidence], {
    approvers: registry,
    tools: ['payout'],
    ...(byPolicies ? { policies: await loadAuditPolicies(CONFIG) } : {}),
    ...(receipts ? { receipts: async (root) => receipts(await stored.receipts(root)) } : {}),
  });
  stored.close();
  return { verdict: report.verdict, why: report.mismatches.map(({ why }) => why) };
}

/** The findings of an audit when the events of the run's history are changed. */
async function findingsOf(change: (events: unknown[]) => unknown[]) {
  const { events } = tampered(() => {}) as { events: unknown[] };
  const evidence = await readEvidence(historyFromJSON({ events: change(events) }), run);
  const report = await auditRun([evidence], { approvers, tools: ['payout'] });
  return { verdict: report.verdict, gaps: report.gaps.map(({ why }) => why) };
}

/** As somebody would hide an action. */
function withoutAction(events: unknown[]): unknown[] {
  const all = events as { eventId: string; [attributes: string]: unknown }[];
  const scheduled = all.findIndex((event) => JSON.stringify(event).includes('"callTool"'));
  const id = all[scheduled]?.eventId ?? '';
  const of = (event: unknown): boolean => JSON.stringify(event).includes(`"scheduledEventId":"${id}"`);
  return all
    .filter((event, index) => index !== scheduled && !of(event))
    .map((event, index) => ({ ...event, eventId: String(index + 1) }));
}

const isCall = (
  value: Node,
): value is Node & { call: { args: Node }; proof: Node & { decisions: string[] } } =>
  value['tool'] === 'payout' && 'call' in value;

describe('P5 audit', () => {
  test('audit: a run as it was is proven, live, from its export, and after the keys were revoked', async () => {
    const live = await baton(
      'audit',
      run,
      '--approvers',
      'approvers.json',
      '--store',
      `file:${join(desk.folder, 'store.db')}`,
    );
    expect(live).toMatchObject({
      code: 0,
      document: {
        verdict: 'proven',
        requester: 'cat',
        decisions: [{ by: 'ada', identity: 'signed' }, { by: 'bob' }],
        actions: [{ tool: 'payout', outcome: 'done', approvedBy: ['ada', 'bob'] }],
        executions: [{ workflowId: run, runId: expect.stringMatching(/./), end: 'completed' }],
        mismatches: [],
        gaps: [],
      },
    });
    const kept = await desk.run(
      ['audit', run, '--approvers', 'approvers.json', '--history', exported],
      undefined,
      env,
    );
    expect(kept).toMatchObject({ code: 0, stdout: expect.stringContaining('approved by ada and bob') });
    const revokedAt = new Date().toISOString();
    const later = {
      ...approvers,
      approvers: approvers.approvers.map((each) => ({
        ...each,
        keys: each.keys.map((key) => ({ ...key, revokedAt })),
      })),
    };
    // An approval that counted when it was used is not a mismatch afterwards.
    expect(await findings(() => {}, { registry: later })).toEqual({ verdict: 'proven', why: [] });
  });

  test('audit: without approvers it is consistent, with nobody proven, and the exit code is not 0', async () => {
    const page = await desk.run(['audit', run], undefined, env);
    expect(page).toMatchObject({
      code: 4,
      stdout: expect.stringContaining('consistent, not proven'),
    });
  });

  test('audit: the auditor’s own policies apply, not those that the history names', async () => {
    const oneIsEnough = (value: Node): void => {
      if (isCall(value)) value.proof['decisions'] = value.proof.decisions.slice(0, 1);
      const { pending } = value as { pending?: { needs?: Node }[] };
      for (const { needs } of pending ?? []) if (needs) needs['quorum'] = 1;
    };
    expect(await findings(oneIsEnough)).toEqual({ verdict: 'proven', why: [] });
    expect((await findings(oneIsEnough, { byPolicies: true })).why).toEqual(['quorum']);
    expect(await findings(() => {}, { byPolicies: true })).toEqual({ verdict: 'proven', why: [] });
    const told = ['audit', run, '--approvers', 'approvers.json', '--policies', CONFIG];
    expect(await baton(...told)).toMatchObject({ code: 0, document: { verdict: 'proven' } });
  });

  test('audit: an action that the history hides from its memo is found by the auditor’s policies', async () => {
    const hidden = (value: Node): void => {
      if (isCall(value)) Reflect.deleteProperty(value, 'proof');
      if ('pending' in value) value['pending'] = [];
    };
    const evidence = await readEvidence(historyFromJSON(tampered(hidden)), run);
    const policies = await loadAuditPolicies(CONFIG);
    const report = await auditRun([evidence], { approvers, policies });
    expect(report.mismatches.map(({ why }) => why)).toEqual(['no-proof']);
  });

  test('audit: the store’s receipts are those of the actions that the history tells of', async () => {
    const same = await findings(() => {}, { byPolicies: true, receipts: (kept) => kept });
    expect(same).toEqual({ verdict: 'proven', why: [] });
    const cases: [string, Known['receipts']][] = [
      ['no-receipt', () => []],
      ['no-receipt', (kept) => kept.map((each) => ({ ...each, done: false }))],
      ['other-receipt', (kept) => kept.map((each) => ({ ...each, argsDigest: '0' }))],
      ['untold-effect', (kept) => [...kept, ...kept.map((each) => ({ ...each, step: 'payout-7' }))]],
    ];
    for (const [why, receipts] of cases) {
      expect((await findings(() => {}, { byPolicies: true, ...(receipts ? { receipts } : {}) })).why).toEqual(
        [why],
      );
    }
  });

  test('audit: a requester that is not a token is a mismatch, and proves no person', async () => {
    const unreadable = (value: Node): void => {
      if (typeof value['requester'] === 'string' && value['v'] === 1) value['requester'] = 7;
    };
    // Workers ignore it, but a requester of the wrong type is still a mismatch.
    expect((await findings(unreadable)).why).toEqual(['other-requester']);
    const garbled = (value: Node): void => {
      if (typeof value['requester'] === 'string' && value['v'] === 1) value['requester'] = 'no token';
    };
    expect((await findings(garbled)).why).toContain('malformed');
  });

  test('audit: a malformed or late token changes nothing of a sound run', async () => {
    const sent = (value: unknown): object => {
      const data = Buffer.from(JSON.stringify(value)).toString('base64');
      return { metadata: { encoding: Buffer.from('json/plain').toString('base64') }, data };
    };
    const unreadable = { metadata: { encoding: Buffer.from('no/such').toString('base64') }, data: '' };
    const signalled = (signalName: string, payload: object, isEarly: boolean) => {
      let isSent = false;
      return (events: unknown[]): unknown[] =>
        events.map((each) => {
          const event = each as Node;
          const isTask = event['eventType'] === 'EVENT_TYPE_WORKFLOW_TASK_SCHEDULED';
          if (isSent || !isTask || Number(event['eventId']) <= 20 !== isEarly) return event;
          isSent = true;
          const { eventId, eventTime } = event;
          const workflowExecutionSignaledEventAttributes = { signalName, input: { payloads: [payload] } };
          const eventType = 'EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED';
          return { eventId, eventTime, eventType, workflowExecutionSignaledEventAttributes };
        });
    };
    const cases = [
      signalled('requested', sent('rubbish'), true),
      signalled('requested', sent({ v: 1, requester: 7 }), true),
      signalled('requested', sent({ v: 1, requester: 'no token' }), true),
      signalled('requested', sent({ v: 1, requester: 'no token' }), false),
      signalled('requested', unreadable, true),
      signalled('decide', unreadable, true),
    ];
    for (const change of cases) {
      const changed: unknown[] = [];
      const found = await findingsOf((events) => (changed.push(...change(events)), changed));
      expect(JSON.stringify(changed)).not.toBe(JSON.stringify((tampered(() => {}) as Node)['events']));
      expect(found).toEqual({ verdict: 'proven', gaps: [] });
    }
  });

  test('audit: reports a missing store, and does not create one', async () => {
    const nowhere = join(desk.folder, 'nope.db');
    const real = `file:${join(desk.folder, 'store.db')}`;
    for (const named of [
      ['--store', `file:${nowhere}`],
      ['--store', real, '--receipts', `file:${nowhere}`],
    ]) {
      const { code, document } = await baton('audit', run, '--approvers', 'approvers.json', ...named);
      expect(code).toBe(2);
      expect(document).toMatchObject({
        error: { code: 'BAD_INPUT', message: expect.stringContaining(nowhere) },
      });
      expect(existsSync(nowhere)).toBe(false);
    }
  });

  test('audit export: it is said what is missing when no run is named', async () => {
    for (const more of [[], ['--to', join(desk.folder, 'none.json')]])
      expect(await baton('audit', 'export', ...more)).toMatchObject({
        code: 2,
        document: { error: { code: 'BAD_USAGE', message: expect.stringMatching(/id of a run.*--to/) } },
      });
  });

  test('audit: an export that was changed, cut, or is of another run is refused', async () => {
    const text = readFileSync(exported, 'utf8');
    const changed = join(desk.folder, 'changed.json');
    writeFileSync(changed, text.replace('"eventId": "3"', '"eventId": "33"'));
    const refused = await baton('audit', run, '--history', changed);
    expect(refused).toMatchObject({ code: 2, document: { error: { code: 'BAD_INPUT' } } });
    expect(await baton('audit', 'another', '--history', exported)).toMatchObject({ code: 2 });
    // Somebody who can write the file can make all of it fit; a digest that was kept elsewhere stays what it was.
    const { digest } = JSON.parse(text) as { digest: string };
    const digested = (hex: string) => baton('audit', run, '--history', exported, '--digest', hex);
    expect(await digested(digest)).toMatchObject({ document: { run } });
    expect(await digested('0'.repeat(64))).toMatchObject({
      code: 2,
      document: { error: { code: 'BAD_INPUT', message: expect.stringContaining(digest) } },
    });
    expect(await baton('audit', run, '--digest', digest)).toMatchObject({
      code: 2,
      document: { error: { code: 'BAD_USAGE' } },
    });
    expect(await baton('audit', 'export', run, '--to', exported)).toMatchObject({ code: 2 });
  });

  test.each<[string, string, (value: Node) => void]>([
    [
      'other arguments than were signed',
      'other-action',
      (value) => isCall(value) && (value.call.args['cents'] = 1),
    ],
    ['no proof', 'no-proof', (value) => isCall(value) && Reflect.deleteProperty(value, 'proof')],
    [
      'one decision twice',
      'quorum',
      (value) => {
        if (isCall(value)) value.proof['decisions'] = Array(2).fill(value.proof.decisions[0]);
      },
    ],
    ['another step', 'other-request', (value) => isCall(value) && (value['step'] = 'payout-9')],
    ['another run', 'other-run', (value) => isCall(value) && (value['root'] = '0'.repeat(32))],
    [
      'a forged signature',
      'forged',
      (value) => {
        if (!isCall(value)) return;
        const [header, claims] = String(value.proof.decisions[0]).split('.');
        value.proof.decisions[0] = `${header}.${claims}.${'A'.repeat(86)}`;
      },
    ],
    [
      'another input than the requester signed',
      'other-run',
      (value) => {
        if (value['to'] === 'zoe' && !('call' in value)) value['to'] = 'eve';
      },
    ],
    [
      'a ticket in another name',
      'other-ticket',
      (value) => {
        if (value['by'] === 'ada' && 'identity' in value) value['by'] = 'eve';
      },
    ],
    [
      'a decision that never came in',
      'never-came-in',
      (value) => {
        if (Object.keys(value).join() === 'signed') value['signed'] = 'a.b.c';
      },
    ],
  ])('audit: a history with %s is a mismatch', async (_what, why, change) => {
    const found = await findings(change);
    expect(found.verdict).toBe('mismatch');
    expect(found.why).toContain(why);
  });

  test.each<[string, string, (events: unknown[]) => unknown[]]>([
    ['is empty', 'cut', () => []],
    ['has no start', 'cut', (events) => events.slice(1)],
    ['has an event cut out', 'cut', (events) => events.toSpliced(10, 1)],
    ['has no end', 'no-end', (events) => events.slice(0, -1)],
    ['has an action cut out, and the rest renumbered', 'cut', withoutAction],
  ])('audit: a history that %s is incomplete', async (_what, why, change) => {
    expect(await findingsOf((events) => events)).toEqual({ verdict: 'proven', gaps: [] });
    const found = await findingsOf(change);
    expect(found.verdict).not.toBe('proven');
    expect(found.gaps).toContain(why);
  });

  test('audit: an action that was approved and of which no history has the call makes it incomplete', async () => {
    // As somebody would hide it who takes care that everything else refers to what is there.
    const evidence = await readEvidence(historyFromJSON(tampered(() => {})), run);
    const hidden = { ...evidence, actions: [] };
    const report = await auditRun([hidden], { approvers });
    expect(report).toMatchObject({ verdict: 'incomplete', gaps: [{ why: 'no-call' }] });
    expect(report.gaps[0]?.message).toMatch(/^payout was approved/);
    // One yes of two lets nothing happen, and neither does a yes before a no.
    const [first, second] = evidence.decisions as [DecisionEvidence, DecisionEvidence];
    const judge = async (...decisions: DecisionEvidence[]) =>
      (await auditRun([{ ...hidden, decisions }], {})).gaps;
    const claim = (option: string, { ticket, ...rest }: DecisionEvidence): DecisionEvidence => ({
      ...rest,
      wire: {},
      ...(ticket ? { ticket: { ...ticket, option, identity: 'claimed' } } : {}),
    });
    expect(await judge(claim('approve', first))).toEqual([]);
    expect(await judge(claim('approve', first), claim('reject', second))).toEqual([]);
    expect(await judge(claim('approve', first), claim('approve', second))).toMatchObject([
      { why: 'no-call' },
    ]);
  });

  test('audit: a payment that nobody was asked for is found by what the worker said of its tool', async () => {
    const asksNobody = (value: Node): void => {
      if (isCall(value)) Reflect.deleteProperty(value, 'proof');
      if ('pending' in value) value['pending'] = [];
    };
    const report = await auditRun([await readEvidence(historyFromJSON(tampered(asksNobody)), run)], {
      approvers,
    });
    expect(report.mismatches.map(({ why }) => why)).toEqual(['no-proof']);
    const saysNothing = (value: Node): void => {
      asksNobody(value);
      if (value['kind'] === 'done') Reflect.deleteProperty(value, 'effect');
    };
    const silent = await auditRun([await readEvidence(historyFromJSON(tampered(saysNothing)), run)], {
      approvers,
    });
    expect(silent).toMatchObject({ verdict: 'incomplete', gaps: [{ why: 'unknown-effect' }] });
  });

  test('audit: a decision that nobody signed is not proven, also when the history names no mode', async () => {
    const evidence = await readEvidence(historyFromJSON(tampered(() => {})), run);
    const claims = evidence.decisions.map(({ ticket, ...decision }): DecisionEvidence => ({
      ...decision,
      wire: { request: ticket?.request, option: ticket?.option, by: ticket?.by },
      ...(ticket === undefined ? {} : { ticket: { ...ticket, identity: 'claimed' } }),
    }));
    const unsigned = { ...evidence, modes: [], actions: [], requests: new Map(), decisions: claims };
    const report = await auditRun([unsigned], { approvers, tools: [] });
    expect(report.decisions.map(({ identity }) => identity)).toEqual(['claimed', 'claimed']);
    expect([report.mismatches, report.gaps, report.verdict]).toEqual([[], [], 'consistent']);
  });

  test('audit: a key that the auditor does not know, or a person without the role, proves nothing', async () => {
    const [, ...others] = approvers.approvers;
    const without = { registry: { ...approvers, approvers: others } };
    expect((await findings(() => {}, without)).why).toContain('unknown-key');
    const roleless = { ...approvers, approvers: approvers.approvers.map((each) => ({ ...each, roles: [] })) };
    expect((await findings(() => {}, { registry: roleless })).why).toContain('wrong-role');
  });
});
