/** The requests to a provider over HTTP where work is planned, divided and joined, or done in a child workflow. */
import { expect, test } from 'vitest';
import { view } from '../fixtures/harness.js';
import { taskOf, withSupport } from '../fixtures/support/desk.js';

interface WorkerTask {
  readonly goal: string;
  readonly subtask: { readonly id: string };
  readonly results: readonly { readonly id: string; readonly output: string }[];
}

const subtask = (id: string, ...dependsOn: string[]) => ({
  id,
  kind: 'research',
  task: `TASK-${id}`,
  dependsOn,
});
const PLAN = { subtasks: [subtask('a'), subtask('b'), subtask('c', 'a')], rationale: 'two and one' };

test('provider: a plan is one request per part, and each worker gets its own part and its dependencies', async () => {
  const script = {
    planner: [{ content: JSON.stringify(PLAN) }],
    digger: (task: string) => ({ content: `ANSWER-${(JSON.parse(task) as WorkerTask).subtask.id}` }),
    joiner: [{ content: 'joined' }],
  };
  await withSupport(script, async (desk) => {
    const run = await desk.start('investigated', 'Where is the kettle?');
    expect(await run.result()).toBe('joined');
    expect(desk.requests).toHaveLength(5);
    expect((await view(run)).counts.modelCalls).toBe(5);
    expect(desk.bodies('planner').map((body) => JSON.parse(taskOf(body)) as unknown)).toEqual([
      { goal: 'Where is the kettle?', kinds: ['research'] },
    ]);
    const goal = 'Where is the kettle?';
    const found = (id: string) => ({ id, task: `TASK-${id}`, output: `ANSWER-${id}` });
    const tasks = desk.bodies('digger').map((body) => JSON.parse(taskOf(body)) as WorkerTask);
    // Exactly this: nothing of a's in b's, nothing of b's in a's or c's.
    expect(tasks.toSorted((one, other) => one.subtask.id.localeCompare(other.subtask.id))).toEqual([
      { goal, subtask: subtask('a'), results: [] },
      { goal, subtask: subtask('b'), results: [] },
      { goal, subtask: subtask('c', 'a'), results: [found('a')] },
    ]);
    for (const body of desk.bodies('digger')) {
      const others = ['a', 'b', 'c'].filter((id) => !taskOf(body).includes(`TASK-${id}`));
      expect(others.filter((id) => new RegExp(`(?:TASK|ANSWER)-${id}`).test(JSON.stringify(body)))).toEqual(
        [],
      );
      expect(Object.keys(body).toSorted()).toEqual(['messages', 'model']);
    }
    expect(desk.bodies('joiner').map((body) => JSON.parse(taskOf(body)) as unknown)).toEqual([
      { goal, results: ['a', 'b', 'c'].map((id) => ({ ...found(id), kind: 'research' })), missing: [] },
    ]);
  });
});

test('provider: a child agent sends what it would send from its run’s', async () => {
  await withSupport({ courier: [{ content: 'delivered' }] }, async (desk) => {
    expect(await (await desk.start('delivered', null)).result()).toBe('delivered');
    expect(desk.requests.map(({ body }) => body)).toEqual([
      {
        model: 'm-plain',
        messages: [
          { role: 'system', content: 'You are courier.\n\nYour goal: Deliver.' },
          { role: 'user', content: JSON.stringify({ tone: 'plain', points: ['kettle'] }, null, 2) },
        ],
      },
    ]);
  });
});
