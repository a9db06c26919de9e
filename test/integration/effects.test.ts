/** Irreversible actions: asked about before, carried out once, and never repeated blindly. */
import type proto from '@temporalio/proto';
import { describe, expect, test } from 'vitest';
import { digest } from '@batonhq/baton';
import { implement, NotDone } from '@batonhq/baton/worker';
import { scriptedModel } from '@batonhq/baton/testing';
import { file, pay } from '../fixtures/team.js';
import { firstRequest, timeline, until, withDesk } from '../fixtures/harness.js';

/** A 64-bit number in the API's types; a plain one is taken as well. */
type EventId = NonNullable<
  proto.temporal.api.workflowservice.v1.IResetWorkflowExecutionRequest['workflowTaskFinishEventId']
>;

const idle = scriptedModel({});
const decision = (request: string, option: string) => ({
  args: [{ request, option, by: 'ada', reason: 'r' }] as [unknown],
});

describe('perform', () => {
  test('P4 an irreversible tool: a person sees the exact action, and it is carried out once with those arguments', async () => {
    const paid: unknown[] = [];
    const tools = [implement(pay, (args) => (paid.push(args), { receipt: 'r1' }))];
    await withDesk({ model: idle, tools }, async (desk) => {
      const run = await desk.start('pays', { to: 'bob', cents: 250 });
      const request = await firstRequest(run);
      expect(paid).toEqual([]);
      const { digest: shown, action } = request;
      const root = digest({ workflowId: run.workflowId, firstExecutionRunId: run.firstExecutionRunId }).slice(
        0,
        32,
      );
      expect(shown).toBe(digest({ request: request.id, run: root, tool: 'pay', args: action?.args }));
      await run.executeUpdate('decide', decision(request.id, 'approve'));
      expect(await run.result()).toEqual({
        outcome: 'performed',
        output: { receipt: 'r1' },
        approvedBy: 'ada',
      });
      expect(paid).toEqual([{ to: 'bob', cents: 250 }]);
    });
  });

  test('a rejected action is not carried out, and the orchestration learns why', async () => {
    const tools = [implement(pay, () => Promise.reject(new Error('must not be called')))];
    await withDesk({ model: idle, tools }, async (desk) => {
      const run = await desk.start('pays', { to: 'bob', cents: 250 });
      await run.executeUpdate('decide', decision((await firstRequest(run)).id, 'reject'));
      expect(await run.result()).toEqual({ outcome: 'rejected', by: 'ada', reason: 'r' });
    });
  });

  test('a reversible tool is called at once and its output comes back', async () => {
    await withDesk({ model: idle }, async (desk) => {
      expect(await (await desk.start('echoes', 'hi')).result()).toBe('echo: hi');
    });
  });
});

describe('an agent with an irreversible tool', () => {
  test('pauses inside its own turn, and resumes at the same point', async () => {
    const model = scriptedModel({
      cashier: [{ toolCalls: [{ name: 'pay', args: { to: 'bob', cents: 5 } }] }, { content: 'paid' }],
    });
    await withDesk({ model }, async (desk) => {
      const run = await desk.start('cashes', 'pay bob');
      const request = await firstRequest(run);
      expect(request).toMatchObject({
        askedBy: 'cashier',
        action: { tool: 'pay', args: { to: 'bob', cents: 5 } },
      });
      await run.executeUpdate('decide', decision(request.id, 'approve'));
      expect(await run.result()).toBe('paid');
      expect(model.calls[1]?.request.messages.at(-1)).toMatchObject({ role: 'tool', ok: true });
    });
  });

  test('sees the reason when a person rejects', async () => {
    const model = scriptedModel({
      cashier: [{ toolCalls: [{ name: 'pay', args: { to: 'bob', cents: 5 } }] }, { content: 'not paid' }],
    });
    await withDesk({ model }, async (desk) => {
      const run = await desk.start('cashes', 'pay bob');
      await run.executeUpdate('decide', decision((await firstRequest(run)).id, 'reject'));
      expect(await run.result()).toBe('not paid');
      expect(model.calls[1]?.request.messages.at(-1)).toMatchObject({
        ok: false,
        content: 'Not done: ada rejected it. Reason: r',
      });
    });
  });
});

describe('an agent that asks again', () => {
  const asks = (cents: number) => ({ toolCalls: [{ name: 'pay', args: { to: 'bob', cents } }] });

  test('P4 an identical call that a person rejected is refused without asking; other arguments are another question', async () => {
    const model = scriptedModel({ cashier: [asks(5), asks(5), asks(4), { content: 'gave up' }] });
    await withDesk({ model }, async (desk) => {
      const run = await desk.start('cashes', 'pay bob');
      const first = await firstRequest(run);
      await run.executeUpdate('decide', decision(first.id, 'reject'));
      const second = await until(async () => {
        const request = await firstRequest(run);
        return request.id !== first.id && request;
      });
      expect(second.action?.args).toEqual({ to: 'bob', cents: 4 });
      await run.executeUpdate('decide', decision(second.id, 'reject'));
      expect(await run.result()).toBe('gave up');
      expect(model.calls[2]?.request.messages.at(-1)).toMatchObject({
        ok: false,
        content: expect.stringMatching(
          /ada rejected it.*Nobody was asked again about the same arguments\. r/s,
        ),
      });
      const told = await timeline(run);
      expect(told.filter(({ kind }) => kind === 'asked')).toHaveLength(2);
      expect(told.filter((event) => event.kind === 'tool' && event.outcome === 'refused')).toHaveLength(3);
    });
  });
});

describe('an unknown outcome', () => {
  const attempts: string[] = [];
  const vague = () => {
    attempts.push('tried');
    return Promise.reject(new Error('the line went dead after the request was sent'));
  };

  test('D1 was-done: the action is not repeated, a person says that it took place', async () => {
    attempts.length = 0;
    await withDesk({ model: idle, tools: [implement(pay, vague)] }, async (desk) => {
      const run = await desk.start('pays', { to: 'bob', cents: 1 });
      await run.executeUpdate('decide', decision((await firstRequest(run)).id, 'approve'));
      const question = await until(async () => {
        const request = await firstRequest(run);
        return request.reason === 'unknown-outcome' && request;
      });
      expect(question.options.map(({ id, label }) => [id, label])).toEqual([
        ['was-done', 'It was paid'],
        ['do-again', 'Pay it again'],
        ['reject', 'Leave it'],
        ['abort', 'Abort the run'],
      ]);
      expect(question.details).toContain('It failed with: the line went dead after the request was sent');
      await run.executeUpdate('decide', decision(question.id, 'was-done'));
      expect(await run.result()).toEqual({ outcome: 'confirmed', by: 'ada' });
      expect(attempts).toHaveLength(1);
    });
  });

  test('D1 do-again: the action is carried out again under a new key', async () => {
    const keys: string[] = [];
    const tools = [
      implement(pay, (_args, { idempotencyKey }) => {
        keys.push(idempotencyKey);
        if (keys.length === 1) throw new Error('dead line');
        return { receipt: 'second' };
      }),
    ];
    await withDesk({ model: idle, tools }, async (desk) => {
      const run = await desk.start('pays', { to: 'bob', cents: 1 });
      await run.executeUpdate('decide', decision((await firstRequest(run)).id, 'approve'));
      await run.executeUpdate('decide', decision((await firstRequest(run)).id, 'do-again'));
      expect(await run.result()).toMatchObject({ outcome: 'performed', output: { receipt: 'second' } });
      expect(new Set(keys).size).toBe(2);
    });
  });

  test('D1 NotDone: proves nothing after an attempt with an unknown outcome, and a person is asked', async () => {
    let attempts = 0;
    const tools = [
      implement(file, () => {
        attempts += 1;
        if (attempts === 1) throw new Error('the line went dead after the request was sent');
        throw new NotDone('nothing was sent');
      }),
    ];
    await withDesk({ model: idle, tools }, async (desk) => {
      const run = await desk.start('files', 'invoice');
      const asked = await firstRequest(run);
      await run.executeUpdate('decide', decision(asked.id, 'approve'));
      const question = await until(async () => {
        const request = await firstRequest(run);
        return request.id !== asked.id && request;
      });
      expect(question.reason).toBe('unknown-outcome');
      expect(question.details).toContain('It failed with: nothing was sent');
      await run.executeUpdate('decide', decision(question.id, 'was-done'));
      expect(await run.result()).toEqual({ outcome: 'confirmed', by: 'ada' });
    });
  });

  test('NotDone: the tool says that nothing happened, so nobody needs to be asked', async () => {
    const tools = [implement(pay, () => Promise.reject(new NotDone('the account is closed')))];
    await withDesk({ model: idle, tools }, async (desk) => {
      const run = await desk.start('pays', { to: 'bob', cents: 1 });
      await run.executeUpdate('decide', decision((await firstRequest(run)).id, 'approve'));
      await expect(run.result()).rejects.toMatchObject({
        cause: { type: 'TOOL_FAILED', message: 'the account is closed' },
      });
      expect((await timeline(run)).filter((event) => event.kind === 'asked')).toHaveLength(1);
    });
  });

  test('keyed: the runtime retries automatically, because the other side recognizes repeats by their key', async () => {
    const keys: string[] = [];
    const tools = [
      implement(file, (_args, { idempotencyKey }) => {
        keys.push(idempotencyKey);
        if (keys.length < 3) throw new Error('dead line');
        return { key: idempotencyKey };
      }),
    ];
    await withDesk({ model: idle, tools }, async (desk) => {
      const run = await desk.start('files', 'contract.pdf');
      await run.executeUpdate('decide', decision((await firstRequest(run)).id, 'approve'));
      expect(await run.result()).toMatchObject({ outcome: 'performed' });
      expect(keys).toHaveLength(3);
      expect(new Set(keys).size).toBe(1);
    });
  });
});

describe('a reset', () => {
  test('D1 D5 ids stay the same, so an effect with a receipt does not take place again', async () => {
    const paid: string[] = [];
    const tools = [
      implement(pay, (_args, { idempotencyKey }) => (paid.push(idempotencyKey), { receipt: 'r1' })),
    ];
    await withDesk({ model: idle, tools }, async (desk) => {
      const run = await desk.start('pays', { to: 'bob', cents: 250 });
      const before = await firstRequest(run);
      await run.executeUpdate('decide', decision(before.id, 'approve'));
      await run.result();
      const { runId } = await desk.client.workflowService.resetWorkflowExecution({
        namespace: 'default',
        workflowExecution: { workflowId: run.workflowId, runId: run.firstExecutionRunId },
        // Right after the first workflow task, before the decision.
        workflowTaskFinishEventId: 4 as unknown as EventId,
        requestId: desk.taskQueue,
        reason: 'test',
      });
      const again = desk.client.workflow.getHandle(run.workflowId, runId);
      // A server may apply the old decision to the new run, or a person decides again: the same id either way.
      await until(async () => {
        const [pending] = await again.query<{ id: string }[]>('pending');
        if (pending) {
          expect(pending.id).toBe(before.id);
          await again.executeUpdate('decide', decision(pending.id, 'approve')).catch(() => undefined);
        }
        return (await again.describe()).status.name === 'COMPLETED';
      });
      expect(await again.result()).toMatchObject({ outcome: 'performed', output: { receipt: 'r1' } });
      expect(paid).toHaveLength(1);
    });
  });
});
