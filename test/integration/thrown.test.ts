/** Errors of tools and workflow code reach the caller, and end nothing else: no worker, no other run. */
import { ApplicationFailure } from '@temporalio/common';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { implement } from '@batonhq/baton/worker';
import { scriptedModel } from '@batonhq/baton/testing';
import { readStory } from '../../dist/src/client/story/story.js';
import { failureOf, logged, until, withDesk, type Desk } from '../fixtures/harness.js';
import { odd, seek } from '../fixtures/throwing-workflows.js';

const workflows = fileURLToPath(new URL('../fixtures/throwing-workflows.ts', import.meta.url));

const circle = new Error('loop');
circle.cause = circle;
const failing = ApplicationFailure.create({ message: 'own failure', cause: circle });
Object.assign(failing, { cause: failing });

const THROWN: Readonly<Record<string, unknown>> = {
  circle,
  failing,
  unsendable: ApplicationFailure.create({ message: 'details', details: [10n], nonRetryable: true }),
  proxy: new Proxy(new Error('hidden'), {
    get: () => {
      throw new Error('a trap');
    },
    getPrototypeOf: () => {
      throw new Error('a trap');
    },
  }),
  nothing: undefined,
  gathered: new AggregateError([new Error('one'), new Error('two')], 'All failed'),
};

function serving(body: (desk: Desk) => Promise<void>): Promise<void> {
  const tools = [
    implement(seek, ({ order }) => (order === 'none' ? null : ({ total: new Map() } as never))),
    implement(odd, ({ what }) => {
      if (what in THROWN) throw THROWN[what];
      return what;
    }),
  ];
  return withDesk({ model: scriptedModel({}), tools, workflows }, body);
}

test.each([
  ['circle', 'loop'],
  ['failing', 'own failure'],
  ['unsendable', 'details'],
  ['proxy', 'what was thrown cannot be read'],
  ['nothing', 'undefined'],
  ['gathered', 'All failed (caused by: one; two)'],
])('P0 a tool that throws %s fails its call, and other runs go on', async (what, message) => {
  await serving(async (desk) => {
    const bad = await desk.start('byTool', what);
    expect(await bad.result()).toEqual({ threw: expect.stringContaining(`odd failed: ${message}`) });
    expect(await (await desk.start('byTool', 'good')).result()).toEqual({ gave: 'good' });
  });
});

test('P0 workflow code that throws an error that is its own cause ends or holds its own run only', async () => {
  await serving(async (desk) => {
    const ended = await desk.start('byCode', null);
    expect(await failureOf(ended)).toMatchObject({ code: 'BAD_INPUT', message: 'The order is empty.' });
    const held = await desk.start('byDefect', null);
    await until(async () => {
      const { events } = await held.fetchHistory();
      return (events ?? []).some((event) => event.workflowTaskFailedEventAttributes);
    });
    expect(await (await desk.start('byTool', 'good')).result()).toEqual({ gave: 'good' });
    await until(() =>
      Promise.resolve(logged.find((line) => line.includes(`Run ${held.workflowId} is stuck`))),
    );
    await held.terminate('seen');
  });
});

test('sandbox: a run whose code uses the network or the environment says to use a tool, with the line', async () => {
  await serving(async (desk) => {
    for (const [what, said] of [
      ['fetch', 'fetch is not defined. Workflow code has no access to the network. Do that in a tool'],
      ['HOME', 'process is not defined. Workflow code has no access to the environment'],
    ] as const) {
      const stuck = await desk.start('usesMissing', what);
      const { held } = await until(async () => {
        const story = await readStory(desk.client, stuck.workflowId);
        return story.held && story;
      });
      expect(held?.message).toContain(said);
      expect(held?.message).toMatch(/throwing-workflows\.ts:\d+:\d+\)$/);
      await stuck.terminate('seen');
    }
  });
});

test.each([
  ['approval', 'did not wait for approval("Pay it?").'],
  ['asked', 'did not wait for approval("Pay it?").'],
  ['branches', 'did not wait for parallel(1 branches), perform(odd).'],
  ['part', 'did not wait for runSubflow(part), perform(odd).'],
  ['returned', 'did not wait for perform(odd).'],
  ['raced', 'did not wait for approval("Or?").'],
  ['text', 'perform(odd) was read before its result was there.'],
])('forgotten await: the run fails and names the verb when it is left: %s', async (how, told) => {
  await serving(async (desk) => {
    const run = await desk.start('forgets', how);
    expect(await failureOf(run)).toMatchObject({
      code: 'NOT_AWAITED',
      message: expect.stringContaining(told),
    });
    const { state, pending } = await readStory(desk.client, run.workflowId);
    expect({ state, pending }).toEqual({ state: 'failed', pending: [] });
    // The run has ended: no worker can take it up again.
    const line = await until(() => Promise.resolve(logged.find((each) => each.includes(run.workflowId))));
    expect(line).toContain(told);
    expect(line).not.toContain('is stuck');
  });
});

test('race: the first branch gives the result, the request of the other one is withdrawn, and the run continues', async () => {
  await serving(async (desk) => {
    const run = await desk.start('forgets', 'race');
    expect(await run.result()).toEqual({ first: { gave: 'a' }, next: 'b' });
    const { state, pending, timeline } = await readStory(desk.client, run.workflowId);
    expect({ state, pending }).toEqual({ state: 'completed', pending: [] });
    expect(timeline.filter(({ kind }) => kind === 'asked')).toHaveLength(1);
  });
});

test('forgotten await: a promise in a result is refused, also where the verb has ended', async () => {
  await serving(async (desk) => {
    const failure = await failureOf(await desk.start('forgets', 'kept'));
    expect(failure).toMatchObject({
      code: 'OUTPUT_INVALID',
      message: expect.stringContaining('it holds a promise'),
    });
  });
});

test.each([
  ['delegate', 'delegate takes an agent or a person, as agent(…) or human(…) defines it, and got "writer".'],
  ['handoff', 'handoff takes an agent or a person'],
  ['nothing', 'and got undefined.'],
  ['perform', 'perform takes a tool'],
])('verbs: a name in place of a definition is refused with what to give: %s', async (how, told) => {
  await serving(async (desk) => {
    const failure = await failureOf(await desk.start('namesOnly', how));
    expect(failure).toMatchObject({ code: 'BAD_INPUT', message: expect.stringContaining(told) });
  });
});

test('perform: null stays null, and what cannot be sent fails at once with the name of its field', async () => {
  await serving(async (desk) => {
    expect(await (await desk.start('seeks', 'none')).result()).toEqual({ found: null, type: 'object' });
    expect(await failureOf(await desk.start('seeks', 'some'))).toMatchObject({
      code: 'TOOL_FAILED',
      message: expect.stringContaining('seek gave what cannot be sent as JSON: output.total is a Map'),
    });
  });
});

test('forgotten await: a run that leaves nothing open completes', async () => {
  await serving(async (desk) => {
    expect(await (await desk.start('forgets', 'nothing')).result()).toBe('done');
  });
});
