/** P4: a developer's own options: each is a yes or a no in the words of the house, proven like one. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { WorkflowUpdateFailedError, type WorkflowHandle } from '@temporalio/client';
import { beforeEach, expect, test } from 'vitest';
import type { ApprovalRequest } from '@batonhq/baton';
import { implement } from '@batonhq/baton/worker';
import { scriptedModel } from '@batonhq/baton/testing';
import { Approvers } from '../fixtures/approvers.js';
import { firstRequest, timeline, withDesk, type Desk } from '../fixtures/harness.js';
import { payout } from '../fixtures/payout.js';

const WORKFLOWS = fileURLToPath(new URL('../fixtures/option-workflows.ts', import.meta.url));

let approvers: Approvers;
let paid: number[];
let seen: string[];

beforeEach(() => {
  approvers = new Approvers(mkdtempSync(join(tmpdir(), 'baton-options-')));
  for (const name of ['ada', 'bob', 'cat']) approvers.add(name, 'finance');
  paid = [];
  seen = [];
});

function withTill<T>(body: (desk: Desk) => Promise<T>): Promise<T> {
  const model = scriptedModel({
    clerk: ({ messages }) => {
      const results = messages.filter(({ role }) => role === 'tool');
      seen = results.map(({ content }) => String(content));
      if (results.length > 0) return { content: 'paid' };
      return { toolCalls: [{ name: 'payout', args: { to: 'zoe', cents: 5 } }] };
    },
  });
  const tools = [implement(payout, ({ cents }) => ({ receipt: `r-${paid.push(cents)}` }))];
  const approvals = { mode: 'signed', registry: approvers.file } as const;
  return withDesk({ model, tools, workflows: WORKFLOWS, approvals }, body);
}

function decide(run: WorkflowHandle, request: ApprovalRequest, who: string, option: string, more = {}) {
  return run.executeUpdate('decide', { args: [approvers.signs(who, request, { option, ...more })] });
}

async function whyNot(deciding: Promise<unknown>): Promise<string> {
  const error: unknown = await deciding.catch((reason: unknown) => reason);
  if (!(error instanceof WorkflowUpdateFailedError)) throw new Error(`Not refused: ${JSON.stringify(error)}`);
  return String(error.cause?.message);
}

test('P4 options: two people who choose the same approving option approve; another option with another condition does not count', async () => {
  await withTill(async (desk) => {
    const run = await desk.start('pays', { to: 'zoe', cents: 5 });
    const request = await firstRequest(run);
    expect(request.options.map(({ id, means }) => [id, means])).toEqual([
      ['approve', undefined],
      ['reject', undefined],
      ['approve-with-review', 'approve'],
      ['report-fraud', 'reject'],
      ['edit', undefined],
      ['abort', undefined],
    ]);
    await decide(run, request, 'ada', 'approve-with-review');
    await decide(run, request, 'bob', 'approve');
    expect(await decide(run, request, 'cat', 'approve-with-review')).toMatchObject({
      votes: { have: 2, need: 2 },
    });
    expect(await run.result()).toMatchObject({
      outcome: 'performed',
      option: 'approve-with-review',
      approvedBy: 'ada and cat',
    });
    expect(paid).toEqual([5]);
  });
});

test('P4 P5 options: what somebody has signed counts once: sent again it does not undo what they said after it', async () => {
  await withTill(async (desk) => {
    const run = await desk.start('pays', { to: 'zoe', cents: 5 });
    const request = await firstRequest(run);
    const careless = approvers.signs('ada', request, { option: 'approve' });
    await run.executeUpdate('decide', { args: [careless] });
    await decide(run, request, 'ada', 'approve-with-review');
    await run.signal('decide', careless);
    expect(await whyNot(run.executeUpdate('decide', { args: [careless] }))).toContain('was recorded already');
    expect((await firstRequest(run)).votes).toMatchObject([{ by: 'ada', option: 'approve-with-review' }]);
    await decide(run, request, 'bob', 'approve-with-review');
    expect(await run.result()).toMatchObject({ option: 'approve-with-review' });
  });
});

test('P4 options: one person can choose a declared rejection, and the run gets the chosen option', async () => {
  await withTill(async (desk) => {
    const run = await desk.start('pays', { to: 'zoe', cents: 5 });
    await decide(run, await firstRequest(run), 'ada', 'report-fraud', { reason: 'seen before' });
    expect(await run.result()).toEqual({
      outcome: 'rejected',
      by: 'ada',
      reason: 'seen before',
      option: 'report-fraud',
    });
    expect(paid).toEqual([]);
  });
});

test('P4 options: an agent sees by which option it was approved', async () => {
  await withTill(async (desk) => {
    const run = await desk.start('clerkPays', 'pay zoe');
    const request = await firstRequest(run);
    await decide(run, request, 'ada', 'approve-with-review');
    await decide(run, request, 'bob', 'approve-with-review');
    expect(await run.result()).toBe('paid');
    expect(seen.join('\n')).toContain('ada and bob approved it as "approve-with-review".');
  });
});

test('P4 options: what is declared nowhere is not offered, and an approval without a policy has them too', async () => {
  await withTill(async (desk) => {
    const run = await desk.start('asksSo', null);
    const request = await firstRequest(run);
    const error: unknown = await decide(run, request, 'ada', 'approve-at-will').catch(
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(WorkflowUpdateFailedError);
    await decide(run, request, 'ada', 'approve-with-review', { reason: 'in May' });
    expect(await run.result()).toEqual({
      outcome: 'approved',
      by: 'ada',
      note: 'in May',
      option: 'approve-with-review',
    });
    expect((await timeline(run)).find(({ kind }) => kind === 'decided')).toMatchObject({
      option: 'approve-with-review',
    });
  });
});
