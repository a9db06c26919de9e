/** A run in several executions, and orchestrations within orchestrations. */
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { scriptedModel } from '@batonhq/baton/testing';
import { listRuns } from '@batonhq/baton/client';
import { implement } from '@batonhq/baton/worker';
import { failureOf, firstRequest, timeline, until, view, withDesk } from '../fixtures/harness.js';
import { payout } from '../fixtures/payout.js';

const workflows = fileURLToPath(new URL('../fixtures/loop-workflows.ts', import.meta.url));
const model = scriptedModel({
  writer: (request) => ({ content: `${JSON.stringify(request.input)};` }),
  editor: (request) => ({ content: `edited ${JSON.stringify(request.input)}` }),
});

test('loop: a run continues in new executions, keeps its usage, and gives each step a different path', async () => {
  await withDesk({ model, workflows }, async (desk) => {
    const run = await desk.start('lines', 7);
    expect(await run.result()).toBe([1, 2, 3, 4, 5, 6, 7].map((n) => `"line ${n}";`).join(''));
    const latest = desk.client.workflow.getHandle(run.workflowId);
    expect(await view(latest)).toMatchObject({
      state: 'completed',
      counts: { modelCalls: 7 },
      owner: 'lines',
    });
    const events = await timeline(latest);
    expect(events[0]).toMatchObject({
      kind: 'run-started',
      continues: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    expect(events.filter(({ kind }) => kind === 'turn').map(({ path }) => path)).toEqual(['r2/writer-0']);
    const before = desk.client.workflow.getHandle(run.workflowId, run.firstExecutionRunId);
    expect((await before.describe()).status.name).toBe('CONTINUED_AS_NEW');
    const { runId } = await latest.describe();
    const listed = await until(async () => {
      const runs = await listRuns(desk.client, { taskQueue: desk.taskQueue });
      return runs.some((each) => each.runId === runId && each.state === 'completed') && runs;
    });
    expect(listed).toMatchObject([{ workflowId: run.workflowId, runId }]);
  });
});

test('loop: a state that is too large is refused in words, and the run fails', async () => {
  await withDesk({ model, workflows }, async (desk) => {
    const failure = await failureOf(await desk.start('hoards', null));
    expect(failure).toMatchObject({ code: 'BAD_INPUT', message: expect.stringContaining('1000003 bytes') });
  });
});

test('part: its requests wait in the run, its handoff ends it, and control comes back', async () => {
  const tools = [implement(payout, ({ to }) => ({ receipt: `for ${to}` }))];
  await withDesk({ model, workflows, tools }, async (desk) => {
    const run = await desk.start('twice', null);
    const seen: string[] = [];
    for (const to of ['ann', 'bob']) {
      const request = await until(async () => {
        const waiting = await firstRequest(run);
        return !seen.includes(waiting.id) && waiting;
      });
      seen.push(request.id);
      expect(request.action?.args).toMatchObject({ to });
      await run.executeUpdate('decide', { args: [{ request: request.id, option: 'approve', by: 'ada' }] });
    }
    const [again, second, written] = (await run.result()) as string[];
    expect(again).toContain('edited');
    expect(second).toContain('bob');
    expect(written).toBe('"line 1";"line 2";"line 3";"line 4";');
    const events = await timeline(run);
    expect(events.flatMap((event) => (event.kind === 'handoff' ? [event.path] : []))).toEqual([
      'pays-0/editor-0',
      'pays-1/editor-0',
    ]);
    expect(await view(run)).toMatchObject({ owner: 'twice', state: 'completed' });
  });
});

test('part: what does not fit it, and what is none, is refused', async () => {
  await withDesk({ model, workflows }, async (desk) => {
    expect(await failureOf(await desk.start('wrongly', 'in'))).toMatchObject({
      code: 'BAD_INPUT',
      message: expect.stringContaining('The input of pays does not fit its schema'),
    });
    expect(await failureOf(await desk.start('wrongly', 'none'))).toMatchObject({
      code: 'BAD_INPUT',
      message: expect.stringContaining('is not an orchestration'),
    });
  });
});
