/** Shapes within shapes, and people asked deep inside of them. */
import { fileURLToPath } from 'node:url';
import type { ApprovalRequest, SynthesisTask } from '@batonhq/baton';
import type { WorkflowHandle } from '@temporalio/client';
import { scriptedModel } from '@batonhq/baton/testing';
import { expect, test } from 'vitest';
import { until, view, withDesk } from '../fixtures/harness.js';

const workflows = fileURLToPath(new URL('../fixtures/nested-workflows.ts', import.meta.url));

const model = scriptedModel({
  planner: [
    {
      output: {
        rationale: 'two pages',
        subtasks: ['tea', 'milk'].map((task) => ({ id: task, kind: 'press', task, dependsOn: [] })),
      },
    },
  ],
  scribe: (request) => ({ content: `on ${/Write about (\w+)/.exec(JSON.stringify(request.messages))?.[1]}` }),
  joiner: ({ input }) => {
    const { results } = input as unknown as SynthesisTask;
    return { content: results.map(({ output }) => String(output as string)).join('; ') };
  },
});

/** Approves pending requests until this many are approved; returns where each stood. */
async function approving(run: WorkflowHandle, count: number): Promise<string[]> {
  const seen = new Map<string, string>();
  while (seen.size < count) {
    const fresh = await until(async () => {
      const waiting = await run.query<ApprovalRequest[]>('pending');
      return waiting.find(({ id }) => !seen.has(id));
    });
    seen.set(fresh.id, fresh.path);
    await run.executeUpdate('decide', { args: [{ request: fresh.id, option: 'approve', by: 'ada' }] });
  }
  return [...seen.values()];
}

test('nested: a crew is a node of a graph that is a worker of a plan that is a part; people decide at the root, each where it stands', async () => {
  await withDesk({ model, workflows }, async (desk) => {
    const run = await desk.start('wholly', 'a magazine');
    const paths = await approving(run, 4);
    expect(await run.result()).toBe('on tea, printed by ada; on milk, printed by ada');
    expect(new Set(paths).size).toBe(4);
    for (const path of paths) expect(path).toMatch(/plan-0\/(tea|milk)\/pressing-0\/press-0\/step-[12]\//);
    expect(await view(run)).toMatchObject({ state: 'completed', owner: 'wholly' });
  });
});
