/**
 * T4: the support desk as two real processes, one of which has the ledger's key. A refund goes through both, and no
 * call to the process without the key moves money.
 */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { WorkflowHandle } from '@temporalio/client';
import { Worker } from '@temporalio/worker';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { digest } from '@batonhq/baton';
import { DeskProcesses } from '../fixtures/desk-processes.js';
import { connected, firstRequest, until } from '../fixtures/harness.js';
import { hostileBundle } from '../fixtures/hostile-bundle.js';
import { shippedTicket } from '../fixtures/support-desk.js';

const REFUND = { invoice: 'I-4101', cents: 18_900, currency: 'EUR', reason: 'mallory wishes it' };

let desk: DeskProcesses;
beforeEach(async () => {
  desk = await DeskProcesses.open();
});
afterEach(() => desk.close());

function start(workflow: string, ...args: unknown[]) {
  const workflowId = `${workflow}-${randomUUID().slice(0, 8)}`;
  return desk.client.workflow.start(workflow, { taskQueue: 'support-desk', workflowId, args });
}

/** The result of a foreign workflow that calls the refund on this queue, or the code of its failure. */
async function robbed(taskQueue: string): Promise<{ results: unknown; codes: unknown[] }> {
  const { native } = await connected();
  const own = `hostile-${randomUUID()}`;
  const { namespace } = desk.client.options;
  const robber = await Worker.create({
    connection: native,
    namespace,
    taskQueue: own,
    workflowBundle: await hostileBundle(),
  });
  const run = await desk.client.workflow.start('robsLater', {
    taskQueue: own,
    workflowId: `robs-${randomUUID()}`,
    args: [taskQueue],
  });
  const { workflowId, firstExecutionRunId } = run;
  const input = {
    root: digest({ workflowId, firstExecutionRunId }).slice(0, 32),
    step: 'issue_refund-0',
    tool: 'issue_refund',
    agent: 'cashier',
    call: { args: REFUND },
    returns: 'value',
  };
  return robber.runUntil(async () => {
    await run.signal('go', [{ input }]);
    const results: unknown = await run.result();
    const { events } = await run.fetchHistory();
    const failures = (events ?? []).flatMap(
      (event) => event.activityTaskFailedEventAttributes?.failure ?? [],
    );
    return { results, codes: failures.map((failure) => failure.applicationFailureInfo?.type) };
  });
}

/** Which workers have taken what was sent to this queue: `pid@host`. */
async function takenBy(run: WorkflowHandle, taskQueue: string): Promise<unknown[]> {
  const events = (await run.fetchHistory()).events ?? [];
  const sent = events.filter(
    (event) => event.activityTaskScheduledEventAttributes?.taskQueue?.name === taskQueue,
  );
  const ids = new Set(sent.map(({ eventId }) => String(eventId)));
  return events.flatMap(({ activityTaskStartedEventAttributes: begun }) =>
    begun && ids.has(String(begun.scheduledEventId)) ? [begun.identity] : [],
  );
}

/** The environment that the process was started with, as its kernel keeps it. */
function environmentOf(pid: number | undefined): string[] {
  return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
}

const onLinux = process.platform === 'linux';

test('T4 two processes: a refund goes through the worker that has the key, and the other was never given it', async () => {
  const low = await desk.low();
  const payments = await desk.payments();
  if (onLinux) {
    const told = environmentOf(low.process.pid);
    expect(told.filter((line) => /^(?:LEDGER_KEY|BATON_LEDGER)=/.test(line))).toEqual([]);
    expect(told.join('\n')).not.toContain(desk.ledgerKey);
    expect(environmentOf(payments.process.pid)).toContain(`LEDGER_KEY=${desk.ledgerKey}`);
  }
  const run = await start('supportDesk', shippedTicket('paid-twice'));
  await firstRequest(run);
  await desk.approve(run, 'ada', 'bob');
  expect(await run.result()).toMatchObject({ refund: { id: 'R-1', invoice: 'I-4102' } });
  expect(desk.refunds()).toEqual([{ invoice: 'I-4102', cents: 18_900 }]);
  expect(await takenBy(run, 'support-desk.payments')).toEqual([
    expect.stringMatching(new RegExp(`^${payments.process.pid}@`)),
  ]);
  // The missing workflows cause no warning.
  expect(payments.stderr).not.toContain('WARN');
}, 120_000);

test('T4 two processes: a call of the refund is refused by the worker without the key, and without proof by the one that has it', async () => {
  await desk.low();
  expect(await robbed('support-desk')).toMatchObject({
    results: [{ kind: 'error' }],
    codes: ['PERMISSION_DENIED'],
  });
  expect(desk.refunds()).toBeUndefined();
  await desk.payments();
  expect(await robbed('support-desk.payments')).toMatchObject({ results: [{ kind: 'unproven' }] });
  expect(desk.refunds() ?? []).toEqual([]);
}, 120_000);

test('T4 two processes: no workflow that is started on the low worker’s queue makes it act', async () => {
  const low = await desk.low();
  const rootRun = { workflowId: 'mallory', firstExecutionRunId: 'mallory' };
  const cashier = {
    v: 1,
    agent: 'cashier',
    maxTurns: 5,
    handoffs: [],
    redirectTo: [],
    permissions: ['payments'],
    start: { head: null, entries: [], turns: 0, repairs: 0 },
    loan: {},
    root: 'r'.repeat(32),
    rootRun,
    path: 'cashier',
  };
  const runs = [
    await start('specialist', cashier),
    await start('supportDesk', shippedTicket('paid-twice')),
    await start('supportDesk', { ...REFUND, tool: 'issue_refund', permissions: ['payments'] }),
    await start('robs', 'support-desk', [{ input: { tool: 'issue_refund', call: { args: REFUND } } }]),
  ];
  // The approved refund waits for the other worker: the low one cannot carry it out.
  const [, honest] = runs;
  if (honest === undefined) throw new Error('It was started.');
  await firstRequest(honest);
  await desk.approve(honest, 'ada', 'bob');
  await until(async () => {
    const pending = (await honest.describe()).raw.pendingActivities ?? [];
    return pending.some(({ activityType }) => activityType?.name === 'callTool');
  });
  expect(low.process.exitCode).toBeNull();
  expect(desk.refunds()).toBeUndefined();
  for (const run of runs) await run.terminate().catch(() => {});
}, 120_000);
