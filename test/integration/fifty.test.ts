/** Many child agents at the same time. */
import { fileURLToPath } from 'node:url';
import { scriptedModel } from '@batonhq/baton/testing';
import { expect, test } from 'vitest';
import { view, withDesk } from '../fixtures/harness.js';

const workflows = fileURLToPath(new URL('../fixtures/fifty-workflows.ts', import.meta.url));

test('fifty: child agents work at the same time, and their results come in order', async () => {
  const parts = Array.from({ length: 50 }, (_, index) => `part ${index}`);
  let asked = 0;
  let go: () => void = () => {};
  const all = new Promise<void>((resolve) => {
    go = resolve;
  });
  const model = scriptedModel({
    specialist: async ({ input }) => {
      asked += 1;
      if (asked === parts.length) go();
      // No agent answers before all are asked.
      await all;
      return { content: `done: ${JSON.stringify(input)}` };
    },
  });
  await withDesk({ model, workflows }, async (desk) => {
    const run = await desk.start('fifty', parts);
    expect(await run.result()).toEqual(parts.map((part) => `done: "${part}"`));
    expect(await view(run)).toMatchObject({ state: 'completed', counts: { modelCalls: 50 } });
    const { events } = await run.fetchHistory();
    const children = (events ?? []).filter((event) => event.childWorkflowExecutionCompletedEventAttributes);
    expect(children).toHaveLength(50);
  });
});
