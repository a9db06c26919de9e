/** Decisions other than approve and reject: edit, redirect, answer, abort. */
import { WorkflowUpdateFailedError, type WorkflowHandle } from '@temporalio/client';
import { describe, expect, test } from 'vitest';
import type { DecisionTicket } from '@batonhq/baton';
import { implement } from '@batonhq/baton/worker';
import { scriptedModel } from '@batonhq/baton/testing';
import { failureOf, firstRequest, timeline, until, view, withDesk } from '../fixtures/harness.js';
import { pay } from '../fixtures/team.js';

const payBob = { toolCalls: [{ name: 'pay', args: { to: 'bob', cents: 500 } }] };

function decide(run: WorkflowHandle, decision: Record<string, unknown>): Promise<DecisionTicket> {
  return run.executeUpdate('decide', { args: [{ by: 'ada', ...decision }] });
}

async function refusal(run: WorkflowHandle, decision: Record<string, unknown>) {
  const error: unknown = await decide(run, decision).catch((reason: unknown) => reason);
  if (!(error instanceof WorkflowUpdateFailedError)) throw new Error(`Not refused: ${JSON.stringify(error)}`);
  const cause = error.cause as { type?: string; message: string };
  return { code: cause.type, message: cause.message };
}

function till() {
  const paid: unknown[] = [];
  const tools = [implement(pay, (args) => (paid.push(args), { receipt: `r${paid.length}` }))];
  return { paid, tools };
}

describe('edit', () => {
  test('P4 edit: makes a new revision with a new digest, and only that is carried out once it is approved', async () => {
    const { paid, tools } = till();
    await withDesk({ model: scriptedModel({}), tools }, async (desk) => {
      const run = await desk.start('pays', { to: 'bob', cents: 500 });
      const before = await firstRequest(run);
      expect(before).toMatchObject({ revision: 1, argsSchema: { required: ['to', 'cents'] } });
      const ticket = await decide(run, {
        request: before.id,
        option: 'edit',
        args: { to: 'bob', cents: 50 },
        reason: 'less will do',
      });
      expect(ticket).toMatchObject({ option: 'edit', revision: 2, by: 'ada' });
      const after = await firstRequest(run);
      expect(after).toMatchObject({
        id: before.id,
        revision: 2,
        editedBy: 'ada',
        action: { tool: 'pay', args: { to: 'bob', cents: 50 } },
        digest: ticket.digest,
      });
      expect(after.digest).not.toBe(before.digest);
      expect((await run.describe()).memo).toMatchObject({
        baton: { pending: [{ revision: 2, digest: after.digest }] },
      });
      expect(paid).toEqual([]);
      await decide(run, { request: before.id, option: 'approve', digest: after.digest });
      expect(await run.result()).toEqual({
        outcome: 'performed',
        output: { receipt: 'r1' },
        approvedBy: 'ada',
        edited: { by: 'ada', args: { to: 'bob', cents: 50 } },
      });
      expect(paid).toEqual([{ to: 'bob', cents: 50 }]);
      const edited = (await timeline(run)).find(({ kind }) => kind === 'edited');
      expect(edited).toMatchObject({ request: before.id, revision: 2, by: 'ada', reason: 'less will do' });
    });
  });

  test('P5 a decision about the old revision is refused, and so is an approval that names none', async () => {
    const { paid, tools } = till();
    await withDesk({ model: scriptedModel({}), tools }, async (desk) => {
      const run = await desk.start('pays', { to: 'bob', cents: 500 });
      const { id, digest } = await firstRequest(run);
      await decide(run, { request: id, option: 'edit', args: { to: 'eve', cents: 9_999 } });
      expect(await refusal(run, { request: id, option: 'approve', digest })).toMatchObject({
        code: 'REQUEST_CHANGED',
      });
      expect(await refusal(run, { request: id, option: 'approve' })).toMatchObject({
        code: 'REQUEST_CHANGED',
        message: expect.stringContaining((await firstRequest(run)).digest ?? '-'),
      });
      expect(paid).toEqual([]);
      await decide(run, { request: id, option: 'reject', reason: 'not eve' });
      expect(await run.result()).toMatchObject({ outcome: 'rejected' });
    });
  });

  test('arguments that do not fit the tool are refused, and the request stays as it was', async () => {
    await withDesk({ model: scriptedModel({}) }, async (desk) => {
      const run = await desk.start('pays', { to: 'bob', cents: 500 });
      const before = await firstRequest(run);
      expect(
        await refusal(run, { request: before.id, option: 'edit', args: { to: 'bob', cents: 'all' } }),
      ).toMatchObject({ code: 'DECISION_INVALID', message: expect.stringContaining('cents: ') });
      expect(await refusal(run, { request: before.id, option: 'edit' })).toMatchObject({
        code: 'DECISION_MALFORMED',
      });
      expect(
        await refusal(run, { request: before.id, option: 'approve', args: { to: 'bob', cents: 1 } }),
      ).toMatchObject({ code: 'DECISION_MALFORMED', message: expect.stringContaining('"args" belongs to') });
      expect(await firstRequest(run)).toEqual(before);
    });
  });

  test('an agent sees that its arguments were edited, and with which arguments the tool was called', async () => {
    const { paid, tools } = till();
    const model = scriptedModel({ cashier: [payBob, { content: 'paid' }] });
    await withDesk({ model, tools }, async (desk) => {
      const run = await desk.start('cashes', 'pay bob');
      const { id } = await firstRequest(run);
      const { digest } = await decide(run, { request: id, option: 'edit', args: { to: 'bob', cents: 50 } });
      await decide(run, { request: id, option: 'approve', digest });
      expect(await run.result()).toBe('paid');
      expect(paid).toEqual([{ to: 'bob', cents: 50 }]);
      expect(model.calls[1]?.request.messages.at(-1)).toMatchObject({
        role: 'tool',
        ok: true,
        content: expect.stringMatching(/^ada changed the arguments .*cents: 50[\s\S]*r1/),
      });
    });
  });
});

describe('redirect', () => {
  test('P4 redirect: nothing is carried out, and an agent that takes the same task does it', async () => {
    const { paid, tools } = till();
    const model = scriptedModel({ cashier: [payBob], 'senior-cashier': [{ content: 'settled otherwise' }] });
    await withDesk({ model, tools }, async (desk) => {
      const run = await desk.start('tilled', 'pay bob');
      const request = await firstRequest(run);
      // The judge gives another shape of answer, so it cannot stand in.
      expect(request.redirectTo).toEqual(['senior-cashier']);
      expect(await refusal(run, { request: request.id, option: 'redirect', to: 'judge' })).toMatchObject({
        code: 'OPTION_NOT_OFFERED',
        message: expect.stringContaining('senior-cashier'),
      });
      await decide(run, {
        request: request.id,
        option: 'redirect',
        to: 'senior-cashier',
        reason: 'too large for you',
      });
      expect(await run.result()).toBe('settled otherwise');
      expect(paid).toEqual([]);
      expect(model.calls.at(-1)?.request.messages[0]).toMatchObject({
        content: expect.stringMatching(/take over from cashier.*redirected to you by ada: too large for you/),
        data: 'pay bob',
      });
      expect((await timeline(run)).filter(({ kind }) => kind === 'handoff')).toMatchObject([
        { from: 'cashier', to: 'senior-cashier', by: 'person' },
      ]);
      expect(await view(run)).toMatchObject({ pending: [], counts: { handoffs: 1 } });
    });
  });

  test('what else the agent asked in the same turn is withdrawn', async () => {
    const model = scriptedModel({
      cashier: [{ toolCalls: [...payBob.toolCalls, { name: 'pay', args: { to: 'eve', cents: 1 } }] }],
      'senior-cashier': [{ content: 'done' }],
    });
    await withDesk({ model }, async (desk) => {
      const run = await desk.start('tilled', 'pay both');
      const both = await until(async () => {
        const { pending } = await view(run);
        return pending.length === 2 && pending;
      });
      await decide(run, { request: both[0]?.id, option: 'redirect', to: 'senior-cashier' });
      expect(await run.result()).toBe('done');
      expect((await view(run)).pending).toEqual([]);
    });
  });

  test('an orchestration that offers it learns to whom', async () => {
    await withDesk({ model: scriptedModel({}) }, async (desk) => {
      const run = await desk.start('routedByPerson', 'Who takes it?');
      const { id } = await firstRequest(run);
      await decide(run, { request: id, option: 'redirect', to: 'day-shift' });
      expect(await run.result()).toEqual({ outcome: 'redirected', to: 'day-shift', by: 'ada' });
    });
  });
});

describe('answer', () => {
  test('P4 answer: text by default, and it comes back with who gave it', async () => {
    await withDesk({ model: scriptedModel({}) }, async (desk) => {
      const run = await desk.start('asksText', 'Which colour?');
      const request = await firstRequest(run);
      expect(request).toMatchObject({
        answerSchema: { type: 'string' },
        options: [{ id: 'answer' }, { id: 'abort' }],
      });
      expect(await refusal(run, { request: request.id, option: 'approve' })).toMatchObject({
        code: 'OPTION_NOT_OFFERED',
      });
      await decide(run, { request: request.id, option: 'answer', answer: 'green' });
      expect(await run.result()).toEqual({ answer: 'green', by: 'ada' });
    });
  });

  test('an invalid answer is refused with its problems, and noted when it came by signal; a valid one resumes the run', async () => {
    await withDesk({ model: scriptedModel({}) }, async (desk) => {
      const run = await desk.start('asksTrip', null);
      const { id } = await firstRequest(run);
      expect(
        await refusal(run, { request: id, option: 'answer', answer: { to: 'Rome', seats: 0 } }),
      ).toMatchObject({ code: 'DECISION_INVALID', message: expect.stringContaining('seats: ') });
      await run.signal('decide', { request: id, option: 'answer', answer: 'Rome' });
      const note = await until(async () => (await timeline(run)).find(({ kind }) => kind === 'note'));
      expect(note).toMatchObject({ code: 'DECISION_INVALID' });
      await decide(run, { request: id, option: 'answer', answer: { to: 'Rome', seats: 2 } });
      expect(await run.result()).toBe('2 to Rome, says ada');
    });
  });

  test.each([
    ['a number that JSON can write and nobody can hold', '{"a":1e999}'],
    ['what nests without end', `${'['.repeat(5_000)}${']'.repeat(5_000)}`],
  ])('%s is refused, by signal too, and the run can still be decided', async (_what, json) => {
    await withDesk({ model: scriptedModel({}) }, async (desk) => {
      const run = await desk.start('notes', { about: 'x' });
      const { id } = await firstRequest(run);
      await desk.client.workflowService.signalWorkflowExecution({
        namespace: 'default',
        workflowExecution: { workflowId: run.workflowId },
        signalName: 'decide',
        input: { payloads: [plainJson(`{"request":"${id}","option":"edit","args":{"about":${json}}}`)] },
      });
      const note = await until(async () => (await timeline(run)).find(({ kind }) => kind === 'note'));
      expect(note).toMatchObject({ code: 'DECISION_MALFORMED' });
      await decide(run, { request: id, option: 'reject', reason: 'no' });
      expect(await run.result()).toMatchObject({ outcome: 'rejected' });
    });
  });

  test('an edit for which the tool’s own rule throws is refused, and the run keeps waiting', async () => {
    await withDesk({ model: scriptedModel({}) }, async (desk) => {
      const run = await desk.start('notes', { about: 'x' });
      const { id } = await firstRequest(run);
      const args = { about: 'throw' };
      expect(await refusal(run, { request: id, option: 'edit', args })).toMatchObject({
        code: 'DECISION_INVALID',
        message: expect.stringContaining('the rule throws'),
      });
      await decide(run, { request: id, option: 'reject', reason: 'no' });
      await run.result();
    });
  });

  test('text that cannot be hashed is refused before anything depends on it', async () => {
    const half = 'a\uD83D';
    await withDesk({ model: scriptedModel({}) }, async (desk) => {
      const run = await desk.start('pays', { to: 'bob', cents: 500 });
      const { id } = await firstRequest(run);
      const args = { to: half, cents: 1 };
      expect(await refusal(run, { request: id, option: 'edit', args })).toMatchObject({
        code: 'DECISION_MALFORMED',
        message: expect.stringContaining('surrogate'),
      });
      expect(await refusal(run, { request: id, option: 'reject', reason: half })).toMatchObject({
        code: 'DECISION_MALFORMED',
      });
      await decide(run, { request: id, option: 'reject', reason: 'no' });
      expect(await run.result()).toMatchObject({ outcome: 'rejected' });
      expect(await failureOf(await desk.start('hello', half))).toMatchObject({ code: 'BAD_INPUT' });
    });
  });

  test('an answer that is too large for a history is refused', async () => {
    await withDesk({ model: scriptedModel({}) }, async (desk) => {
      const run = await desk.start('asksText', 'How long?');
      const { id } = await firstRequest(run);
      const answer = 'x'.repeat(40_000);
      expect(await refusal(run, { request: id, option: 'answer', answer })).toMatchObject({
        code: 'DECISION_INVALID',
      });
    });
  });
});

describe('an irreversible action that has begun', () => {
  /** Pays Ada slowly: it begins, and ends when the test says so. */
  function slowTill() {
    let begun: () => void = () => {};
    let finish: () => void = () => {};
    const hasBegun = new Promise<void>((resolve) => (begun = resolve));
    const mayEnd = new Promise<void>((resolve) => (finish = resolve));
    const tools = [
      implement(pay, async () => {
        begun();
        await mayEnd;
        return { receipt: 'r1' };
      }),
    ];
    return { tools, hasBegun, finish };
  }

  test('D1 a redirected agent’s payment is waited for, recorded, and told to who takes over', async () => {
    const { tools, hasBegun, finish } = slowTill();
    const payAda = { name: 'pay', args: { to: 'ada', cents: 1 } };
    const model = scriptedModel({
      cashier: [{ toolCalls: [payAda, ...payBob.toolCalls] }],
      'senior-cashier': [{ content: 'done' }],
    });
    await withDesk({ model, tools }, async (desk) => {
      const run = await desk.start('tilled', 'pay both');
      const [first, second] = await until(async () => {
        const { pending } = await view(run);
        return pending.length === 2 && pending;
      });
      await decide(run, { request: first?.id, option: 'approve' });
      await hasBegun;
      await decide(run, { request: second?.id, option: 'redirect', to: 'senior-cashier' });
      finish();
      expect(await run.result()).toBe('done');
      expect(model.calls.at(-1)?.request.messages[0]).toMatchObject({
        content: expect.stringMatching(/cannot be undone; do not repeat it: pay \(to: ada.*r1/),
      });
      expect(await view(run)).toMatchObject({ counts: { toolCalls: 1 } });
      expect(await timeline(run)).toContainEqual(
        expect.objectContaining({ kind: 'tool', tool: 'pay', outcome: 'done' }),
      );
    });
  });

  test.each([
    ['a parallel branch fails', { option: 'reject', reason: 'no' }, 'completed'],
    ['a person ends the run', { option: 'abort', reason: 'stop' }, 'ABORTED'],
  ])('D1 its outcome is recorded when %s', async (_when, decision, end) => {
    const { tools, hasBegun, finish } = slowTill();
    await withDesk({ model: scriptedModel({}), tools }, async (desk) => {
      const run = await desk.start('paysBesideApproval', { to: 'ada', cents: 1 });
      const both = await until(async () => {
        const { pending } = await view(run);
        return pending.length === 2 && pending;
      });
      const [paying, asking] = [both.find(({ tool }) => tool), both.find(({ tool }) => !tool)];
      await decide(run, { request: paying?.id, option: 'approve' });
      await hasBegun;
      await decide(run, { request: asking?.id, ...decision });
      finish();
      const ended = await run.result().then(
        () => 'completed',
        () => failureOf(run).then(({ code }) => code),
      );
      expect(ended).toBe(end);
      expect(await timeline(run)).toContainEqual(
        expect.objectContaining({ kind: 'tool', tool: 'pay', outcome: 'done' }),
      );
    });
  });
});

describe('abort', () => {
  test('P4 abort: the run ends as failed with the reason, even when its code catches errors', async () => {
    const model = scriptedModel({ writer: () => ({ content: 'never asked' }) });
    await withDesk({ model }, async (desk) => {
      const run = await desk.start('stubborn', null);
      const { id } = await firstRequest(run);
      expect(await refusal(run, { request: id, option: 'abort' })).toMatchObject({
        code: 'DECISION_MALFORMED',
      });
      await decide(run, { request: id, option: 'abort', reason: 'wrong customer' });
      expect(await failureOf(run)).toMatchObject({
        code: 'ABORTED',
        message: expect.stringContaining('wrong customer'),
      });
      expect(model.calls).toEqual([]);
      expect((await timeline(run)).at(-1)).toMatchObject({ kind: 'run-ended', code: 'ABORTED' });
    });
  });

  test('a child agent: ending it at its request ends the whole run', async () => {
    const model = scriptedModel({ hermit: [payBob] });
    await withDesk({ model }, async (desk) => {
      const run = await desk.start('remote', 'pay bob');
      const { id } = await until(async () => (await view(run)).pending[0]);
      const child = desk.client.workflow.getHandle(id.slice(0, id.lastIndexOf('/')));
      await decide(child, { request: id, option: 'abort', reason: 'stop all' });
      expect(await failureOf(run)).toMatchObject({ code: 'ABORTED' });
    });
  });
});

/** A payload with JSON that `JSON.stringify` would not write. */
function plainJson(text: string) {
  const encode = (plain: string): Uint8Array => new TextEncoder().encode(plain);
  return { metadata: { encoding: encode('json/plain') }, data: encode(text) };
}
