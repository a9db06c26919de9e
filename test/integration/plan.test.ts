/** Orchestrator and workers on a real server: by dependency, in parallel where possible, planned again once. */
import type { WorkflowHandle } from '@temporalio/client';
import { expect, test } from 'vitest';
import { scriptedModel } from '@batonhq/baton/testing';
import type { PlanningTask, Subtask, SynthesisTask, WorkerTask } from '@batonhq/baton';
import { failureOf, timeline, view, withDesk } from '../fixtures/harness.js';

const subtask = (id: string, dependsOn: string[] = [], kind = 'research'): Subtask => ({
  id,
  kind,
  task: `do ${id}`,
  dependsOn,
});
const plan = (...subtasks: Subtask[]) => ({ output: { subtasks, rationale: 'because' } });

test('O1 T2 independent subtasks run at once, dependants after, and get the results they depend on only', async () => {
  const waiting: (() => void)[] = [];
  const bothAsked = () =>
    new Promise<void>((resolve) => {
      waiting.push(resolve);
      if (waiting.length === 2) for (const go of waiting) go();
    });
  const model = scriptedModel({
    planner: [plan(subtask('join', ['a', 'b']), subtask('a'), subtask('b', [], 'code'), subtask('c', ['a']))],
    digger: async (request) => {
      const task = request.input as unknown as WorkerTask;
      if (task.subtask.id === 'a') await bothAsked();
      return { content: `did ${task.subtask.id}` };
    },
    coder: async () => {
      await bothAsked();
      return { output: { count: 7 } };
    },
    joiner: [{ content: 'the whole' }],
  });
  await withDesk({ model }, async (desk) => {
    const run = await desk.start('planned', 'reach it');
    expect(await run.result()).toBe('the whole');
    const inputs = model.calls.map((call) => call.request.input) as unknown as WorkerTask[];
    const given = (id: string) =>
      inputs.find((input) => input.subtask?.id === id)?.results.map((result) => [result.id, result.output]);
    expect(given('join')).toEqual([
      ['a', 'did a'],
      ['b', { count: 7 }],
    ]);
    expect(given('c')).toEqual([['a', 'did a']]);
    expect(given('a')).toEqual([]);
    const synthesis = inputs.at(-1) as unknown as SynthesisTask;
    expect(synthesis.results.map((result) => result.id)).toEqual(['join', 'a', 'b', 'c']);
    expect(synthesis.missing).toEqual([]);
    expect((await view(run)).plans?.[0]?.subtasks.map(({ id, state }) => [id, state])).toEqual([
      ['join', 'done'],
      ['a', 'done'],
      ['b', 'done'],
      ['c', 'done'],
    ]);
    const [a, b] = [await span(run, 'plan-0/a/digger-0'), await span(run, 'plan-0/b/coder-0')];
    // Written into the history when it ends, each with the time at which it happened.
    expect(Math.max(a.started, b.started)).toBeLessThan(Math.min(a.completed, b.completed));
    const paths = (await timeline(run)).flatMap((event) => (event.kind === 'delegated' ? [event.path] : []));
    expect(paths.toSorted()).toEqual([
      'plan-0/a/digger-0',
      'plan-0/b/coder-0',
      'plan-0/c/digger-0',
      'plan-0/join/digger-0',
      'plan-0/planning/planner-0',
      'plan-0/synthesis/joiner-0',
    ]);
  });
});

test('T3 a failed subtask is planned again once, with its failure report, and its dependants get the replacement', async () => {
  const model = scriptedModel({
    planner: [plan(subtask('count', [], 'code'), subtask('tell', ['count'])), plan(subtask('count-by-hand'))],
    coder: () => ({ content: 'not a number' }),
    digger: (request) => ({ content: `did ${(request.input as unknown as WorkerTask).subtask.id}` }),
    joiner: [{ content: 'the whole' }],
  });
  await withDesk({ model }, async (desk) => {
    const run = await desk.start('planned', 'reach it');
    await run.result();
    const asked = model.calls
      .filter((call) => call.agent === 'planner')
      .map((call) => call.request.input) as unknown as PlanningTask[];
    expect(asked[1]?.failed).toMatchObject({ subtask: { id: 'count' }, code: 'OUTPUT_INVALID' });
    const tell = model.calls
      .map((call) => call.request.input as unknown as WorkerTask)
      .find((input) => input.subtask?.id === 'tell');
    expect(tell?.results).toEqual([
      { id: 'count-by-hand', task: 'do count-by-hand', output: 'did count-by-hand' },
    ]);
    expect((await view(run)).plans?.[0]?.subtasks.map(({ id, state }) => [id, state])).toEqual([
      ['count', 'replaced'],
      ['tell', 'done'],
      ['count-by-hand', 'done'],
    ]);
  });
});

test('what fails again, and what depends on it, is named as missing; the rest is reached', async () => {
  const model = scriptedModel({
    planner: [
      plan(subtask('count', [], 'code'), subtask('tell', ['count']), subtask('other')),
      plan(subtask('recount', [], 'code')),
    ],
    coder: () => ({ content: 'not a number' }),
    digger: () => ({ content: 'did it' }),
    joiner: (request) => ({
      content: JSON.stringify((request.input as unknown as SynthesisTask).missing.map(({ id }) => id)),
    }),
  });
  await withDesk({ model }, async (desk) => {
    const run = await desk.start('planned', 'reach it');
    expect(await run.result()).toBe('["tell","recount"]');
    expect(
      (await view(run)).plans?.[0]?.subtasks.map(({ id, state, why }) => [id, state, why?.slice(0, 14)]),
    ).toEqual([
      ['count', 'replaced', 'OUTPUT_INVALID'],
      ['tell', 'skipped', 'It needs "coun'],
      ['other', 'done', undefined],
      ['recount', 'failed', 'OUTPUT_INVALID'],
    ]);
  });
});

test('a plan that cannot be carried out goes back to the planner with the reason, twice at most', async () => {
  const circle = plan(subtask('a', ['b']), subtask('b', ['a']));
  const model = scriptedModel({
    planner: [circle, plan(subtask('a', [], 'magic')), plan(subtask('a'))],
    digger: () => ({ content: 'did it' }),
    joiner: [{ content: 'the whole' }],
  });
  await withDesk({ model }, async (desk) => {
    expect(await (await desk.start('planned', 'reach it')).result()).toBe('the whole');
    const problems = model.calls.flatMap((call) =>
      call.agent === 'planner' ? [(call.request.input as { problem?: string }).problem] : [],
    );
    expect(problems).toEqual([
      undefined,
      'These subtasks wait for each other: a, b.',
      'Subtask "a" has the kind "magic"; there are: research, code.',
    ]);
  });
  await withDesk({ model: scriptedModel({ planner: () => circle }) }, async (desk) => {
    expect(await failureOf(await desk.start('planned', 'reach it'))).toMatchObject({
      code: 'OUTPUT_INVALID',
      message: expect.stringContaining('gave no plan that can be carried out in 3 tries'),
    });
  });
});

/** When an activity's task was started and completed, in milliseconds, by the history; found by its path. */
async function span(run: WorkflowHandle, path: string): Promise<{ started: number; completed: number }> {
  const { events } = await run.fetchHistory();
  const scheduled = events?.find(({ activityTaskScheduledEventAttributes: scheduling }) =>
    new TextDecoder()
      .decode(scheduling?.input?.payloads?.[0]?.data ?? new Uint8Array())
      .includes(`"${path}/turn-1"`),
  );
  const when = (kind: 'activityTaskStartedEventAttributes' | 'activityTaskCompletedEventAttributes') => {
    const time = events?.find((event) =>
      event[kind]?.scheduledEventId?.eq(scheduled?.eventId ?? 0),
    )?.eventTime;
    if (!time) throw new Error(`The history has no ${kind} of ${path}.`);
    return Number(time.seconds) * 1e3 + Number(time.nanos ?? 0) / 1e6;
  };
  return {
    started: when('activityTaskStartedEventAttributes'),
    completed: when('activityTaskCompletedEventAttributes'),
  };
}
