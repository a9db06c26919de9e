/** The runs of shapes whose histories are kept. A run that goes on in a new execution has two: of the first, and of the last. */
import type { WorkflowHandle } from '@temporalio/client';
import type { Model, ToolImplementation } from '@batonhq/baton/worker';
import { approve } from './recordings.js';
import { echoing, tools } from '../fixtures/swarm-model.js';
import { until } from '../fixtures/harness.js';

export interface ShapeRecording {
  readonly workflow: string;
  readonly input: unknown;
  readonly model: Model;
  readonly tools?: readonly ToolImplementation[];
  readonly act?: (run: WorkflowHandle) => Promise<unknown>;
}

const answered = (run: WorkflowHandle, turns: number): Promise<true> =>
  until(async () => (await run.query<{ answered: number }>('talk')).answered >= turns);

export const shapeRecordings: Readonly<Record<string, ShapeRecording>> = {
  'shape-swarm': {
    workflow: 'short',
    input: { say: 'hello' },
    model: echoing(),
    tools,
    act: async (run) => {
      await answered(run, 1);
      const texts = ['my bill', 'look it up', 'pay me', 'five', 'six', 'thanks', 'eight'];
      for (const [index, text] of texts.entries()) {
        await run.executeUpdate('say', { args: [{ text, id: `m${index}` }] });
        if (text === 'pay me') await approve(run);
        await answered(run, index + 2);
      }
      await run.signal('end-talk');
    },
  },
};
