/** People as receivers: delegated to, handed to, routed to, redirected from. */
import type { WorkflowHandle } from '@temporalio/client';
import type { ApprovalRequest, DecisionTicket } from '@batonhq/baton';
import { scriptedModel } from '@batonhq/baton/testing';
import { describe, expect, test } from 'vitest';
import { failureOf, firstRequest, timeline, until, view, withDesk } from '../fixtures/harness.js';

const large = { order: 'A-1', cents: 25_000 };
const refunded = { refund: true, note: 'twice charged' };

function decide(run: WorkflowHandle, decision: Record<string, unknown>): Promise<DecisionTicket> {
  return run.executeUpdate('decide', { args: [{ by: 'ada', ...decision }] });
}

/** The request that waits after another one has been decided. */
function nextRequest(run: WorkflowHandle, before: string): Promise<ApprovalRequest> {
  return until(async () => {
    const pending = await run.query<ApprovalRequest[]>('pending');
    return pending.find(({ id }) => id !== before);
  });
}

describe('a person as a receiver', () => {
  test('P0 delegate: a person is shown the task whole, and their answer comes back parsed', async () => {
    await withDesk({ model: scriptedModel({}) }, async (desk) => {
      const run = await desk.start('settlesByPerson', large);
      const request = await firstRequest(run);
      expect(request).toMatchObject({
        reason: 'handed-over',
        question: 'How is this case settled?',
        details: expect.stringMatching(/order: A-1[\s\S]*cents: 25000/),
        askedOf: { name: 'manager', roles: ['finance'] },
        answerSchema: { required: ['refund', 'note'] },
        redirectTo: ['caseworker', 'auditor'],
      });
      expect(request.options.map(({ id }) => id)).toEqual(
        expect.arrayContaining(['accept', 'answer', 'redirect', 'abort']),
      );
      expect((await view(run)).active).toMatchObject([{ agent: 'manager' }]);
      await expect(
        decide(run, { request: request.id, option: 'answer', answer: { refund: 'yes' } }),
      ).rejects.toThrow();
      await decide(run, { request: request.id, option: 'answer', answer: refunded });
      expect(await run.result()).toBe('refunded: twice charged');
      expect((await timeline(run)).find(({ kind }) => kind === 'returned')).toMatchObject({
        from: 'manager',
      });
    });
  });

  test('P0 handoff: the sender owns the task until the person takes it on; the result stays open until they give it', async () => {
    await withDesk({ model: scriptedModel({}) }, async (desk) => {
      const run = await desk.start('leavesToPerson', large);
      const { id } = await firstRequest(run);
      expect((await view(run)).owner).toBe('leavesToPerson');
      await decide(run, { request: id, option: 'accept' });
      const open = await nextRequest(run, id);
      expect((await view(run)).owner).toBe('manager');
      expect(open).toMatchObject({ details: expect.stringContaining('Taken on by ada') });
      expect(open.options.map((option) => option.id)).not.toContain('accept');
      await decide(run, { request: open.id, option: 'answer', answer: refunded });
      expect(await run.result()).toEqual(refunded);
    });
  });

  test('P0 routed: a rule leads to a person, and to an agent', async () => {
    const model = scriptedModel({ caseworker: [{ output: { refund: false, note: 'small' } }] });
    await withDesk({ model }, async (desk) => {
      const small = await desk.start('settlesBySize', { order: 'A-2', cents: 5 });
      expect(await small.result()).toEqual({ refund: false, note: 'small' });
      const run = await desk.start('settlesBySize', large);
      const request = await firstRequest(run);
      expect(request.askedOf?.name).toBe('manager');
      await decide(run, { request: request.id, option: 'answer', answer: refunded });
      expect(await run.result()).toEqual(refunded);
    });
  });

  test('P0 redirect: a person gives the task to another person, who is told by whom and why', async () => {
    await withDesk({ model: scriptedModel({}) }, async (desk) => {
      const run = await desk.start('leavesToPerson', large);
      const { id } = await firstRequest(run);
      await decide(run, { request: id, option: 'redirect', to: 'auditor', reason: 'I know the customer' });
      const next = await nextRequest(run, id);
      expect(next).toMatchObject({
        askedOf: { name: 'auditor', roles: ['audit', 'finance'] },
        details: expect.stringContaining('Moved here by ada: I know the customer'),
      });
      expect((await view(run)).owner).toBe('leavesToPerson');
      await decide(run, { request: next.id, option: 'answer', answer: refunded });
      expect(await run.result()).toEqual(refunded);
      expect((await view(run)).owner).toBe('auditor');
    });
  });

  test('P0 deadline: a person who does not answer in time fails the step, with nothing done', async () => {
    await withDesk({ model: scriptedModel({}) }, async (desk) => {
      const run = await desk.start('hurries', 'now');
      expect((await failureOf(run)).code).toBe('APPROVAL_EXPIRED');
    });
  });
});
