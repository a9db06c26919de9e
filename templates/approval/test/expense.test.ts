/** Expenses on a real Temporal dev server; the test is the people who decide. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scriptedModel, withTestEnvironment } from '@batonhq/baton/testing';
import { implement } from '@batonhq/baton/worker';
import { pay } from '../team.js';
import type { payExpense } from '../workflows.js';

const model = scriptedModel({});

test('payment: it runs once two people have approved, when it is large', async () => {
  const paid: string[] = [];
  const tools = [implement(pay, ({ to, cents }) => ({ file: `${paid.push(`${to} ${cents}`)}` }))];
  await withTestEnvironment({ model, tools }, async (desk) => {
    const expense = { to: 'ada', cents: 80_000, purpose: 'a new desk' };
    const run = await desk.start<typeof payExpense>('payExpense', expense);
    const request = await run.request();
    assert.deepEqual(request.action?.args, expense);
    assert.equal(request.title, 'Pay €800.00 to ada for a new desk');

    await run.decide({ option: 'approve', by: 'grace' });
    assert.deepEqual(paid, []);
    await run.decide({ option: 'approve', by: 'linus' });
    assert.deepEqual(await run.result(), { paid: true });
    assert.deepEqual(paid, ['ada 80000']);

    const small = await desk.start<typeof payExpense>('payExpense', { ...expense, cents: 900 });
    await small.decide({ option: 'reject', reason: 'private', by: 'grace' });
    assert.deepEqual(await small.result(), { paid: false });
    assert.equal(paid.length, 1);
  });
});
