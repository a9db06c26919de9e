/**
 * The command line where workers come and go: its output, its refusals and its effects while no worker serves a run.
 */
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { CliDesk, CONFIG } from '../fixtures/cli/desk.js';
import type { ErrorDocument, ListDocument, StoryDocument } from '../fixtures/cli/documents.js';
import { connected, until } from '../fixtures/harness.js';

/** Calls a tool where the workflow of before asked a model. */
const CHANGED = fileURLToPath(new URL('../fixtures/cli/changed-workflows.ts', import.meta.url));

const told = ({ timeline }: StoryDocument): string[] =>
  timeline.map(({ kind, path }) => `${kind} ${path}`).toSorted();

/** The server lists a worker for a minute after its end; until then each question waits for an answer in vain. */
const PATIENCE_MS = 180_000;

const desks: CliDesk[] = [];
function open(): CliDesk {
  const desk = new CliDesk({ oneProcess: true });
  desks.push(desk);
  return desk;
}
afterAll(() => Promise.all(desks.map((desk) => desk.close())));

// Each test mostly waits, so they run concurrently, each at its own desk.
describe.concurrent('without a worker', { timeout: PATIENCE_MS }, () => {
  test('start --wait: ends with 5 when nobody serves the queue, and the run stays', async () => {
    const desk = open();
    const { code, stdout } = await desk.begin([
      'start',
      'greet',
      '--input',
      '{"name":"ada"}',
      '--id',
      `${desk.queue}-alone`,
      '--task-queue',
      desk.queue,
      '--wait',
      '--json',
    ]).ended;
    expect([code, (JSON.parse(stdout) as ErrorDocument).error.code]).toEqual([5, 'NO_WORKER']);
    const story = (await desk.json<StoryDocument>(['show', `${desk.queue}-alone`])).document;
    expect(story).toMatchObject({ source: 'history', state: 'running' });
  });

  test('list, show, approve: a run whose worker has gone is read, refused with 5, and decided with --queue', async () => {
    const desk = open();
    const worker = await desk.worker();
    const id = await desk.start('hello', 'what is durable?');
    const request = await desk.waiting(id);
    const before = (await desk.json<StoryDocument>(['show', id])).document;
    // Ends in order, so that the server knows at once that nobody polls.
    await worker.kill('SIGTERM');

    expect(await desk.waiting(id)).toEqual(request);
    const gone = (await desk.json<StoryDocument>(['show', id])).document;
    expect(gone).toMatchObject({
      source: 'history',
      state: 'waiting',
      owner: 'hello',
      models: ['offline'],
      counts: before.counts,
    });
    expect(gone.pending).toMatchObject([
      {
        id: request.id,
        question: 'Publish?',
        whole: false,
        options: [{ id: 'approve' }, { id: 'reject' }, { id: 'abort' }],
      },
    ]);
    expect(told(gone)).toEqual(told(before));
    expect((await desk.run(['show', id])).stdout).toContain(
      'reconstructed from the history: no worker responded',
    );

    const refused = await desk.json<ErrorDocument>(['approve', request.id]);
    expect([refused.code, refused.document.error.code]).toEqual([5, 'NO_WORKER']);
    expect(refused.document.error.message).toContain(id);
    const queued = await desk.json(['approve', request.id, '--queue', '--by', 'ada']);
    expect(queued).toMatchObject({
      code: 0,
      document: { queued: true, request: request.id, option: 'approve', by: 'ada' },
    });
    expect((await desk.run(['show', id])).stdout).toContain('is queued');

    const next = await desk.worker();
    const done = await desk.watched<StoryDocument>(id);
    expect(done).toMatchObject({ source: 'worker', state: 'completed', owner: 'writer' });
    await next.kill('SIGTERM');
    const read = (await desk.json<StoryDocument>(['show', id])).document;
    expect(read).toMatchObject({
      source: 'history',
      state: 'completed',
      owner: 'writer',
      result: done.result,
      counts: done.counts,
    });
    expect(told(read)).toEqual(told(done));
  });

  test("list: a run that no worker has begun is pending, with or without Baton's client, and a terminated run shows its end", async () => {
    const desk = open();
    const { client } = await connected();
    const marked = await desk.start('greet', { name: 'ada' });
    const ended = await desk.start('greet', { name: 'bob' });
    await client.workflow.getHandle(ended).terminate('not needed');
    const plain = `${desk.queue}-plain`;
    await client.workflow.start('greet', {
      workflowId: plain,
      taskQueue: desk.queue,
      args: [{ name: 'eve' }],
    });
    const states = await until(async () => {
      const { document } = await desk.json<ListDocument>(['list', '--limit', '1000']);
      const own = document.runs.filter(({ taskQueue }) => taskQueue === desk.queue);
      return own.length === 3 && Object.fromEntries(own.map(({ workflowId, state }) => [workflowId, state]));
    });
    expect(states).toEqual({
      [marked]: 'pending-worker',
      [plain]: 'pending-worker',
      [ended]: 'terminated',
    });
    const { document } = await desk.json<ListDocument>([
      'list',
      '--state',
      'pending-worker',
      '--limit',
      '1000',
    ]);
    expect(document.runs.map(({ workflowId }) => workflowId)).toEqual(
      expect.arrayContaining([marked, plain]),
    );
  });

  test('list, inbox, doctor, approve: a run is stuck whose code does not fit its history, and why stands there', async () => {
    const desk = open();
    const first = await desk.worker();
    const id = await desk.start('hello', 'what is durable?');
    const { id: request } = await desk.waiting(id);
    await first.kill('SIGTERM');
    const changed = desk.begin(['worker', CONFIG, '--json'], { BATON_CLI_TEST_WORKFLOWS: CHANGED });
    await changed.says('stdout', /^\}/m);
    const broken = await desk.start('nosuch', null);
    const held = { code: 'ORCHESTRATION_HELD', message: expect.stringContaining('Nondeterminism') };

    const runs = await until(async () => {
      const { document } = await desk.json<ListDocument>(['list', '--state', 'stuck', '--limit', '1000']);
      const own = document.runs.filter(({ taskQueue }) => taskQueue === desk.queue);
      return own.length === 2 && own;
    });
    expect(runs).toMatchObject([
      { workflowId: broken, state: 'stuck', held: { code: 'UNKNOWN_WORKFLOW' } },
      { workflowId: id, state: 'stuck', held },
    ]);
    const inbox = await desk.json<{ stuck: { workflowId: string }[] }>(['inbox']);
    expect(inbox.document.stuck).toContainEqual({ workflowId: id, attempt: 1, ...held });
    expect((await desk.run(['show', id])).stdout).toMatch(/! stuck[^]*Nondeterminism/);
    const refused = await desk.json<ErrorDocument>(['approve', request]);
    expect([refused.code, refused.document.error.code]).toEqual([1, 'ORCHESTRATION_HELD']);
    expect(refused.document.error.message).toContain('Nondeterminism');
    const { document } = await desk.json<{ checks: { check: string; detail: string }[] }>(['doctor', CONFIG]);
    const told = document.checks.filter(({ check }) => check === 'runs').map(({ detail }) => detail);
    expect(told.join()).toMatch(new RegExp(`${broken} \\(nosuch\\): The worker exports no workflow`));
    await changed.says('stderr', new RegExp(`Run ${id} is stuck.*Nondeterminism`));
    await changed.says(
      'stderr',
      new RegExp(`Run ${broken} is of a workflow that this worker does not export`),
    );
    const { stderr } = await changed.kill('SIGTERM');
    expect(stderr.match(new RegExp(`Run ${id} is stuck`, 'g'))).toHaveLength(1);
  });

  test('show: the history tells of child agents as the run does', async () => {
    const desk = open();
    const worker = await desk.worker();
    const id = await desk.start('apart', 'look into it');
    const live = await desk.watched<StoryDocument>(id);
    expect(live).toMatchObject({ source: 'worker', state: 'completed' });
    expect(told(live)).toContain('turn parallel-0/0/loner-0');
    await worker.kill('SIGTERM');
    const read = (await desk.json<StoryDocument>(['show', id])).document;
    expect(read).toMatchObject({ source: 'history', counts: live.counts });
    expect(told(read)).toEqual(told(live));
  });

  test('D1 worker: killed in the middle of a run and started again, it repeats nothing that was done', async () => {
    const desk = open();
    const worker = await desk.worker();
    const id = await desk.start('gated', 'gate-1');
    await until(async () => Promise.resolve(desk.log().includes('at gate-1')));
    await worker.kill('SIGKILL');
    desk.open('gate-1');
    const next = await desk.worker();
    expect(await desk.watched<StoryDocument>(id)).toMatchObject({ state: 'completed', result: 'through' });
    expect(desk.log().filter((line) => line === 'before')).toHaveLength(1);
    expect(desk.log().filter((line) => line === 'after')).toHaveLength(1);
    await next.kill('SIGTERM');
  });
});
