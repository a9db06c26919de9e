/** A part keeps its declarations in every shape that uses it: its policies, its budget, its owner. */
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { handoffCall } from '@batonhq/baton';
import { implement } from '@batonhq/baton/worker';
import { scriptedModel, type ScriptedModel, type ScriptedStep } from '@batonhq/baton/testing';
import { look, pay } from '../fixtures/combined-workflows.js';
import { failureOf, firstRequest, until, view, withDesk, type Desk } from '../fixtures/harness.js';

const workflows = fileURLToPath(new URL('../fixtures/combined-workflows.ts', import.meta.url));

const pays: ScriptedStep = { toolCalls: [{ name: 'pay', args: { cents: 5 } }] };
const looks: ScriptedStep = { toolCalls: [{ name: 'look', args: { what: 'it' } }] };
const says = (content: string): ScriptedStep => ({ content });

let paid = 0;
const tools = [
  implement(look, ({ what }) => `${what} was found`),
  implement(pay, ({ cents }) => `paid ${(paid += cents)}`),
];

function withParts<T>(model: ScriptedModel, body: (desk: Desk) => Promise<T>): Promise<T> {
  paid = 0;
  return withDesk({ model, workflows, tools }, body);
}

test.each(['plays', 'inGraph'])(
  'T4 part: permissions narrow by the contracts of its own team (%s)',
  async (workflow) => {
    const model = scriptedModel({
      asks: [{ toolCalls: [handoffCall('payer', { cents: 5 })] }],
      payer: [pays, says('I may not.')],
    });
    await withParts(model, async (desk) => {
      await (await desk.start(workflow, workflow === 'inGraph' ? { way: 'asks' } : 'asks')).result();
      expect(model.calls.filter(({ agent }) => agent === 'payer')).toHaveLength(2);
      expect(paid).toBe(0);
    });
  },
);

describe('part: its own budget', () => {
  test('holds in each playing of it, and no model is asked beyond it', async () => {
    const model = scriptedModel({ looks: () => says('found') });
    await withParts(model, async (desk) => {
      const run = await desk.start('playsTight', ['a', 'b', 'c']);
      expect(await run.result()).toEqual([
        ['found', 'found'],
        expect.stringContaining('turns budget of the part at tight-1 is exhausted'),
      ]);
      expect(model.calls).toHaveLength(4);
    });
  });

  test('holds in each of several kickoffs', async () => {
    const model = scriptedModel({ looks: () => says('found') });
    await withParts(model, async (desk) => {
      const fits = await desk.start('eachTight', [['a', 'b'], ['c']]);
      expect(await fits.result()).toEqual([['found', 'found'], ['found']]);
      const failure = await failureOf(await desk.start('eachTight', [['a'], ['b', 'c', 'd']]));
      expect(failure).toMatchObject({ code: 'BUDGET_EXCEEDED' });
    });
  });

  test('of time: its pending request is withdrawn, and the workflow that plays it continues', async () => {
    await withParts(scriptedModel({}), async (desk) => {
      const run = await desk.start('playsWaiting', null);
      const { id } = await until(async () => {
        const [waiting] = (await view(run)).pending;
        return waiting?.question === 'And now?' && waiting;
      });
      await run.executeUpdate('decide', { args: [{ request: id, option: 'approve', by: 'ada' }] });
      expect(await run.result()).toContain('The time of the part at waits-0 is up');
    });
  });
});

test('part: the workflow that plays it owns the task again when its handoff has failed', async () => {
  await withParts(scriptedModel({ once: [looks] }), async (desk) => {
    const run = await desk.start('playsFailing', null);
    const { id } = await firstRequest(run);
    expect(await view(run)).toMatchObject({ owner: 'playsFailing' });
    await run.executeUpdate('decide', { args: [{ request: id, option: 'approve', by: 'ada' }] });
    expect(await run.result()).toContain('once');
  });
});

test('T4 crew: who got a task of an agent without its permission has no coworker use it, and is named as whose output it is', async () => {
  const model = scriptedModel({
    boss: [
      { toolCalls: [handoffCall('helper', { cents: 5 })] },
      { output: { answer: 'Not paid.', delegate: null, ask: null } },
    ],
    helper: [
      { output: { answer: null, delegate: { coworker: 'bursar', task: 'Pay me.', context: '' }, ask: null } },
    ],
    bursar: [pays, says('I may not.')],
  });
  await withParts(model, async (desk) => {
    await (await desk.start('office', {})).result();
    expect(model.calls.filter(({ agent }) => agent === 'bursar')).toHaveLength(2);
    expect(paid).toBe(0);
  });
});
