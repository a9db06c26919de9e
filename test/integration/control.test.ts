/** The owner of a task, and the forbidden changes of ownership. */
import { handoffCall } from '@batonhq/baton';
import { ApplicationFailure } from '@temporalio/common';
import { describe, expect, test } from 'vitest';
import { cancelRun, resultOf } from '@batonhq/baton/client';
import { scriptedModel } from '@batonhq/baton/testing';
import { failureOf, firstRequest, timeline, until, view, withDesk } from '../fixtures/harness.js';

const idle = scriptedModel({
  writer: () => ({ content: 'written' }),
  researcher: () => ({ content: 'found' }),
});

describe('a handoff', () => {
  test.each([
    ['afterHandoff', 'delegate was used after control had moved to writer'],
    ['notReturned', 'Control moved to writer, but the orchestration returned something else'],
    ['handoffInBranch', 'A branch of parallel cannot hand off to writer'],
  ])('CONTROL_MOVED: %s fails when control is used after it moved', async (workflow, message) => {
    await withDesk({ model: idle }, async (desk) => {
      const failure = await failureOf(await desk.start(workflow, null));
      expect(failure).toMatchObject({ code: 'CONTROL_MOVED', message: expect.stringContaining(message) });
    });
  });

  test('T1 an agent hands off in its own turn: the receiver gets the payload and its result comes back', async () => {
    const payload = { title: 'Findings', points: ['a', 'b'] };
    const model = scriptedModel({
      lead: [{ toolCalls: [handoffCall('author', payload)] }],
      author: [{ content: 'the report' }],
    });
    await withDesk({ model }, async (desk) => {
      const run = await desk.start('weighed', { findings: ['a', 'b', 'c'] });
      expect(await run.result()).toBe('the report');
      expect(model.calls.map((call) => call.agent)).toEqual(['lead', 'author']);
      expect(model.calls[1]?.request.input).toEqual(payload);
      expect(JSON.stringify(model.calls[1]?.request)).not.toContain('"c"');
      expect(await timeline(run)).toContainEqual(
        expect.objectContaining({
          kind: 'handoff',
          from: 'lead',
          to: 'author',
          by: 'agent',
          trigger: 'specialization',
          contract: 'lead-to-author@1',
        }),
      );
      // Control came back: the lead had only been delegated to.
      expect(await view(run)).toMatchObject({ owner: 'weighed', counts: { handoffs: 1 } });
    });
  });

  test('H7 a payload that breaks the contract goes back to the sender, and control stays there', async () => {
    const model = scriptedModel({
      lead: [
        { toolCalls: [handoffCall('author', { title: 'Findings' })] },
        { toolCalls: [handoffCall('author', { title: 'Findings', points: [] })] },
      ],
      author: [{ content: 'the report' }],
    });
    await withDesk({ model }, async (desk) => {
      const run = await desk.start('weighed', { findings: [] });
      expect(await run.result()).toBe('the report');
      expect(model.calls[1]?.request.messages.at(-1)).toMatchObject({
        role: 'tool',
        content: expect.stringMatching(
          /contract lead-to-author@1 is not met.\npayload.points: Invalid input/,
        ),
      });
    });
  });

  test('two handoffs in one answer: neither is carried out, and the sender gets an error', async () => {
    const call = handoffCall('author', { title: 'F', points: [] });
    const model = scriptedModel({
      lead: [{ toolCalls: [call, call] }, { output: { verdict: 'no', why: 'kept it' } }],
    });
    await withDesk({ model }, async (desk) => {
      expect(await (await desk.start('weighed', { findings: [] })).result()).toEqual({
        verdict: 'no',
        why: 'kept it',
      });
      expect(model.calls.map((entry) => entry.agent)).toEqual(['lead', 'lead']);
    });
  });

  test('H11 the sender owns the task until the receiver has accepted it', async () => {
    let release = (): void => {};
    const asked = new Promise<void>((resolve) => {
      release = resolve;
    });
    const scripted = scriptedModel({ lead: () => ({ output: { verdict: 'yes', why: 'w' } }) });
    const model = {
      ...scripted,
      calls: scripted.calls,
      generate: async (...args: Parameters<typeof scripted.generate>) => {
        await asked;
        return scripted.generate(...args);
      },
    };
    await withDesk({ model }, async (desk) => {
      const run = await desk.start('moved', null);
      await until(async () => (await view(run)).active.some((step) => step.agent === 'lead'));
      expect((await view(run)).owner).toBe('moved');
      release();
      await run.result();
      expect((await view(run)).owner).toBe('lead');
    });
  });
});

describe('an orchestration', () => {
  test('UNKNOWN_AGENT: an agent outside the team is refused when the compiler was not asked', async () => {
    await withDesk({ model: idle }, async (desk) => {
      const failure = await failureOf(await desk.start('stranger', null));
      expect(failure).toEqual({
        code: 'UNKNOWN_AGENT',
        message: 'Team desk has no agent writer. It has: lead, author, judge.',
      });
    });
  });

  test('STEP_BUDGET: a loop ends when its declared steps are used, and says so before', async () => {
    await withDesk({ model: idle }, async (desk) => {
      const run = await desk.start('spendthrift', null);
      expect(await failureOf(run)).toMatchObject({ code: 'STEP_BUDGET' });
      expect(await timeline(run)).toContainEqual(
        expect.objectContaining({ kind: 'note', text: '3 of 3 steps are used.' }),
      );
    });
  });

  test.each([
    ['weighed', { findings: 'none' }],
    ['weighed', null],
    ['asks', 'a string'],
  ])('BAD_INPUT: %s fails with a code when a raw client starts it with %j', async (workflow, input) => {
    await withDesk({ model: idle }, async (desk) => {
      expect(await failureOf(await desk.start(workflow, input))).toMatchObject({ code: 'BAD_INPUT' });
    });
  });

  test.each([
    ['text that is not JSON', 'json/plain', '{"question": '],
    ['an unknown encoding', 'binary/of-mine', 'x'],
  ])('BAD_INPUT: hello fails with a code when its input is %s', async (_what, encoding, data) => {
    await withDesk({ model: idle }, async (desk) => {
      const bytes = (text: string) => new TextEncoder().encode(text);
      const workflowId = `unreadable-${desk.taskQueue}`;
      await desk.client.workflowService.startWorkflowExecution({
        namespace: 'default',
        requestId: workflowId,
        workflowId,
        workflowType: { name: 'hello' },
        taskQueue: { name: desk.taskQueue },
        input: { payloads: [{ metadata: { encoding: bytes(encoding) }, data: bytes(data) }] },
      });
      const run = desk.client.workflow.getHandle(workflowId);
      expect(await failureOf(run)).toMatchObject({
        code: 'BAD_INPUT',
        message: expect.stringContaining('cannot be read'),
      });
    });
  });

  test('a signal and an update that cannot be read change nothing and wedge nothing', async () => {
    await withDesk({ model: idle }, async (desk) => {
      const run = await desk.start('asks', { question: 'Go?' });
      const { id } = await firstRequest(run);
      const broken = {
        payloads: [
          {
            metadata: { encoding: new TextEncoder().encode('json/plain') },
            data: new TextEncoder().encode('{'),
          },
        ],
      };
      const workflowExecution = { workflowId: run.workflowId };
      await desk.client.workflowService.signalWorkflowExecution({
        namespace: 'default',
        workflowExecution,
        signalName: 'decide',
        input: broken,
      });
      const { outcome } = await desk.client.workflowService.updateWorkflowExecution({
        namespace: 'default',
        workflowExecution,
        waitPolicy: { lifecycleStage: 3 },
        request: { meta: { updateId: 'broken' }, input: { name: 'decide', args: broken } },
      });
      expect(outcome?.failure?.applicationFailureInfo?.type).toBe('DECISION_MALFORMED');
      expect(await timeline(run)).toContainEqual(
        expect.objectContaining({ kind: 'note', code: 'DECISION_MALFORMED' }),
      );
      await run.executeUpdate('decide', { args: [{ request: id, option: 'approve' }] });
      await run.result();
    });
  });

  test('CANCELLED: a cancelled run withdraws its pending requests, reports its end, and can be cancelled once', async () => {
    await withDesk({ model: idle }, async (desk) => {
      const run = await desk.start('asks', { question: 'Go?' });
      await firstRequest(run);
      await cancelRun(desk.client, run.workflowId);
      await expect(resultOf(desk.client, run.workflowId)).rejects.toMatchObject({ code: 'CANCELLED' });
      expect((await timeline(run)).at(-1)).toMatchObject({ kind: 'run-ended', code: 'CANCELLED' });
      expect(await view(run)).toMatchObject({ state: 'failed', pending: [] });
      expect((await run.describe()).searchAttributes).toMatchObject({ BatonState: ['running'] });
      await expect(cancelRun(desk.client, run.workflowId)).rejects.toMatchObject({ code: 'RUN_CLOSED' });
      await expect(cancelRun(desk.client, 'nobody')).rejects.toMatchObject({ code: 'UNKNOWN_RUN' });
    });
  });

  test('STEP_FAILED: a step that fails without a code of its own ends the run with one', async () => {
    const model = {
      name: 'odd',
      offline: false,
      generate: () => Promise.reject(ApplicationFailure.nonRetryable('something nobody thought of')),
    };
    await withDesk({ model }, async (desk) => {
      expect(await failureOf(await desk.start('single', 'x'))).toEqual({
        code: 'STEP_FAILED',
        message: 'A step (callModel) failed as often as it may: something nobody thought of',
      });
    });
  });

  test('an error in its own code leaves the run stuck but not lost, until corrected code takes over', async () => {
    await withDesk({ model: idle }, async (desk) => {
      const run = await desk.start('broken', null);
      const attempts = await until(async () => {
        const { raw } = await run.describe();
        return Number(raw.pendingWorkflowTask?.attempt ?? 0) > 1 && raw.pendingWorkflowTask?.attempt;
      });
      expect(attempts).toBeGreaterThan(1);
      expect((await run.describe()).status.name).toBe('RUNNING');
      await run.terminate();
    });
  });
});

describe('parallel', () => {
  test('T2 branches run at the same time and results keep the order of the branches', async () => {
    const tasks = ['one', 'two', 'three'];
    const waiting: (() => void)[] = [];
    const scripted = scriptedModel({ writer: (request) => ({ content: `did ${request.input as string}` }) });
    const model = {
      ...scripted,
      calls: scripted.calls,
      generate: async (...args: Parameters<typeof scripted.generate>) => {
        // Nobody is answered before all have asked: a sequence would wait for ever.
        await new Promise<void>((resolve) => {
          waiting.push(resolve);
          if (waiting.length === tasks.length) for (const go of waiting.toReversed()) go();
        });
        return scripted.generate(...args);
      },
    };
    await withDesk({ model }, async (desk) => {
      const run = await desk.start('fan', tasks);
      expect(await run.result()).toEqual(['did one', 'did two', 'did three']);
      const paths = (await timeline(run))
        .filter((event) => event.kind === 'delegated')
        .map((event) => event.path);
      expect(paths).toEqual(['parallel-0/0/writer-0', 'parallel-0/1/writer-0', 'parallel-0/2/writer-0']);
    });
  });

  test('collect: a branch that fails takes nothing from the others', async () => {
    const model = scriptedModel({
      judge: (request) =>
        request.input === 'bad' ? { content: 'no JSON' } : { output: { verdict: 'yes', why: 'w' } },
    });
    await withDesk({ model }, async (desk) => {
      expect(await (await desk.start('fanCollected', ['good', 'bad', 'good'])).result()).toEqual([
        'yes',
        'OUTPUT_INVALID',
        'yes',
      ]);
    });
  });
});
