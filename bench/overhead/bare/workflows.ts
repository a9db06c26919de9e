/** The same work on Temporal alone, as a developer would write it: one activity a step. */
import { condition, proxyActivities } from '@temporalio/workflow';
import type * as activities from './activities.js';

const { step } = proxyActivities<typeof activities>({ startToCloseTimeout: '5m' });

export async function chain(steps: number): Promise<number> {
  let characters = 0;
  for (let index = 0; index < steps; index += 1) characters += (await step(`Step ${index}.`)).length;
  return characters;
}

export async function held(): Promise<void> {
  await chain(1);
  await condition(() => false);
}

export async function sweep(): Promise<boolean> {
  const { gc } = globalThis as { gc?: () => void };
  gc?.();
  return Promise.resolve(gc !== undefined);
}
