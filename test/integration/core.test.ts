/** The core on a real dev server: verbs, turns, repair, handoff, failures. */
import { describe, expect, test } from 'vitest';
import { implement } from '@batonhq/baton/worker';
import { scriptedModel } from '@batonhq/baton/testing';
import { echo } from '../fixtures/team.js';
import { failureOf, firstRequest, timeline, view, withDesk } from '../fixtures/harness.js';

const finish = (content: string) => ({ content });

describe('hello, the first minute', () => {
  test('O5 P3 H11 hello: delegates, waits for a person, hands off, and the receiver owns the task', async () => {
    const model = scriptedModel({ researcher: [finish('the facts')], writer: [finish('the report')] });
    await withDesk({ model }, async (desk) => {
      const run = await desk.start('hello', 'what is known?');
      const request = await firstRequest(run);
      expect(request).toMatchObject({
        question: 'Publish?',
        askedBy: 'hello',
        reason: 'asked-by-orchestration',
      });
      expect(await view(run)).toMatchObject({ state: 'waiting', owner: 'hello' });

      await run.executeUpdate('decide', { args: [{ request: request.id, option: 'approve', by: 'ada' }] });
      expect(await run.result()).toBe('the report');

      expect(await view(run)).toMatchObject({
        state: 'completed',
        owner: 'writer',
        counts: { modelCalls: 2, handoffs: 1 },
      });
      const kinds = (await timeline(run)).map((event) => event.kind);
      expect(kinds).toEqual([
        'run-started',
        'delegated',
        'context',
        'turn',
        'returned',
        'asked',
        'decided',
        'handoff',
        'context',
        'turn',
        'accepted',
        'run-ended',
      ]);
      expect(model.calls.map((call) => call.agent)).toEqual(['researcher', 'writer']);
      expect(model.calls[1]?.request.input).toEqual({ question: 'what is known?', facts: 'the facts' });
    });
  });
});

describe('the turn loop', () => {
  test('O1 tools: one call of the model, one of the tool, and the result goes back to the model', async () => {
    const model = scriptedModel({
      researcher: [{ toolCalls: [{ name: 'echo', args: { text: 'hi' } }] }, finish('done')],
    });
    await withDesk({ model }, async (desk) => {
      const run = await desk.start('single', 'say hi');
      expect(await run.result()).toBe('done');
      expect(model.calls[1]?.request.messages.at(-1)).toMatchObject({
        role: 'tool',
        content: 'echo: hi',
        ok: true,
      });
    });
  });

  test('tools: the agent sees the error when a tool fails, is unknown, or its arguments do not fit', async () => {
    const model = scriptedModel({
      researcher: [
        {
          toolCalls: [
            { name: 'echo', args: { text: 'hi' } },
            { name: 'nope', args: {} },
            { name: 'echo', args: { txt: 1 } },
          ],
        },
        finish('done'),
      ],
    });
    const tools = [implement(echo, () => Promise.reject(new Error('the line is dead')))];
    await withDesk({ model, tools }, async (desk) => {
      const run = await desk.start('single', 'say hi');
      expect(await run.result()).toBe('done');
      const told = model.calls[1]?.request.messages.slice(-3).map((message) => message.content);
      expect(told).toEqual([
        expect.stringContaining('There is no tool nope. Your tools: echo.'),
        expect.stringContaining('text: Invalid input'),
        'echo failed: the line is dead',
      ]);
    });
  });

  test('D2 repair: an answer that does not fit its schema goes back with the reason, at most twice', async () => {
    const model = scriptedModel({
      judge: [
        finish('maybe'),
        { output: { verdict: 'perhaps', why: 'unsure' } },
        { output: { verdict: 'yes', why: 'sure' } },
      ],
    });
    await withDesk({ model }, async (desk) => {
      const run = await desk.start('judged', 'is it so?');
      expect(await run.result()).toEqual({ verdict: 'yes', why: 'sure' });
      expect(model.calls[1]?.request.messages.at(-1)).toMatchObject({
        source: 'repair',
        content: expect.stringContaining('is not JSON'),
      });
      expect(model.calls[2]?.request.messages.at(-1)).toMatchObject({
        content: expect.stringContaining('verdict: Invalid option'),
      });
    });
  });

  test('D2 repair: a third unusable answer fails the run with OUTPUT_INVALID', async () => {
    const model = scriptedModel({ judge: () => finish('maybe') });
    await withDesk({ model }, async (desk) => {
      const run = await desk.start('judged', 'is it so?');
      expect(await failureOf(run)).toMatchObject({
        code: 'OUTPUT_INVALID',
        message: expect.stringContaining('judge'),
      });
      expect(model.calls).toHaveLength(3);
    });
  });
});
