/** A run's history: a readable story, and no more bytes than the story needs. */
import type { WorkflowHandle } from '@temporalio/client';
import { temporal } from '@temporalio/proto';
import { expect, test } from 'vitest';
import { scriptedModel } from '@batonhq/baton/testing';
import { firstRequest, timeline, withDesk } from '../fixtures/harness.js';

const ANSWER = 'x'.repeat(2_000);

async function events(run: WorkflowHandle) {
  return (await run.fetchHistory()).events ?? [];
}

function summaries(history: Awaited<ReturnType<typeof events>>): string[] {
  return history.flatMap((event) => {
    const data = event.userMetadata?.summary?.data;
    return data ? [JSON.parse(new TextDecoder().decode(data)) as string] : [];
  });
}

test('D4 the summaries of a run tell what happened, in order', async () => {
  const model = scriptedModel({
    researcher: [{ toolCalls: [{ name: 'echo', args: { text: 'hi' } }] }, { content: 'facts' }],
    writer: [{ content: 'report' }],
  });
  await withDesk({ model }, async (desk) => {
    const run = await desk.start('hello', 'what is known?');
    const { id } = await firstRequest(run);
    await run.executeUpdate('decide', { args: [{ request: id, option: 'approve' }] });
    await run.result();
    expect(summaries(await events(run))).toEqual([
      'researcher: turn 1, what is known?',
      'echo for researcher: text: hi',
      'researcher: turn 2',
      'writer: turn 1, question: what is known?, facts: facts',
    ]);
  });
});

test('D4 the current details begin with the owner and the pending requests of each person', async () => {
  await withDesk({ model: scriptedModel({ researcher: [{ content: 'facts' }] }) }, async (desk) => {
    const run = await desk.start('hello', 'what is known?');
    const { id } = await firstRequest(run);
    const { currentDetails } = await run.query<{ currentDetails: string }>('__temporal_workflow_metadata');
    const lines = currentDetails.split('\n').filter((line) => line !== '');
    expect(lines.slice(0, 3)).toEqual([
      '**hello** has control.',
      'Waits for a person:',
      `- **Publish?** (asked by hello) \`${id}\``,
    ]);
    expect(lines.at(-1)).toBe('1 model calls (scripted), 0 tool calls, 0 handoffs.');
    await run.terminate();
  });
});

test('D4 a deadline’s timer says what it is the deadline of', async () => {
  await withDesk({ model: scriptedModel({}) }, async (desk) => {
    const run = await desk.start('asks', { question: 'Ship it?', deadlineMs: 86_400_000 });
    await firstRequest(run);
    expect(summaries(await events(run))).toEqual(['deadline: Ship it?']);
    await run.terminate();
  });
});

test('one step of a chain is one activity and six events', async () => {
  await withDesk({ model: scriptedModel({ writer: () => ({ content: 'ok' }) }) }, async (desk) => {
    const lengths = [];
    for (const steps of [10, 20]) {
      const run = await desk.start('chain', { steps });
      await run.result();
      lengths.push((await events(run)).length);
    }
    expect((lengths[1] ?? 0) - (lengths[0] ?? 0)).toBe(60);
  });
});

test.each([
  ['delegations of a chain', 'chain'],
  ['turns of one agent', 'long'],
])(
  'D3 %s: at most 6 kB of history a model call besides its own new text, at 20 and at 100',
  async (_what, workflow) => {
    for (const calls of [20, 100]) {
      const turns = Array.from({ length: calls - 1 }, () => ({
        toolCalls: [{ name: 'echo', args: { text: ANSWER } }],
      }));
      const model = scriptedModel({
        writer: () => ({ content: ANSWER }),
        runner: [...turns, { content: ANSWER }],
      });
      await withDesk({ model }, async (desk) => {
        const run = await desk.start(workflow, workflow === 'chain' ? { steps: calls } : 'go on');
        await run.result();
        const history = await events(run);
        const bytes = temporal.api.history.v1.History.encode({ events: history }).finish().length;
        const modelCalls = (await timeline(run)).filter((event) => event.kind === 'turn').length;
        expect(modelCalls).toBe(calls);
        const newText = workflow === 'chain' ? calls * ANSWER.length : ANSWER.length;
        expect((bytes - newText) / modelCalls).toBeLessThanOrEqual(6_000);
        console.log(
          `${workflow}, ${modelCalls} calls: ${Math.round((bytes - newText) / modelCalls)} bytes a call besides the text`,
        );
      });
    }
  },
);
