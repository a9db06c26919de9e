/** State graphs on a real server. */
import { fileURLToPath } from 'node:url';
import type { WorkflowHandle } from '@temporalio/client';
import { forkGraph } from '@batonhq/baton/client';
import { scriptedModel } from '@batonhq/baton/testing';
import { describe, expect, test } from 'vitest';
import { failureOf, firstRequest, timeline, until, view, withDesk, type Desk } from '../fixtures/harness.js';

const workflows = fileURLToPath(new URL('../fixtures/graph-workflows.ts', import.meta.url));

const model = scriptedModel({
  researcher: ({ input }) => ({ content: `found ${String(input as string)}` }),
  writer: ({ input }) => ({ content: `wrote: ${String(input as string)}` }),
});

const graphs = <T>(body: (desk: Desk) => Promise<T>): Promise<T> => withDesk({ model, workflows }, body);

interface Step {
  readonly step: number;
  readonly nodes: readonly string[];
  readonly state: Record<string, unknown>;
  readonly next: readonly { readonly node: string; readonly item?: unknown }[];
}
interface States {
  readonly steps: readonly Step[];
  readonly left: number;
}
const statesOf = (run: WorkflowHandle): Promise<States> => run.query<States>('states');

const decided = (run: WorkflowHandle, decision: object): Promise<unknown> =>
  run.executeUpdate('decide', { args: [{ by: 'ada', ...decision }] });

describe('O2 graph', () => {
  test('graph: a cycle with a condition ends, each state is reported, and a note marks each step', async () => {
    await graphs(async (desk) => {
      const run = await desk.start('circles', { task: 'tea' });
      expect(await run.result()).toEqual({
        task: 'tea',
        findings: ['found tea 1', 'found tea 2'],
        draft: 'wrote: found tea 1 and found tea 2',
        rounds: 3,
      });
      const { steps } = await statesOf(run);
      expect(steps.map(({ nodes }) => nodes.join())).toEqual([
        '',
        'plan',
        'research',
        'plan',
        'research',
        'plan',
        'write',
      ]);
      expect(steps[2]).toMatchObject({
        step: 2,
        state: { findings: ['found tea 1'] },
        next: [{ node: 'plan' }],
      });
      expect(await timeline(run)).toContainEqual(
        expect.objectContaining({ kind: 'note', text: 'Graph circles, step 6: write; next: END' }),
      );
      const paths = (await timeline(run)).flatMap((event) => (event.kind === 'turn' ? [event.path] : []));
      expect(paths).toEqual([
        'step-2/research/researcher-0',
        'step-4/research/researcher-0',
        'step-6/write/writer-0',
      ]);
    });
  });

  test('graph: parallel nodes are joined in declared order, not in the order they finish, and the join runs once', async () => {
    await graphs(async (desk) => {
      const run = await desk.start('abreast', {});
      expect(await run.result()).toMatchObject({ words: ['begin', 'found slow', 'quick', 'joined 3'] });
    });
  });

  test('graph: a fan-out has a branch for each item, joined in their order; it continues without items', async () => {
    await graphs(async (desk) => {
      const items = Array.from({ length: 20 }, (_, index) => `i${index}`);
      const run = await desk.start('fans', { items });
      const { words } = (await run.result()) as { words: string[] };
      expect(words).toEqual([...items.map((item) => `${item}: found ${item}`), 'joined 20']);
      const none = await desk.start('fans', { items: [] });
      expect(await none.result()).toMatchObject({ words: ['joined 0'] });
    });
  });

  test('graph: a declared join of unequal branches runs once, also where the run is forked while it waits', async () => {
    await graphs(async (desk) => {
      const run = await desk.start('meets', {});
      const { id, path } = await firstRequest(run);
      expect(path).toBe('step-4/e/approval-0');
      await decided(run, { request: id, option: 'approve' });
      expect(await run.result()).toEqual({ ran: ['a', 'b', 'c', 'd', 'ada'] });
      const { steps } = await statesOf(run);
      expect(steps[3]).toMatchObject({ nodes: ['d'], held: [{ node: 'e' }], next: [{ node: 'e' }] });
      const fork = await forkGraph(desk.client, run.workflowId, { step: 3 });
      const again = desk.client.workflow.getHandle(fork.workflowId);
      await decided(again, { request: (await firstRequest(again)).id, option: 'approve' });
      expect(await again.result()).toEqual({ ran: ['a', 'b', 'c', 'd', 'ada'] });
    });
  });

  test('graph: a slow parallel branch does not block a branch that is a part', async () => {
    await graphs(async (desk) => {
      const run = await desk.start('sides', {});
      const { id } = await firstRequest(run);
      await until(async () => (await timeline(run)).some((event) => event.kind === 'turn'));
      await decided(run, { request: id, option: 'approve' });
      expect(await run.result()).toEqual({ ran: ['a', 'ada', 'c', 'found d'] });
    });
  });

  test('graph: a node clears an optional key with undefined', async () => {
    await graphs(async (desk) => {
      const run = await desk.start('clears', {});
      expect(await run.result()).toEqual({ ran: ['nothing'] });
    });
  });

  test('graph: a graph and a person are nodes, and an approval in a node waits in the run', async () => {
    await graphs(async (desk) => {
      const run = await desk.start('nests', { task: 'tea' });
      const request = await firstRequest(run);
      expect(request.question).toContain('Publish wrote: found tea 1');
      expect(request.path).toBe('step-2/publish/approval-0');
      await decided(run, { request: request.id, option: 'approve' });
      const task = await until(async () => {
        const next = await firstRequest(run);
        return next.id !== request.id && next;
      });
      await decided(run, { request: task.id, option: 'answer', answer: 'better' });
      expect(await run.result()).toMatchObject({ draft: 'better', verdict: 'published by ada' });
      const part = await desk.start('partly', 'tea');
      expect(await part.result()).toMatchObject({ rounds: 3 });
    });
  });

  test('graph: at an interrupt a person sees the state, changes it to what fits, and lets it go on', async () => {
    await graphs(async (desk) => {
      const run = await desk.start('stops', { draft: 'a' });
      const before = await firstRequest(run);
      expect(before).toMatchObject({
        question: 'Graph stops stands before write (step 1). Continue with this state?',
        action: { args: { draft: 'a' } },
      });
      expect(before.options.map(({ id }) => id)).toEqual(['approve', 'reject', 'edit', 'abort']);
      await expect(
        decided(run, { request: before.id, option: 'edit', args: { draft: 7 }, digest: before.digest }),
      ).rejects.toThrow();
      await decided(run, { request: before.id, option: 'edit', args: { draft: 'b' }, digest: before.digest });
      const edited = await until(async () => {
        const next = await firstRequest(run);
        return next.revision === 2 && next;
      });
      await decided(run, { request: before.id, option: 'approve', digest: edited.digest });
      const after = await until(async () => {
        const next = await firstRequest(run);
        return next.id !== before.id && next;
      });
      expect(after.action?.args).toEqual({ draft: 'b, written' });
      await decided(run, { request: after.id, option: 'approve' });
      expect(await run.result()).toEqual({ draft: 'b, written' });
      const other = await desk.start('stops', { draft: 'a' });
      const { id } = await firstRequest(other);
      await decided(other, { request: id, option: 'reject', reason: 'not like this' });
      expect(await failureOf(other)).toMatchObject({
        code: 'REJECTED',
        message: expect.stringContaining('not like this'),
      });
    });
  });

  test('graph: continues in new executions with its states, and stops at its recursion limit', async () => {
    await graphs(async (desk) => {
      const run = await desk.start('climbs', { to: 8 });
      expect(await run.result()).toEqual({ n: 8, to: 8 });
      const last = desk.client.workflow.getHandle(run.workflowId);
      expect((await statesOf(last)).steps.map(({ state }) => state['n'])).toEqual([
        0, 1, 2, 3, 4, 5, 6, 7, 8,
      ]);
      expect((await view(last)).state).toBe('completed');
      const endless = await desk.start('climbs', { to: 100 });
      expect(await failureOf(endless)).toMatchObject({
        code: 'STEP_BUDGET',
        message: expect.stringContaining('has taken 12 steps'),
      });
    });
  });

  test('graph: a run continues from a step of another run, with an edited state', async () => {
    await graphs(async (desk) => {
      const run = await desk.start('circles', { task: 'tea' });
      await run.result();
      const at = (await statesOf(run)).steps.find(({ step }) => step === 3);
      const fork = {
        v: 1,
        of: run.workflowId,
        step: 3,
        nodes: at?.nodes,
        state: { ...at?.state, task: 'milk' },
      };
      const forked = await desk.start('circles', { 'baton.fork': fork });
      expect(await forked.result()).toMatchObject({ findings: ['found tea 1', 'found milk 2'], rounds: 3 });
      for (const wrong of [
        { ...fork, nodes: ['nobody'] },
        { ...fork, nodes: 'plan' },
        { ...fork, state: { task: 1 } },
        { ...fork, state: { ...fork.state, tusk: 'typing error' } },
      ]) {
        expect(await failureOf(await desk.start('circles', { 'baton.fork': wrong }))).toMatchObject({
          code: 'BAD_INPUT',
        });
      }
    });
  });

  test.each([
    ['stray', 'BAD_DEFINITION', 'The router after choose of graph errs named nowhere, and it declares other'],
    ['nobody', 'BAD_DEFINITION', 'The router after choose of graph errs named nobody, and it declares other'],
    ['type', 'OUTPUT_INVALID', 'does not fit its schema after choose'],
    ['none', 'OUTPUT_INVALID', 'Node choose of graph errs gave 7'],
  ])('graph: what goes wrong in a step has a code: %s', async (how, code, message) => {
    await graphs(async (desk) => {
      expect(await failureOf(await desk.start('errs', { how }))).toMatchObject({
        code,
        message: expect.stringContaining(message),
      });
    });
  });

  test('graph: an input that is not the state is refused', async () => {
    await graphs(async (desk) => {
      for (const input of [{}, null, { task: 7 }]) {
        expect(await failureOf(await desk.start('circles', input))).toMatchObject({ code: 'BAD_INPUT' });
      }
    });
  });
});
