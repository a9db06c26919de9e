/**
 * Budgets on a real server: an exhausted budget stops the work and names its owner, and no task gets more than its
 * sender has.
 */
import type { CallModelInput } from '../../src/contracts/wire/model-call.js';
import type { WorkflowHandle } from '@temporalio/client';
import { describe, expect, test } from 'vitest';
import { handoffCall } from '@batonhq/baton';
import { listRuns } from '@batonhq/baton/client';
import { scriptedModel, TestRun, type ScriptedStep } from '@batonhq/baton/testing';
import { implement, type PriceTable } from '@batonhq/baton/worker';
import { failureOf, firstRequest, timeline, until, view } from '../fixtures/harness.js';
import { withLimitsDesk } from '../fixtures/limits-desk.js';
import { wire } from '../fixtures/limits-workflows.js';

const usage = { inputTokens: 40, outputTokens: 20 };
const done: ScriptedStep = { content: 'done', usage };
const looks: ScriptedStep = { toolCalls: [{ name: 'look', args: { what: 'x' } }], usage };
const hands = (to: string, task: string): ScriptedStep => ({ toolCalls: [handoffCall(to, { task })], usage });

/** 20 micro-units a token that is read, 10 one that is written: 1,000 for the usage above. */
const prices: PriceTable = {
  version: '2026-11',
  models: { scripted: { input: 20_000_000, output: 10_000_000 } },
};

const exceeded = (text: string) => ({ code: 'BUDGET_EXCEEDED', message: expect.stringContaining(text) });

describe('the budget of a run', () => {
  test('H10 turns: the run stops before the call that would exceed its limit, even when a task has a higher limit', async () => {
    const model = scriptedModel({ ann: () => done });
    await withLimitsDesk({ model }, async (desk) => {
      const failure = await failureOf(await desk.start('turnsOf2', ['a', 'b', 'c']));
      expect(failure).toMatchObject(
        exceeded('The turns budget of the run is exhausted: 2 of 2 model calls.'),
      );
      expect(model.calls).toHaveLength(2);
    });
  });

  test('H10 tokens: the call that reaches the limit counts, and none begins after it', async () => {
    const model = scriptedModel({ ann: () => done });
    await withLimitsDesk({ model }, async (desk) => {
      expect(await (await desk.start('tokensOf100', ['a', 'b'])).result()).toEqual(['done', 'done']);
      const failure = await failureOf(await desk.start('tokensOf100', ['a', 'b', 'c']));
      expect(failure).toMatchObject(
        exceeded('The tokens budget of the run is exhausted: 120 of 100 tokens.'),
      );
      expect(model.calls).toHaveLength(4);
    });
  });

  test('H10 cost: counted in micro-units by the price table, shown, and stopped at the limit', async () => {
    const model = scriptedModel({ ann: () => done });
    await withLimitsDesk({ model, prices }, async (desk) => {
      const run = await desk.start('costOf1000', ['a', 'b']);
      expect(await failureOf(run)).toMatchObject(
        exceeded('The cost budget of the run is exhausted: 1000 of 1000 micro-units.'),
      );
      const cost = { amount: 1_000, currency: 'USD', prices: '2026-11' };
      expect((await view(run)).costs).toEqual([cost]);
      expect((await new TestRun(desk.client, run.workflowId).story()).costs).toEqual([cost]);
      expect(await timeline(run)).toContainEqual(expect.objectContaining({ kind: 'turn', cost }));
      const listed = await until(async () => {
        const runs = await listRuns(desk.client, { workflow: 'costOf1000' });
        return runs.find((each) => each.workflowId === run.workflowId && each.status === 'failed');
      });
      expect(listed.costs).toEqual([cost]);
    });
  });

  test('H10 cost: a model without a price is not asked, and the error names model and setting', async () => {
    const model = scriptedModel({ ann: () => done });
    await withLimitsDesk({ model }, async (desk) => {
      const run = await desk.start('costOf1000', ['a']);
      expect(await failureOf(run)).toMatchObject({
        code: 'BAD_CONFIG',
        message: expect.stringContaining(
          "its model scripted has no price: the configuration lacks prices.models['scripted']",
        ),
      });
      expect(model.calls).toHaveLength(0);
    });
  });

  test('H10 depth: a task can be handed off as often as the run allows, and its last owner keeps it', async () => {
    const model = scriptedModel({
      ann: () => hands('bob', '1'),
      bob: () => hands('cy', '2'),
      cy: () => hands('ann', '3'),
    });
    await withLimitsDesk({ model }, async (desk) => {
      const run = await desk.start('depthOf2', 'go');
      expect(await failureOf(run)).toMatchObject(
        exceeded('The depth budget of the run is exhausted: 2 of 2 handoffs.'),
      );
      expect(model.calls.map(({ agent }) => agent)).toEqual(['ann', 'bob', 'cy']);
      expect((await view(run)).owner).toBe('cy');
    });
  });

  test('H10 wall time: a run that waits for a person ends when its time is up', async () => {
    const model = scriptedModel({});
    await withLimitsDesk({ model }, async (desk) => {
      const run = await desk.start('timed', 'May I?');
      await firstRequest(run);
      expect(await failureOf(run)).toMatchObject(exceeded('The time of the run is up: 1500 ms'));
      expect((await view(run)).pending).toEqual([]);
    });
  });
});

describe('the budget of a task and of a contract', () => {
  test('H10 turns: a task stops at its own limit, and the next begins with its own', async () => {
    const model = scriptedModel({ ann: [looks, done, looks, looks, looks] });
    await withLimitsDesk({ model }, async (desk) => {
      const run = await desk.start('bounded', { tasks: ['a', 'b'], budget: { turns: 3 } });
      expect(await failureOf(run)).toMatchObject(
        exceeded('The turns budget of the task at ann-1 is exhausted: 3 of 3 model calls.'),
      );
      expect(model.calls).toHaveLength(5);
    });
  });

  test('H10 an invalid budget is refused when the task is assigned', async () => {
    await withLimitsDesk({ model: scriptedModel({}) }, async (desk) => {
      const run = await desk.start('bounded', { tasks: ['a'], budget: { tokens: -1 } });
      expect(await failureOf(run)).toMatchObject({
        code: 'BAD_DEFINITION',
        message: expect.stringContaining('budget.tokens is -1'),
      });
    });
  });

  test('H10 turns: a receiver in a child workflow has the turns of its contract, and no more than are left', async () => {
    const model = scriptedModel({
      ann: [hands('bob', '1')],
      bob: [hands('cy', '2')],
      cy: () => looks,
    });
    await withLimitsDesk({ model }, async (desk) => {
      const run = await desk.start('moves', 'go');
      expect(await failureOf(run)).toMatchObject(
        exceeded('The turns budget of contract bob-to-cy@1 is exhausted: 8 of 8 model calls.'),
      );
      // The child agent's use before it was stopped counts for the run.
      expect((await view(run)).counts).toMatchObject({ modelCalls: 10, inputTokens: 400 });
    });
  });

  test('H10 turns: child agents side by side have together no more than there is', async () => {
    const model = scriptedModel({ cy: () => looks });
    await withLimitsDesk({ model }, async (desk) => {
      const run = await desk.start('sideBySide', ['a', 'b', 'c']);
      expect(await run.result()).toEqual(['BUDGET_EXCEEDED', 'BUDGET_EXCEEDED', 'BUDGET_EXCEEDED']);
      expect(model.calls).toHaveLength(4);
    });
  });

  test('H10 wall time: an irreversible action that has begun when the time is up is carried to its end', async () => {
    let finish = (): void => {};
    const paid = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const pays = { name: 'wire', args: { cents: 5 } };
    const model = scriptedModel({ payer: [{ toolCalls: [pays, pays] }, done] });
    const slow = implement(wire, async () => {
      await paid;
      return 'wired';
    });
    await withLimitsDesk({ model, tools: [slow] }, async (desk) => {
      const run = await desk.start('timedTask', 3_000);
      const { id, digest } = await firstRequest(run);
      await run.executeUpdate('decide', { args: [{ request: id, option: 'approve', by: 'ada', digest }] });
      // The other payment's request is withdrawn when the time is up.
      await until(async () => {
        const { active, pending } = await view(run);
        return pending.length === 0 && active.some(({ doing }) => doing === 'wire');
      });
      finish();
      expect(await run.result()).toContain('The time of the task at payer-0 is up: 3000 ms');
      expect(await outcomes(run)).toContainEqual('wire done: wired');
      expect(model.calls).toHaveLength(1);
    });
  });

  test('H10 the envelope says what is left', async () => {
    const model = scriptedModel({ ann: [hands('bob', '1')], bob: [done] });
    await withLimitsDesk({ model }, async (desk) => {
      const run = await desk.start('turnsOf2InTeam', 'go');
      await run.result();
      expect(await budgetsSent(run)).toEqual([
        { depth: 10, turns: 2 },
        { depth: 9, turns: 1 },
      ]);
    });
  });
});

async function outcomes(run: WorkflowHandle): Promise<string[]> {
  return (await timeline(run)).flatMap((event) =>
    event.kind === 'tool' ? [`${event.tool} ${event.outcome}: ${event.preview}`] : [],
  );
}

/** The budgets of the envelopes with which agents began. */
async function budgetsSent(run: WorkflowHandle): Promise<unknown[]> {
  const { events } = await run.fetchHistory();
  return (events ?? []).flatMap(({ activityTaskScheduledEventAttributes: scheduled }) => {
    const data = scheduled?.input?.payloads?.[0]?.data;
    if (!data) return [];
    const { entries } = JSON.parse(Buffer.from(data).toString()) as CallModelInput;
    return entries.flatMap((entry) => (entry.kind === 'task' ? [entry.budget] : []));
  });
}
