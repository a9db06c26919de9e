/** Crews on a real server: the order of tasks, the context of each task, and the guardrails of outputs. */
import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { CrewOutput } from '@batonhq/baton/workflow';
import { scriptedModel } from '@batonhq/baton/testing';
import { ModelError } from '@batonhq/baton/worker';
import { crewTools as tools } from '../fixtures/crew-model.js';
import { failureOf, firstRequest, timeline, until, view, withDesk } from '../fixtures/harness.js';

const workflows = fileURLToPath(new URL('../fixtures/crew-workflows.ts', import.meta.url));
const echo = scriptedModelOf();

function scriptedModelOf() {
  const said = (request: { readonly input: unknown }) => {
    const { task } = request.input as { readonly task: string };
    return { content: `did ${task}` };
  };
  return () => scriptedModel({ scout: said, scribe: said });
}

const outputOf = async (run: { result(): Promise<unknown> }): Promise<CrewOutput> =>
  (await run.result()) as CrewOutput;

describe('O3 a sequential crew', () => {
  test('crew: the classic listing: placeholders are filled, outputs go on by context, all are in the result', async () => {
    const model = scriptedModel({
      scout: [{ toolCalls: [{ name: 'crew_search', args: { query: 'AI' } }] }, { content: 'facts' }],
      scribe: [{ content: 'article' }],
    });
    await withDesk({ model, workflows, tools }, async (desk) => {
      const run = await desk.start('articles', { topic: 'AI' });
      expect(await outputOf(run)).toEqual({
        raw: 'article',
        final: 'article',
        tasks: [
          { name: 'research_task', agent: 'scout', output: 'facts' },
          { name: 'write_task', agent: 'scribe', output: 'article' },
        ],
      });
      const [first, second, third] = model.calls.map(({ request }) => request);
      expect(first?.system).toContain('You are AI Research Specialist.');
      // A later turn is asked in the same role.
      expect(second?.system).toBe(first?.system);
      expect(second?.system).toContain('You have studied AI for years.');
      expect(first?.input).toEqual({ task: 'Research AI', expected_output: 'Facts about AI' });
      expect(third?.input).toEqual({
        task: 'Write about AI',
        expected_output: 'An article',
        context: [{ task: 'research_task', agent: 'scout', output: 'facts' }],
      });
      expect((await view(run)).plans?.[0]?.subtasks.map(({ id, kind, state }) => [id, kind, state])).toEqual([
        ['research_task', 'scout', 'done'],
        ['write_task', 'scribe', 'done'],
      ]);
      const paths = (await timeline(run)).flatMap((event) =>
        event.kind === 'delegated' ? [event.path] : [],
      );
      expect(paths).toEqual(['research_task/scout-0', 'write_task/scribe-0']);
    });
  });

  test('crew: a placeholder that nothing stands for is named with its places, and no model is asked', async () => {
    const model = echo();
    await withDesk({ model, workflows, tools }, async (desk) => {
      const failure = await failureOf(await desk.start('articles', { topik: 'AI' }));
      expect(failure).toMatchObject({
        code: 'BAD_INPUT',
        message: expect.stringMatching(
          /\{topic\} in agent scout \(role\).*task research_task \(description\).*It has topik/,
        ),
      });
      expect(model.calls).toEqual([]);
    });
  });

  test('crew: one for each input, at once, in the order of the inputs; and one as a part of an orchestration', async () => {
    await withDesk({ model: echo(), workflows, tools }, async (desk) => {
      const run = await desk.start('many', [{ topic: 'AI' }, { topic: 'tea' }]);
      const outputs = (await run.result()) as CrewOutput[];
      expect(outputs.map(({ raw }) => raw)).toEqual(['did Write about AI', 'did Write about tea']);
      expect(await (await desk.start('within', 'rain')).result()).toBe('did Write about rain');
    });
  });

  test('crew: an async task runs in parallel with the next ones, until a task needs it', async () => {
    const order: string[] = [];
    let release = (): void => {};
    const fourth = new Promise<void>((resolve) => {
      release = resolve;
    });
    const said = async (request: { readonly input: unknown }) => {
      const { task } = request.input as { readonly task: string };
      if (task === 'two' || task === 'three') await fourth;
      if (task === 'four') release();
      order.push(task);
      return { content: `did ${task}` };
    };
    const model = scriptedModel({ scout: said, scribe: said });
    await withDesk({ model, workflows, tools }, async (desk) => {
      const run = await desk.start('beside', { topic: 'AI' });
      const { tasks } = await outputOf(run);
      expect(tasks.map(({ name }) => name)).toEqual(['first', 'left', 'right', 'fourth', 'last']);
      expect(order.slice(0, 2)).toEqual(['one', 'four']);
      expect(order.at(-1)).toBe('five');
      const given = (task: string) =>
        model.calls
          .map(({ request }) => request.input as { task: string; context?: { task: string }[] })
          .find((input) => input.task === task)
          ?.context?.map((each) => each.task);
      expect(given('three')).toEqual(['first']);
      expect(given('four')).toEqual(['first']);
      expect(given('five')).toEqual(['first', 'left', 'right', 'fourth']);
    });
  });

  test('crew: an async task that fails ends the tasks that run in parallel, and the run has its error', async () => {
    const held = new Promise<never>(() => {});
    const model = scriptedModel({
      scout: ({ input }) =>
        (input as { task: string }).task === 'two'
          ? { error: new ModelError('MODEL_REQUEST_REJECTED', 'It will not.', false) }
          : held,
      scribe: ({ input }) => ((input as { task: string }).task === 'one' ? { content: 'did one' } : held),
    });
    await withDesk({ model, workflows, tools }, async (desk) => {
      const run = await desk.start('beside', { topic: 'AI' });
      expect(await failureOf(run)).toMatchObject({ code: 'MODEL_REQUEST_REJECTED' });
      const states = (await view(run)).plans?.[0]?.subtasks.map(({ id, state }) => [id, state]);
      expect(states).toContainEqual(['left', 'failed']);
    });
  });

  test('crew: an agent in a child workflow has its placeholders and its shape in every turn', async () => {
    const model = scriptedModel({
      apart: [
        { toolCalls: [{ name: 'crew_search', args: { query: 'x' } }] },
        { output: { title: 'Tea', words: 1 } },
        { output: { title: 'Tea', words: 2 } },
      ],
    });
    await withDesk({ model, workflows, tools }, async (desk) => {
      const run = await desk.start('distant', { topic: 'tea' });
      expect((await outputOf(run)).final).toEqual({ title: 'Tea', words: 2 });
      expect(
        model.calls.map(({ request }) => [request.system.includes('tea Specialist'), request.output?.name]),
      ).toEqual([1, 2, 3].map(() => [true, 'apart']));
      expect(model.calls[2]?.request.input).toMatchObject({
        feedback: 'A guardrail does not let it through.',
      });
    });
  });
});

describe('O3 what lets an output through', () => {
  test('crew: an output schema is the model’s, and a guardrail sends the work back with what is wrong', async () => {
    const model = scriptedModel({
      scribe: [
        { content: 'no JSON' },
        { output: { title: 'Tea', words: 7 } },
        { output: { title: 'Tea', words: 700 } },
      ],
    });
    await withDesk({ model, workflows, tools }, async (desk) => {
      const run = await desk.start('typed', { topic: 'tea' });
      const { final, raw } = await outputOf(run);
      expect(final).toEqual({ title: 'Tea', words: 700 });
      expect(JSON.parse(raw)).toEqual(final);
      const [first, , last] = model.calls.map(({ request }) => request);
      expect(first?.output?.schema).toMatchObject({ required: ['title', 'words'] });
      expect(first?.input).toMatchObject({ task: 'Write {"title": "…"} about tea' });
      expect(last?.input).toMatchObject({
        feedback: 'It has 7 words; at least 100 are wanted.',
        previous: { title: 'Tea', words: 7 },
      });
    });
  });

  test('crew: what no guardrail lets through fails the run, naming the task and the last problem', async () => {
    const model = scriptedModel({ scribe: () => ({ output: { title: 'Tea', words: 7 } }) });
    await withDesk({ model, workflows, tools }, async (desk) => {
      expect(await failureOf(await desk.start('typed', { topic: 'tea' }))).toMatchObject({
        code: 'OUTPUT_INVALID',
        message: expect.stringMatching(/typed_task was let through in 2 tries.*at least 100/),
      });
    });
  });

  test('crew: a condition in words is judged by a model', async () => {
    const model = scriptedModel({
      scribe: [{ content: 'tea' }, { content: 'tea (Okakura)' }],
      judged_guardrail: [
        { output: { valid: false, feedback: 'Name a source.' } },
        { output: { valid: true, feedback: '' } },
      ],
    });
    await withDesk({ model, workflows, tools }, async (desk) => {
      expect((await outputOf(await desk.start('judged', {}))).raw).toBe('tea (Okakura)');
      expect(model.calls[1]?.request.input).toEqual({ condition: 'It names its sources.', output: 'tea' });
      expect(model.calls[2]?.request.input).toMatchObject({ feedback: 'Name a source.', previous: 'tea' });
    });
  });

  test('crew: a person sends the output back with feedback, then lets it through; it becomes a file', async () => {
    const model = scriptedModel({ scribe: [{ content: 'short' }, { content: 'longer' }] });
    await withDesk({ model, workflows, tools }, async (desk) => {
      const run = await desk.start('reviewed', { topic: 'tea' });
      const one = await firstRequest(run);
      expect(one.details).toContain('> short');
      await run.executeUpdate('decide', {
        args: [{ request: one.id, option: 'reject', reason: 'Longer.', by: 'ada' }],
      });
      const two = await until(async () => {
        const next = await firstRequest(run);
        return next.id !== one.id && next;
      });
      await run.executeUpdate('decide', { args: [{ request: two.id, option: 'approve', by: 'ada' }] });
      expect((await outputOf(run)).raw).toBe('longer');
      expect(model.calls[1]?.request.input).toMatchObject({ feedback: 'Longer.', previous: 'short' });
      expect(await readFile(join(desk.folder, 'outputs/articles/tea.md'), 'utf8')).toBe('longer\n');
    });
  });

  test('crew: the edited output goes to the next task and into the file when a person edits it before they approve', async () => {
    const model = scriptedModel({ scribe: [{ content: 'short' }] });
    await withDesk({ model, workflows, tools }, async (desk) => {
      const run = await desk.start('reviewed', { topic: 'tea' });
      const request = await firstRequest(run);
      expect(request.action).toEqual({
        tool: 'reviewed: take the output of reviewed_task',
        args: { output: 'short' },
      });
      expect(request.options[1]).toMatchObject({ id: 'reject', label: 'Send it back' });
      const decide = (more: object) =>
        run.executeUpdate('decide', { args: [{ request: request.id, by: 'ada', ...more }] });
      await expect(decide({ option: 'edit', args: { output: '' } })).rejects.toThrow();
      await decide({ option: 'edit', args: { output: 'by hand' } });
      const { digest } = await firstRequest(run);
      await decide({ option: 'approve', digest });
      expect((await outputOf(run)).raw).toBe('by hand');
      expect(await readFile(join(desk.folder, 'outputs/articles/tea.md'), 'utf8')).toBe('by hand\n');
    });
  });

  test('crew: what a person sends back too often fails the run, and a file outside of the folder is not written: what fills a placeholder is a name', async () => {
    const model = scriptedModel({ scribe: () => ({ content: 'short' }) });
    await withDesk({ model, workflows, tools }, async (desk) => {
      const run = await desk.start('reviewed', { topic: '../../out' });
      const { id } = await firstRequest(run);
      await run.executeUpdate('decide', { args: [{ request: id, option: 'approve', by: 'ada' }] });
      await run.result();
      expect(readdirSync(join(desk.folder, 'outputs'), { recursive: true })).toContain('articles/out.md');
      const other = await desk.start('reviewed', { topic: 'tea' });
      const seen = new Set<string>();
      for (const reason of ['no', 'never']) {
        const request = await until(async () => {
          const next = await firstRequest(other);
          return !seen.has(next.id) && next;
        });
        seen.add(request.id);
        await other.executeUpdate('decide', {
          args: [{ request: request.id, option: 'reject', reason, by: 'bo' }],
        });
      }
      expect(await failureOf(other)).toMatchObject({
        code: 'REJECTED',
        message: expect.stringContaining('sent back 2 times, the last time by bo: never'),
      });
    });
  });

  test('crew: a person does a task: what they give fits its schema, and the outputs before are shown', async () => {
    const model = scriptedModel({ scribe: [{ content: 'the draft' }] });
    await withDesk({ model, workflows, tools }, async (desk) => {
      const run = await desk.start('edited', {});
      const request = await firstRequest(run);
      expect(request.details).toContain('the draft');
      const decide = (answer: unknown) =>
        run.executeUpdate('decide', { args: [{ request: request.id, option: 'answer', answer, by: 'ed' }] });
      await expect(decide('text')).rejects.toThrow();
      await decide({ text: 'edited', fit: true });
      expect(await outputOf(run)).toMatchObject({
        final: { text: 'edited', fit: true },
        tasks: [{ agent: 'scribe' }, { agent: 'editor' }],
      });
    });
  });
});

describe('O3 managers and coworkers', () => {
  test('crew: a manager chooses who does a task, has it revised, and gives it to another', async () => {
    const verdict = (word: string, feedback = '', coworker: string | null = null) => ({
      output: { verdict: word, feedback, coworker },
    });
    const model = scriptedModel({
      managed_manager: [
        { output: { coworker: 'scout', reason: 'r' } },
        verdict('revise', 'More.'),
        verdict('accept'),
        { output: { coworker: 'scout', reason: 'r' } },
        verdict('reassign', 'Not yours.', 'scribe'),
        verdict('accept'),
      ],
      scout: [{ content: 'few' }, { content: 'many' }, { content: 'odd' }],
      scribe: [{ content: 'told' }],
    });
    await withDesk({ model, workflows, tools }, async (desk) => {
      const run = await desk.start('managed', { topic: 'AI' });
      expect((await outputOf(run)).tasks).toEqual([
        { name: 'find', agent: 'scout', output: 'many' },
        { name: 'tell', agent: 'scribe', output: 'told' },
      ]);
      expect(model.calls[0]?.request.input).toMatchObject({
        task: 'Find AI',
        coworkers: [{ name: 'scout', role: 'AI Research Specialist' }, { name: 'scribe' }],
      });
      const asked = model.calls.filter(({ agent }) => agent === 'scout').map(({ request }) => request.input);
      expect(asked[1]).toMatchObject({ feedback: 'More.', previous: 'few' });
    });
  });

  test('crew: one of a spec has its own manager, and nobody is asked who does what only one can', async () => {
    const accept = { output: { verdict: 'accept', feedback: '', coworker: null } };
    const model = scriptedModel({
      boss: [accept, accept],
      digger: [
        { toolCalls: [{ name: 'crew_search', args: { query: 'x' } }] },
        { content: 'dug' },
        { content: 'filled' },
      ],
    });
    await withDesk({ model, workflows, tools }, async (desk) => {
      const run = await desk.start('ofSpec', { topic: 'tea' });
      expect((await outputOf(run)).raw).toBe('filled');
      const boss = model.calls.find(({ agent }) => agent === 'boss')?.request;
      expect(boss?.system).toContain('You are Boss of tea.');
      expect(boss?.input).toMatchObject({ result: 'dug', done_by: 'digger' });
      expect(model.calls.at(-2)?.request.input).toMatchObject({
        context: [{ task: 'dig', agent: 'digger', output: 'dug' }],
      });
    });
  });

  test('crew: a manager who accepts nothing ends the run, and not never', async () => {
    const model = scriptedModel({
      managed_manager: (_request, call) => ({
        output:
          call === 0
            ? { coworker: 'scribe', reason: 'r' }
            : { verdict: 'revise', feedback: 'No.', coworker: null },
      }),
      scribe: () => ({ content: 'w' }),
    });
    await withDesk({ model, workflows, tools }, async (desk) => {
      expect(await failureOf(await desk.start('managed', { topic: 'AI' }))).toMatchObject({
        code: 'OUTPUT_INVALID',
        message: expect.stringContaining('managed_manager accepted no output of find in 5 rounds'),
      });
    });
  });

  test('crew: an agent that may delegate asks a coworker, assigns a part to another, and continues with their results', async () => {
    const said = (answer: unknown, further: object = {}) =>
      ({ output: { answer, delegate: null, ask: null, ...further } }) as never;
    const model = scriptedModel({
      lead: [
        said(null, { ask: { coworker: 'scout', question: 'Why?', context: 'tea' } }),
        said(null, { delegate: { coworker: 'scribe', task: 'Write it.', context: '' } }),
        said({ title: 'Tea', words: 3 }),
      ],
      scout: [{ content: 'because' }],
      scribe: [{ content: 'written' }],
    });
    await withDesk({ model, workflows, tools }, async (desk) => {
      const run = await desk.start('delegating', { topic: 'tea' });
      expect((await outputOf(run)).final).toEqual({ title: 'Tea', words: 3 });
      const inputs = model.calls.map(({ agent, request }) => [agent, request.input] as const);
      expect(inputs[1]).toEqual([
        'scout',
        {
          task: 'Why?',
          expected_output: 'An answer to the question.',
          context: [{ task: 'context', agent: 'lead', output: 'tea' }],
        },
      ]);
      expect(inputs[4]?.[1]).toMatchObject({
        coworkers_said: [
          { coworker: 'scout', question: 'Why?', answer: 'because' },
          { coworker: 'scribe', task: 'Write it.', answer: 'written' },
        ],
      });
    });
  });

  test('crew: an answer that says nothing is asked for again, keys that are null may be left out, and the third fails', async () => {
    const model = scriptedModel({
      lead: [
        { output: { answer: null, delegate: null, ask: null } },
        { content: '{"answer": " "}' },
        {
          output: {
            answer: ' ',
            delegate: { coworker: 'scribe', task: 'Write it.', context: '' },
            ask: null,
          },
        },
        { content: '{"answer": "On tea."}' },
        ...[1, 2, 3].map(() => ({ content: '{"answer": ""}' })),
      ],
      scribe: [{ content: 'written' }],
    });
    await withDesk({ model, workflows, tools }, async (desk) => {
      expect((await outputOf(await desk.start('wordy', { topic: 'tea' }))).raw).toBe('On tea.');
      expect(model.calls[1]?.request.messages.at(-1)?.content).toContain('Your answer was empty');
      // Blank text next to a coworker call is not an answer: the coworker is asked.
      expect(model.calls.map(({ agent }) => agent)).toEqual(['lead', 'lead', 'lead', 'scribe', 'lead']);
      expect(model.calls[0]?.request.input).toEqual({
        task: 'Write on tea',
        coworkers: [{ name: 'scribe', role: 'Content Writer', goal: 'Write' }],
      });
      const failed = await desk.start('wordy', { topic: 'tea' });
      expect(await failureOf(failed)).toMatchObject({ code: 'OUTPUT_INVALID' });
    });
  });

  test('crew: an agent that delegates for ever must answer in the end', async () => {
    const model = scriptedModel({
      lead: (request) => ({
        output: JSON.stringify(request.output?.schema).includes('delegate')
          ? { answer: null, delegate: { coworker: 'scribe', task: 'More.', context: '' }, ask: null }
          : { answer: { title: 'Tea', words: 3 } },
      }),
      scribe: () => ({ content: 'w' }),
    });
    await withDesk({ model, workflows, tools }, async (desk) => {
      await (await desk.start('delegating', { topic: 'tea' })).result();
      expect(model.calls.filter(({ agent }) => agent === 'scribe')).toHaveLength(5);
      expect(model.calls).toHaveLength(11);
    });
  });
});
