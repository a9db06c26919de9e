/** Tasks that go in circles, on a real server: stopped with the way round, unless something new was found out. */
import { expect, test } from 'vitest';
import { handoffCall } from '@batonhq/baton';
import { scriptedModel, type ScriptedStep } from '@batonhq/baton/testing';
import { failureOf, timeline, view } from '../fixtures/harness.js';
import { withLimitsDesk } from '../fixtures/limits-desk.js';

const hands = (to: string, task: string): ScriptedStep => ({ toolCalls: [handoffCall(to, { task })] });
const looks = (what: string): ScriptedStep => ({ toolCalls: [{ name: 'look', args: { what } }] });

test('H10 an exact repeat is stopped, with the circle named, and H11 the sender still owns the task', async () => {
  const model = scriptedModel({
    ann: () => hands('bob', 'the same'),
    bob: (_request, index) => (index === 0 ? looks('a') : hands('ann', 'back')),
  });
  await withLimitsDesk({ model }, async (desk) => {
    const run = await desk.start('moves', 'go');
    expect(await failureOf(run)).toEqual({
      code: 'HANDOFF_LOOP',
      message:
        'The task goes in a circle: ann → bob → ann → bob, handing off exactly the same again. ann still has it; bob did not get it again.',
    });
    expect((await view(run)).owner).toBe('ann');
    const handoffs = (await timeline(run)).filter(({ kind }) => kind === 'handoff');
    expect(handoffs).toMatchObject([{ to: 'ann' }, { to: 'bob' }, { to: 'ann' }]);
  });
});

test('H10 other words with no new result are a loop too, over more than two agents', async () => {
  const model = scriptedModel({
    ann: (_request, index) => hands('bob', `words ${index}`),
    bob: (_request, index) => hands('cy', `words ${index}`),
    cy: (_request, index) => hands('ann', `words ${index}`),
  });
  await withLimitsDesk({ model }, async (desk) => {
    const run = await desk.start('moves', 'go');
    expect(await failureOf(run)).toEqual({
      code: 'HANDOFF_LOOP',
      message:
        'The task goes in a circle: ann → bob → cy → ann → bob, no new result since ann handed off to bob before. ann still has it; bob did not get it again.',
    });
  });
});

test('H10 results that were known before are not progress, in a child workflow either', async () => {
  const model = scriptedModel({
    ann: (_request, index) => hands('bob', `words ${index}`),
    bob: (_request, index) => hands('cy', `words ${index}`),
    // The same is looked up in each round: new in the first, known in the second.
    cy: (_request, index) => (index % 2 === 0 ? looks('the same') : hands('ann', `words ${index}`)),
  });
  await withLimitsDesk({ model }, async (desk) => {
    const run = await desk.start('moves', 'go');
    expect(await failureOf(run)).toMatchObject({
      code: 'HANDOFF_LOOP',
      message: expect.stringContaining(
        'cy → ann → bob → cy → ann, no new result since cy handed off to ann before',
      ),
    });
    expect(model.calls.filter(({ agent }) => agent === 'cy')).toHaveLength(4);
  });
});

test('H10 a circle with progress continues until the contract’s limit', async () => {
  const rounds = (last: number) =>
    scriptedModel({
      ann: (_request, index) => hands('bob', `words ${index}`),
      bob: (_request, index) => {
        if (index % 2 === 0) return looks(`thing ${index}`);
        return index > last * 2 ? { content: 'found it' } : hands('ann', `words ${index}`);
      },
      // An agent that owns the task again continues its own conversation, and gets a summary of the messages
      // since then.
      '@summary': () => ({ content: 'They have looked at things.' }),
    });
  await withLimitsDesk({ model: rounds(2) }, async (desk) => {
    const run = await desk.start('moves', 'go');
    expect(await run.result()).toBe('found it');
    expect((await view(run)).owner).toBe('bob');
  });
  await withLimitsDesk({ model: rounds(9) }, async (desk) => {
    const run = await desk.start('moves', 'go');
    expect(await failureOf(run)).toMatchObject({
      code: 'HANDOFF_LIMIT',
      message: expect.stringContaining(
        'The task went from ann to bob 3 times, as often as contract ann-to-bob@1 allows. ann still has it.',
      ),
    });
    expect((await view(run)).owner).toBe('ann');
  });
});
