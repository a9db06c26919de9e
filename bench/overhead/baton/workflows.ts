/** The same work on Baton: one delegate, and so one `callModel`, a step. */
import { agent } from '@batonhq/baton';
import { orchestration } from '@batonhq/baton/workflow';

const stub = agent({ name: 'stub', goal: 'Say two kilobytes.' });

export const chain = orchestration(async (steps: number, { delegate }) => {
  let characters = 0;
  for (let index = 0; index < steps; index += 1)
    characters += (await delegate(stub, `Step ${index}.`)).length;
  return characters;
});

export const held = orchestration(async (_: null, { delegate, approval }) => {
  await delegate(stub, 'Step 0.');
  await approval({ question: 'Go on?' });
});

export const sweep = orchestration(async () => {
  const { gc } = globalThis as { gc?: () => void };
  gc?.();
  return Promise.resolve(gc !== undefined);
});
