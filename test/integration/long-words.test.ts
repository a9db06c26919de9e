/**
 * The texts that a run shows on the server, which limits the bytes of each: a run continues with texts of any
 * length.
 */
import { handoffCall, type Json } from '@batonhq/baton';
import { startRun } from '@batonhq/baton/client';
import { scriptedModel } from '@batonhq/baton/testing';
import { implement } from '@batonhq/baton/worker';
import type { WorkflowHandle } from '@temporalio/client';
import { expect, test } from 'vitest';
import { firstRequest, until, view, withDesk } from '../fixtures/harness.js';
import { back, front, look } from '../fixtures/wordy-workflows.js';

const WORKFLOWS = new URL('../fixtures/wordy-workflows.ts', import.meta.url).pathname;

/** Names as long as may be, and words of one kind of character. */
function modelOf(words: string) {
  const calling = (name: string, args: Json) => ({ toolCalls: [{ name, args }] });
  return scriptedModel({
    [front.name]: ({ messages }) =>
      JSON.stringify(messages).includes('You take over')
        ? { toolCalls: [handoffCall(back.name, { words })] }
        : messages.some(({ role }) => role === 'tool')
          ? { content: words }
          : calling(look.name, { text: words }),
    [back.name]: (_request, index) =>
      index === 0 ? calling(look.name, { text: words }) : { content: words },
  });
}

/** Throws instead of waiting for a workflow task that fails again and again. */
async function goesOn(run: WorkflowHandle): Promise<void> {
  const { events } = await run.fetchHistory();
  const failed = events?.find(({ workflowTaskFailedEventAttributes: failure }) => failure);
  const { cause, failure } = failed?.workflowTaskFailedEventAttributes ?? {};
  if (failed) throw new Error(`A workflow task failed: ${String(cause)} ${failure?.message}`);
}

test.each([
  ['plain letters', 'a'],
  ['emoji', '🙂'],
  ['signs of three bytes', '漢'],
  ['quotes', '"'],
  ['control characters', '\u0001'],
])('D4 long words of %s: the run begins, waits, hands off and ends', async (_kind, character) => {
  const words = character.repeat(400);
  const tools = [implement(look, ({ text }) => text)];
  await withDesk({ model: modelOf(words), tools, workflows: WORKFLOWS }, async (desk) => {
    const id = `wordy-${desk.taskQueue}`;
    await startRun(desk.client, 'wordy', words, { id, taskQueue: desk.taskQueue });
    const run = desk.client.workflow.getHandle(id);
    const request = await until(async () => {
      await goesOn(run);
      const { memo } = await run.describe();
      return memo?.['baton'] === undefined ? undefined : firstRequest(run);
    });
    await run.executeUpdate('decide', { args: [{ request: request.id, option: 'approve', by: 'ada' }] });
    await until(async () => {
      await goesOn(run);
      return (await run.describe()).status.name !== 'RUNNING';
    });
    expect(await run.result()).toBe(words);
    const { events } = await run.fetchHistory();
    const shown = (events ?? []).flatMap(({ userMetadata }) => (userMetadata ? [userMetadata] : []));
    expect(shown.length).toBeGreaterThan(20);
    for (const { summary, details } of shown) {
      expect(summary?.data?.length ?? 0).toBeLessThan(400);
      expect(details?.data?.length ?? 0).toBeLessThan(20_000);
    }
    expect(await view(run)).toMatchObject({ owner: back.name, state: 'completed' });
  });
});
