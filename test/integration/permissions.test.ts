/** Permissions on a real server: they narrow on the way, and only a contract's grant adds one. */
import type { WorkflowHandle } from '@temporalio/client';
import { expect, test } from 'vitest';
import { handoffCall } from '@batonhq/baton';
import { scriptedModel, TestRun, type ScriptedModel, type ScriptedStep } from '@batonhq/baton/testing';
import { tellFacts } from '../../dist/src/client/story/history-story.js';
import { readHistoryFacts } from '../../dist/src/client/runs/read-history.js';
import { failureOf, timeline } from '../fixtures/harness.js';
import { paid, withLimitsDesk } from '../fixtures/limits-desk.js';

const hands = (to: string): ScriptedStep => ({ toolCalls: [handoffCall(to, { task: 'pay' })] });
const pays: ScriptedStep = { toolCalls: [{ name: 'pay_out', args: { cents: 5 } }] };
const done: ScriptedStep = { content: 'done' };

/** The tools that an agent's model was offered in its last call, without those that speak of the handoff itself. */
function offered(model: ScriptedModel, agent: string): string[] {
  const last = model.calls.findLast((call) => call.agent === agent);
  return (last?.request.tools ?? []).map(({ name }) => name).filter((name) => /^(pay_out|look)$/.test(name));
}

async function told(run: WorkflowHandle): Promise<string[]> {
  return (await timeline(run)).flatMap((event) => {
    if (event.kind === 'tool') return [`${event.agent}: ${event.tool} ${event.outcome}`];
    return event.kind === 'granted'
      ? [`granted ${event.permissions.join()} to ${event.to} by ${event.contract}`]
      : [];
  });
}

test('T4 code gives a task to who may pay: the orchestration holds what its team declares', async () => {
  const model = scriptedModel({ cashier: [pays, done] });
  await withLimitsDesk({ model }, async (desk) => {
    const run = await desk.start('pays', 'cashier');
    await run.result();
    expect(offered(model, 'cashier')).toEqual(['pay_out', 'look']);
    expect(await told(run)).toEqual(['cashier: pay_out done']);
  });
});

test('T4 an agent without a permission hands off to one that is granted it: recorded, with its trigger', async () => {
  const model = scriptedModel({ clerk: [hands('cashier')], cashier: [pays, pays, done] });
  await withLimitsDesk({ model }, async (desk) => {
    const run = await desk.start('pays', 'clerk');
    await run.result();
    expect(await told(run)).toContain('granted payments to cashier by clerk-to-cashier@1');
    expect(await told(run)).toContain('cashier: pay_out done');
    expect(await timeline(run)).toContainEqual(
      expect.objectContaining({ kind: 'handoff', to: 'cashier', trigger: 'privilege' }),
    );
    const fromHistory = tellFacts(await readHistoryFacts(desk.client, run.workflowId)).timeline;
    expect(fromHistory).toContainEqual(
      expect.objectContaining({ kind: 'granted', to: 'cashier', permissions: ['payments'] }),
    );
  });
});

test.each([
  ['intern', 'in the run’s own workflow'],
  ['teller', 'in a child workflow'],
])('T4 permissions narrow: %s (%s) gets no tool that the sender lacks; its call is refused', async (to) => {
  const model = scriptedModel({ clerk: [hands(to)], [to]: [pays, done] });
  await withLimitsDesk({ model }, async (desk) => {
    const before = paid.cents;
    const run = await desk.start('pays', 'clerk');
    await run.result();
    expect(offered(model, to)).toEqual(['look']);
    expect(model.calls.at(-1)?.request.messages.at(-1)?.content).toContain(
      'Not carried out: pay_out needs the permission payments, which you do not have with this task.',
    );
    const { timeline: told } = await new TestRun(desk.client, run.workflowId).story();
    expect(told).toContainEqual(
      expect.objectContaining({ kind: 'tool', agent: to, tool: 'pay_out', outcome: 'refused' }),
    );
    expect(paid.cents).toBe(before);
  });
});

test('T4 what was granted travels on: who holds it may hand it to another who does', async () => {
  const model = scriptedModel({
    clerk: [hands('cashier')],
    // The grant is acknowledged before anything else is carried out.
    cashier: [hands('teller'), hands('teller')],
    teller: [pays, done],
  });
  await withLimitsDesk({ model }, async (desk) => {
    const run = await desk.start('pays', 'clerk');
    await run.result();
    expect(offered(model, 'teller')).toEqual(['pay_out', 'look']);
  });
});

test('T4 a part that a crew’s agent gives a coworker: the coworker may do with it what the agent may, and no more', async () => {
  const model = scriptedModel({
    bursar: [pays, done, pays, { content: 'I may not.' }],
    boss: [
      { output: { answer: null, delegate: { coworker: 'bursar', task: 'Pay me.', context: '' }, ask: null } },
      { output: { answer: 'It was not paid.', delegate: null, ask: null } },
    ],
  });
  await withLimitsDesk({ model }, async (desk) => {
    const before = paid.cents;
    await (await desk.start('crewPays', {})).result();
    expect(offered(model, 'bursar')).toEqual(['look']);
    expect(paid.cents).toBe(before + 5);
  });
});

test('PERMISSION_DENIED: an orchestration whose team does not hold it may not perform the tool itself', async () => {
  await withLimitsDesk({ model: scriptedModel({}) }, async (desk) => {
    const before = paid.cents;
    expect(await failureOf(await desk.start('paysItself', 5))).toMatchObject({
      code: 'PERMISSION_DENIED',
      message: expect.stringContaining(
        'pay_out needs the permission payments, which no agent of team poor holds',
      ),
    });
    expect(paid.cents).toBe(before);
  });
});
