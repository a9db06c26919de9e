/** State graphs under attack, on a real server: state changed in place, orders, and people in several branches at once. */
import { fileURLToPath } from 'node:url';
import type { WorkflowHandle } from '@temporalio/client';
import type { ApprovalRequest } from '@batonhq/baton';
import { forkGraph, graphStates } from '@batonhq/baton/client';
import { scriptedModel } from '@batonhq/baton/testing';
import { describe, expect, test } from 'vitest';
import { failureOf, firstRequest, until, view, withDesk, type Desk } from '../fixtures/harness.js';

const workflows = fileURLToPath(new URL('../fixtures/graph-attack-workflows.ts', import.meta.url));
const model = scriptedModel({ slow: () => ({ content: 'late' }) });

const attacked = <T>(body: (desk: Desk) => Promise<T>): Promise<T> => withDesk({ model, workflows }, body);

const pending = (run: WorkflowHandle, count: number): Promise<readonly ApprovalRequest[]> =>
  until(async () => {
    const all = await run.query<ApprovalRequest[]>('pending');
    return all.length === count && all;
  });

const decided = (run: WorkflowHandle, decision: object): Promise<unknown> =>
  run.executeUpdate('decide', { args: [{ by: 'ada', ...decision }] });

describe('O2 graph, under attack', () => {
  test('graph: a node that mutates its input changes neither the state of other nodes nor any reported state', async () => {
    await attacked(async (desk) => {
      const run = await desk.start('mutates', {});
      expect(await run.result()).toEqual({ words: ['first', 'right'] });
      const { steps } = await graphStates(desk.client, run.workflowId);
      expect(steps.map(({ state }) => state)).toEqual([
        { words: [] },
        { words: ['first'] },
        { words: ['first', 'right'] },
      ]);
    });
  });

  test('graph: reducers are asked in the order that the router names, not in that of who was faster', async () => {
    await attacked(async (desk) => {
      const run = await desk.start('races', {});
      expect(await run.result()).toEqual({
        last: 'soon',
        sum: 12,
        order: ['late', 'soon', 'after soon'],
      });
    });
  });

  test('graph: what two nodes of a step say of a key without a reducer is not lost, but an error', async () => {
    await attacked(async (desk) => {
      const run = await desk.start('clashes', {});
      expect(await failureOf(run)).toMatchObject({
        code: 'BAD_DEFINITION',
        message:
          'Graph clashes: web and papers give findings in one step, and it has no reducer: only one of them would stay. Declare one, as reducers: { findings: append }, or (before, given) => given to take the last.',
      });
    });
  });

  test('graph: an unknown key of the input is named, and an input that is not an object gets the expected shape', async () => {
    await attacked(async (desk) => {
      const stray = await failureOf(await desk.start('steers', { to: 'left', wnet: 'x' }));
      expect(stray).toMatchObject({
        code: 'BAD_INPUT',
        message:
          'Graph steers got the key wnet, which its state does not have: it has to, went. Did you mean "went"?',
      });
      const text = await failureOf(await desk.start('steers', 'left'));
      expect(text).toMatchObject({
        code: 'BAD_INPUT',
        message:
          'Graph steers got left, but takes an object with the keys of its state (to, went) that have no initial value.',
      });
    });
  });

  test('graph: a graph that stops is a node in each branch, and each branch has its own request and state', async () => {
    await attacked(async (desk) => {
      const items = ['a', 'b', 'c'];
      const run = await desk.start('sections', { items });
      const requests = await pending(run, 3);
      expect(new Set(requests.map(({ id }) => id)).size).toBe(3);
      expect(new Set(requests.map(({ path }) => path)).size).toBe(3);
      const shown = requests.map(({ action }) => JSON.stringify(action?.args));
      expect(shown.toSorted()).toEqual(items.map((text) => JSON.stringify({ text })));
      // Decided from the last to the first, and the middle one edited.
      for (const request of [...requests].reverse()) {
        const { id, action } = request;
        let { digest } = request;
        if (JSON.stringify(action?.args) === '{"text":"b"}') {
          await decided(run, { request: id, option: 'edit', args: { text: 'B' }, digest });
          const edited = await until(async () => {
            const all = await run.query<ApprovalRequest[]>('pending');
            return all.find((each) => each.id === id && each.revision === 2);
          });
          ({ digest } = edited);
        }
        await decided(run, { request: id, option: 'approve', digest });
      }
      expect(await run.result()).toMatchObject({ texts: ['a!', 'B!', 'c!'] });
    });
  });

  test('graph: people work on all items at once, and their results are in the order of the items', async () => {
    await attacked(async (desk) => {
      const items = ['a', 'b', 'c', 'd'];
      const run = await desk.start('desks', { items });
      const requests = await pending(run, items.length);
      for (const { id, path } of [...requests].reverse())
        await decided(run, { request: id, option: 'answer', answer: `done at ${path}` });
      const { texts } = (await run.result()) as { texts: string[] };
      const paths = requests.map(({ path }) => `done at ${path}`);
      expect(texts).toHaveLength(4);
      expect([...texts].toSorted()).toEqual(paths.toSorted());
      expect(texts).toEqual(texts.toSorted());
    });
  });

  test('graph: after a stop the edges go by the state as it was edited', async () => {
    await attacked(async (desk) => {
      const run = await desk.start('steers', { to: 'left' });
      const { id, digest } = await firstRequest(run);
      await decided(run, { request: id, option: 'edit', args: { to: 'right', went: '' }, digest });
      const edited = await until(async () => {
        const next = await firstRequest(run);
        return next.revision === 2 && next;
      });
      await decided(run, { request: id, option: 'approve', digest: edited.digest });
      expect(await run.result()).toEqual({ to: 'right', went: 'right' });
      const forked = await forkGraph(desk.client, run.workflowId, { step: 1, edit: { to: 'left' } });
      expect(await desk.client.workflow.getHandle(forked.workflowId).result()).toEqual({
        to: 'left',
        went: 'left',
      });
    });
  });

  test('graph: a run that waits can be forked from before it, and stays as it is', async () => {
    await attacked(async (desk) => {
      const run = await desk.start('steers', { to: 'left' });
      await firstRequest(run);
      const forked = await forkGraph(desk.client, run.workflowId, { step: 0, edit: { to: 'right' } });
      const other = desk.client.workflow.getHandle(forked.workflowId);
      const request = await firstRequest(other);
      expect(request.action?.args).toEqual({ to: 'right', went: '' });
      expect(request.id).not.toBe((await firstRequest(run)).id);
      for (const each of [run, other])
        await decided(each, { request: (await firstRequest(each)).id, option: 'approve' });
      expect(await run.result()).toMatchObject({ went: 'left' });
      expect(await other.result()).toMatchObject({ went: 'right' });
    });
  });

  test('graph: a node that fails ends the run with its code, and withdraws the requests of parallel nodes', async () => {
    await attacked(async (desk) => {
      const run = await desk.start('breaks', {});
      expect(await failureOf(run)).toMatchObject({
        code: 'OUTPUT_INVALID',
        message: expect.stringContaining('Node code of graph breaks gave null'),
      });
      expect((await view(run)).state).toBe('failed');
      expect(await run.query('pending')).toEqual([]);
      const { steps } = await graphStates(desk.client, run.workflowId);
      expect(steps.map(({ step }) => step)).toEqual([0, 1]);
    });
  });
});
