/** People as receivers: delegated to, handed to, routed to, redirected from. */
import type { WorkflowHandle } from '@temporalio/client';
import { handoffCall, type ApprovalRequest, type DecisionTicket } from '@batonhq/baton';
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
        reason: 'handoff',
        question: 'How is this case settled?',
        details: expect.stringMatching(/order: A-1[\s\S]*cents: 25000/),
        askedOf: { name: 'manager', roles: ['finance'] },
        answerSchema: { required: ['refund', 'note'] },
        // Everyone who returns the same result, and the targets of the manager's contracts.
        redirectTo: ['caseworker', 'auditor', 'archivist'],
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

  test('P0 handoff: the sender owns the task until the person accepts it; the result stays pending until the person answers', async () => {
    await withDesk({ model: scriptedModel({}) }, async (desk) => {
      const run = await desk.start('leavesToPerson', large);
      const { id } = await firstRequest(run);
      expect((await view(run)).owner).toBe('leavesToPerson');
      await decide(run, { request: id, option: 'accept' });
      const open = await nextRequest(run, id);
      expect((await view(run)).owner).toBe('manager');
      expect(open).toMatchObject({ details: expect.stringContaining('Accepted by ada') });
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

  test('P0 redirect: a person redirects the task to another person, who sees the sender and the reason', async () => {
    await withDesk({ model: scriptedModel({}) }, async (desk) => {
      const run = await desk.start('leavesToPerson', large);
      const { id } = await firstRequest(run);
      await decide(run, { request: id, option: 'redirect', to: 'auditor', reason: 'I know the customer' });
      const next = await nextRequest(run, id);
      expect(next).toMatchObject({
        askedOf: { name: 'auditor', roles: ['audit', 'finance'] },
        details: expect.stringContaining('Redirected to you by ada: I know the customer'),
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

const handsOff = {
  toolCalls: [
    handoffCall('manager', large, {
      task: { goal: 'Settle A-1.', expected: 'A resolution.', acceptance: ['the customer is told'] },
      summary: { done: ['looked A-1 up'], needToKnow: ['the customer is a VIP'] },
    }),
  ],
};

describe('a person at the end of a declared contract', () => {
  test('P0 H8 acknowledgement: accepting names every required item, and moves ownership', async () => {
    await withDesk({ model: scriptedModel({ caseworker: [handsOff] }) }, async (desk) => {
      const run = await desk.start('settles', large);
      const { id, details } = await firstRequest(run);
      for (const part of ['caseworker', 'A resolution.', 'the customer is told', 'looked A-1 up', 'VIP'])
        expect(details).toContain(part);
      await decide(run, { request: id, option: 'accept' });
      const accepted = (await timeline(run)).find(({ kind }) => kind === 'accepted');
      expect(accepted).toMatchObject({
        by: 'manager',
        items: [expect.stringMatching(/^order@[0-9a-f]{8}$/), expect.stringMatching(/^cents@[0-9a-f]{8}$/)],
      });
      const open = await nextRequest(run, id);
      await decide(run, { request: open.id, option: 'answer', answer: refunded });
      expect(await run.result()).toEqual(refunded);
    });
  });

  test('P4 ask back: the sender answers outside its task, and the same request stays open', async () => {
    const model = scriptedModel({
      caseworker: [handsOff, { output: { answers: ['The second one.'] } }],
    });
    await withDesk({ model }, async (desk) => {
      const run = await desk.start('settles', large);
      const { id, digest } = await firstRequest(run);
      await decide(run, { request: id, option: 'ask-back', questions: ['Which order?'], by: 'mia' });
      const answered = await until(async () => {
        const request = await firstRequest(run);
        return request.conversation?.[0]?.answeredAt !== undefined && request;
      });
      expect(answered).toMatchObject({ id, digest, revision: 1 });
      expect(answered.conversation).toMatchObject([
        { by: 'mia', answers: ['The second one.'], answeredBy: 'caseworker' },
      ]);
      await decide(run, { request: id, option: 'answer', answer: refunded });
      expect(await run.result()).toEqual(refunded);
    });
  });

  test('P0 H8 clarify: the sender is asked, its answer is shown, and the task is not accepted before that', async () => {
    const model = scriptedModel({
      caseworker: [handsOff, { output: { answers: ['The second one.'] } }],
    });
    await withDesk({ model }, async (desk) => {
      const run = await desk.start('settles', large);
      const { id } = await firstRequest(run);
      await expect(decide(run, { request: id, option: 'clarify' })).rejects.toThrow();
      await decide(run, { request: id, option: 'clarify', questions: ['Which invoice?'] });
      const again = await nextRequest(run, id);
      expect(again.details).toContain(
        '1. "Which invoice?": "The second one.", answered by "caseworker" (an agent)',
      );
      const events = await timeline(run);
      expect(events.some(({ kind }) => kind === 'accepted')).toBe(false);
      expect(events.find(({ kind }) => kind === 'clarification')).toMatchObject({
        by: 'manager',
        round: 1,
        answers: [{ question: 'Which invoice?', answer: 'The second one.', by: 'caseworker' }],
      });
      expect(model.calls[1]?.request.tools).toEqual([]);
      await decide(run, { request: again.id, option: 'answer', answer: refunded });
      expect(await run.result()).toEqual(refunded);
    });
  });

  test('P0 H8 clarify: code that gave the task cannot be asked, so another person is; a third round is refused', async () => {
    await withDesk({ model: scriptedModel({}) }, async (desk) => {
      const run = await desk.start('leavesToPerson', large);
      let last = (await firstRequest(run)).id;
      for (const round of [1, 2]) {
        await decide(run, { request: last, option: 'clarify', questions: [`Question ${round}?`] });
        const question = await nextRequest(run, last);
        expect(question).toMatchObject({ reason: 'clarification', question: `Question ${round}?` });
        await decide(run, { request: question.id, option: 'answer', answer: `answer ${round}` });
        const again = await nextRequest(run, question.id);
        expect(again.details).toContain(`answer ${round}`);
        last = again.id;
      }
      expect((await firstRequest(run)).details).toContain('answer 1');
      await decide(run, { request: last, option: 'clarify', questions: ['Question 3?'] });
      expect((await failureOf(run)).code).toBe('HANDOFF_UNCLEAR');
      expect((await view(run)).owner).toBe('leavesToPerson');
    });
  });

  test('P0 H8 H11 decline: needs a reason, accepts nothing, and fails the run with the reason without a policy', async () => {
    await withDesk({ model: scriptedModel({}) }, async (desk) => {
      const run = await desk.start('leavesToPerson', large);
      const { id } = await firstRequest(run);
      await expect(decide(run, { request: id, option: 'decline' })).rejects.toThrow();
      await decide(run, { request: id, option: 'decline', reason: 'above my limit' });
      expect(await failureOf(run)).toMatchObject({
        code: 'HANDOFF_DECLINED',
        message: expect.stringContaining('ada: above my limit'),
      });
      expect((await view(run)).owner).toBe('leavesToPerson');
      expect((await timeline(run)).find(({ kind }) => kind === 'declined')).toMatchObject({ by: 'manager' });
    });
  });

  test('P0 T3 return: a task that a person accepted and returned goes to the declared alternative', async () => {
    await withDesk({ model: scriptedModel({}) }, async (desk) => {
      const run = await desk.start('coversPerson', large);
      const { id } = await firstRequest(run);
      await decide(run, { request: id, option: 'accept' });
      const open = await nextRequest(run, id);
      expect(open.options.map((option) => option.id)).toEqual(['answer', 'decline', 'redirect', 'abort']);
      await decide(run, { request: open.id, option: 'decline', reason: 'on holiday' });
      const other = await nextRequest(run, open.id);
      expect(other).toMatchObject({
        askedOf: { name: 'auditor' },
        details: expect.stringContaining('on holiday'),
      });
      expect((await view(run)).owner).toBe('coversPerson');
      expect((await run.describe()).searchAttributes['BatonAgent']).toEqual(['coversPerson']);
      await decide(run, { request: other.id, option: 'answer', answer: refunded });
      expect(await run.result()).toEqual(refunded);
      expect((await view(run)).owner).toBe('auditor');
    });
  });

  test('P0 redirect: a person hands off by their own contract, and its receiver acknowledges the handoff', async () => {
    const model = scriptedModel({ archivist: [{ content: 'filed' }] });
    await withDesk({ model }, async (desk) => {
      const run = await desk.start('leavesToPerson', large);
      const { id } = await firstRequest(run);
      await decide(run, { request: id, option: 'redirect', to: 'archivist', reason: 'settled by phone' });
      expect(await run.result()).toBe('filed');
      expect((await timeline(run)).findLast(({ kind }) => kind === 'handoff')).toMatchObject({
        from: 'manager',
        to: 'archivist',
        by: 'person',
        contract: 'manager-to-archivist@1',
      });
      expect((await view(run)).owner).toBe('archivist');
    });
  });
});
