/** The command line where a worker serves: runs from their start to their end, and decisions about them. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CliDesk, CONFIG } from '../fixtures/cli/desk.js';
import { published } from '../fixtures/published.js';
import type { ErrorDocument, StoryDocument } from '../fixtures/cli/documents.js';

describe('with a worker', () => {
  let desk: CliDesk;
  beforeAll(async () => {
    desk = new CliDesk({ oneProcess: true });
    await desk.serve();
  });
  afterAll(() => desk.close());

  test('doctor: ends with 0 when all is well', async () => {
    const { code, document } = await desk.json(['doctor', CONFIG]);
    expect(document).toMatchObject({ ok: true });
    expect(code).toBe(0);
  });

  test('doctor --web-ui: prints the views of the Temporal Web UI and a script that saves them', async () => {
    const { stdout } = await desk.run(['doctor', CONFIG, '--web-ui']);
    expect(stdout).toContain('Baton: waiting for a person');
    expect(stdout).toMatch(/^\(\(\) => \{$/m);
    const { code, document } = await desk.json(['doctor', CONFIG, '--web-ui']);
    expect(code).toBe(0);
    expect(published('doctor', document)).toMatchObject({
      webUi: { script: expect.stringContaining('BatonState') },
    });
  });

  test('start --wait: prints the result on stdout, and nothing else', async () => {
    const { code, stdout } = await desk.begin([
      'start',
      'greet',
      '--input',
      '{"name":"ada"}',
      '--task-queue',
      desk.queue,
      '--wait',
    ]).ended;
    expect(stdout).toBe('hello ada\n');
    expect(code).toBe(0);
  });

  test('start --wait: prints the pending request with the commands to decide it, and continues when it is decided elsewhere', async () => {
    const run = desk.begin([
      'start',
      'hello',
      '--input',
      '"what is known?"',
      '--task-queue',
      desk.queue,
      '--wait',
      '--json',
    ]);
    const [, request = ''] = await run.says('stderr', /baton .*approve (\S+)\n/);
    expect(run.stderr).toContain('Publish?');
    const approved = await desk.json(['approve', request, '--by', 'ada']);
    expect(approved).toMatchObject({
      code: 0,
      document: { request, option: 'approve', by: 'ada', via: 'update' },
    });
    const { code, stdout } = await run.ended;
    expect(JSON.parse(stdout)).toMatchObject({
      status: 'completed',
      result: expect.stringContaining('what is known?'),
    });
    expect(code).toBe(0);
  });

  test('start --wait: ends with 1 when a person rejects, and with 2 when the input does not fit', async () => {
    const run = desk.begin([
      'start',
      'hello',
      '--input',
      '"why?"',
      '--task-queue',
      desk.queue,
      '--wait',
      '--json',
    ]);
    const [, request = ''] = await run.says('stderr', /baton .*approve (\S+)\n/);
    expect((await desk.run(['reject', request, '--reason', 'too early'])).code).toBe(0);
    const rejected = await run.ended;
    expect(JSON.parse(rejected.stdout)).toMatchObject({
      status: 'failed',
      error: { code: 'REJECTED', message: expect.stringContaining('too early') },
    });
    expect(rejected.code).toBe(1);
    const unfit = await desk.json<ErrorDocument>([
      'start',
      'greet',
      '--input',
      '{"name":1}',
      '--task-queue',
      desk.queue,
      '--wait',
    ]);
    expect([unfit.code, unfit.document.error.code]).toEqual([2, 'BAD_INPUT']);
  });

  test('start: an open run of the same id is refused', async () => {
    const id = await desk.start('twice', null);
    const again = await desk.json<ErrorDocument>([
      'start',
      'twice',
      '--input',
      'null',
      '--id',
      id,
      '--task-queue',
      desk.queue,
    ]);
    expect([again.code, again.document.error.code]).toEqual([2, 'RUN_EXISTS']);
  });

  test('start --wait: says that nobody exports the workflow, and that the run waits for one who does', async () => {
    const run = desk.begin(['start', 'nosuch', '--input', 'null', '--task-queue', desk.queue, '--wait']);
    await run.says(
      'stderr',
      /exports no workflow of this type.*UNKNOWN_WORKFLOW.*End it: `baton.* cancel nosuch-/s,
    );
    expect((await run.kill('SIGINT')).code).toBe(130);
  });

  test('start: warns at once about a workflow that the worker does not export, and the run waits for a worker that does', async () => {
    // Without a configuration, the earlier runs of the queue show which workflows exist.
    await desk.watched(await desk.start('greet', { name: 'ada' }));
    const args = ['start', 'nosuch', '--input', 'null', '--task-queue', desk.queue];
    const { code, stderr } = await desk.run(args);
    expect(code).toBe(0);
    expect(stderr).toMatch(/exports no workflow of this type.*UNKNOWN_WORKFLOW.*There are: .*greet/s);
    expect(stderr).toMatch(/End it: `baton.* cancel nosuch-/);
    const near = await desk.run(['start', 'gret', '--input', 'null', '--task-queue', desk.queue]);
    expect(near.stderr).toContain('Did you mean "greet"?');
    const { document } = await desk.json<{ workflowId: string }>(args);
    expect(document).toMatchObject({ status: 'running', held: { code: 'UNKNOWN_WORKFLOW' } });
    const ended = await desk.json<object>(['cancel', document.workflowId]);
    expect(ended.document).toMatchObject({ workflowId: document.workflowId, ended: true });
    expect((await desk.json<ErrorDocument>(['cancel', document.workflowId])).document.error.code).toBe(
      'RUN_CLOSED',
    );
  });

  test('start --wait: says that the code throws, and waits on until it is interrupted', async () => {
    const run = desk.begin(['start', 'broken', '--input', 'null', '--task-queue', desk.queue, '--wait']);
    await run.says('stderr', /waits for a worker with fixed code .*this code is wrong.*ORCHESTRATION_HELD/s);
    const { code, stderr } = await run.kill('SIGINT');
    expect(code).toBe(130);
    expect(stderr).toContain('The run continues');
  });

  test('decisions: each refusal ends with 4 and says why', async () => {
    const id = await desk.start('twice', null);
    const first = (await desk.waiting(id)).id;
    expect((await desk.run(['approve', first])).code).toBe(0);
    const refused = async (args: string[]): Promise<[number | null, string]> => {
      const { code, document } = await desk.json<ErrorDocument>(args);
      return [code, document.error.code];
    };
    expect(await refused(['approve', first])).toEqual([4, 'ALREADY_DECIDED']);
    const second = (await desk.waiting(id)).id;
    expect(await refused(['decide', second, '--option', 'maybe'])).toEqual([4, 'OPTION_NOT_OFFERED']);
    expect(await refused(['decide', second, '--option', 'reject'])).toEqual([4, 'DECISION_MALFORMED']);
    expect(await refused(['approve', `${id}/000000000000`])).toEqual([4, 'UNKNOWN_REQUEST']);
    expect(await refused(['approve', 'nonsense'])).toEqual([4, 'UNKNOWN_REQUEST']);
    expect((await desk.run(['approve', second])).code).toBe(0);
    expect(await refused(['approve', second])).toEqual([4, 'RUN_CLOSED']);
  });

  test('show: a waiting request has its exact arguments, and the run itself tells the story', async () => {
    const args = { to: 'ada', cents: 4200, memo: '§'.repeat(900) };
    const id = await desk.start('pays', args);
    const request = await desk.waiting(id);
    const { document } = await desk.json<StoryDocument>(['show', id]);
    expect(document).toMatchObject({ source: 'worker', state: 'waiting', owner: 'pays' });
    expect(document.pending).toMatchObject([{ id: request.id, whole: true, args }]);
    const page = (await desk.run(['show', id])).stdout;
    expect(page).toContain('cents: 4200');
    // Whole in the arguments, and in what was asked for.
    expect(page.replace(/[^§]/g, '')).toHaveLength(2 * 900);
    expect(page).toContain(`baton --address ${desk.address} approve ${request.id}`);
    expect((await desk.run(['approve', request.id])).code).toBe(0);
    expect(await desk.watched<StoryDocument>(id)).toMatchObject({ state: 'completed', result: 'performed' });
    expect(desk.log()).toContain('paid 4200 to ada');
  });

  test('show --watch: tells each change as a document a line, and ends with the run and its exit code', async () => {
    const id = await desk.start('twice', null);
    const watch = desk.begin(['show', id, '--watch', '--json']);
    await watch.says('stdout', /"state":"waiting"/);
    const { id: request } = await desk.waiting(id);
    await desk.run(['reject', request, '--reason', 'too early']);
    const { code, stdout } = await watch.ended;
    const stories = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as StoryDocument);
    expect(new Set(stories.map((story) => JSON.stringify(story))).size).toBe(stories.length);
    expect(stories.at(-1)).toMatchObject({ state: 'failed', failure: { code: 'REJECTED' } });
    expect(code).toBe(1);
  });

  test('show --watch: in a pipe each event is a line of stdout, and an interruption leaves the run alone', async () => {
    const id = await desk.start('twice', null);
    const watch = desk.begin(['show', id, '--watch']);
    const [, request = ''] = await watch.says('stdout', /baton .*approve (\S+)\n/);
    await desk.run(['approve', request]);
    await watch.says('stdout', /Second\?/);
    const { code, stdout, stderr } = await watch.kill('SIGINT');
    expect(code).toBe(130);
    expect(stdout).toMatch(/^\d\d:\d\d:\d\d {2}twice +the run begins$/m);
    expect(stdout.match(/asks a person: First\?/g)).toHaveLength(1);
    expect(stderr).toContain(
      `The run continues unwatched. To watch it again: baton --address ${desk.address} show ${id} --watch`,
    );
    expect((await desk.waiting(id)).question).toBe('Second?');
  });

  test('worker: ends with 0 on SIGTERM, and its document says what it serves', async () => {
    const worker = await desk.worker();
    expect(JSON.parse(worker.stdout)).toMatchObject({
      taskQueue: desk.queue,
      models: { default: 'offline' },
      workflows: expect.arrayContaining(['hello']),
    });
    expect(worker.stderr).toContain('offline models: no provider is asked');
    expect((await worker.kill('SIGTERM')).code).toBe(0);
  });
});
