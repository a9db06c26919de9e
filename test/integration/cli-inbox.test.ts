/** `baton inbox` over real runs: with a worker, without one, and as it changes. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CliDesk } from '../fixtures/cli/desk.js';

interface InboxDocument {
  readonly requests: {
    id: string;
    workflowId: string;
    question: string;
    worker: boolean;
    deadline?: string;
  }[];
  readonly unnamed: { workflowId: string; more: number }[];
}

let desk: CliDesk;
beforeAll(async () => {
  desk = new CliDesk({ oneProcess: true });
  await desk.serve();
});
afterAll(() => desk.close());

/** The server is that of all tests: only these runs are looked at. */
async function inbox(runs: readonly string[]): Promise<InboxDocument> {
  const { requests, unnamed } = (await desk.json<InboxDocument>(['inbox'])).document;
  return {
    requests: requests.filter(({ workflowId }) => runs.includes(workflowId)),
    unnamed: unnamed.filter(({ workflowId }) => runs.includes(workflowId)),
  };
}

test('inbox: a deadline comes before none, and more than a memo holds is asked of the run', async () => {
  const many = await desk.start('many', 12);
  const hello = await desk.start('hello', 'what is known?');
  await desk.waiting(many);
  await desk.waiting(hello);
  const { requests, unnamed } = await inbox([many, hello]);
  expect(requests.map(({ workflowId }) => workflowId)).toEqual([hello, ...Array<string>(12).fill(many)]);
  expect(requests[0]).toMatchObject({ question: 'Publish?', worker: true, deadline: expect.any(String) });
  expect(unnamed).toEqual([]);
});

test('inbox --watch: prints the pending requests after each change, a document a line, and ends cleanly', async () => {
  const watch = desk.begin(['inbox', '--watch', '--json']);
  await watch.says('stdout', /"requests"/);
  const id = await desk.start('twice', null);
  const first = (await desk.waiting(id)).id;
  await watch.says('stdout', new RegExp(`${first}.*\\n`));
  await desk.run(['approve', first]);
  const second = (await desk.waiting(id)).id;
  await watch.says('stdout', new RegExp(`\\n(?!.*${first}).*${second}.*\\n`));
  expect((await watch.kill('SIGINT')).code).toBe(0);
});

test('inbox --watch: where nothing can be drawn, a line tells what begins and what ceases to wait', async () => {
  const watch = desk.begin(['inbox', '--watch']);
  const id = await desk.start('twice', null);
  const { id: first } = await desk.waiting(id);
  await watch.says('stdout', new RegExp(`${first}  First\\?`));
  await desk.run(['reject', first, '--reason', 'no']);
  await watch.says('stdout', new RegExp(`${first}  waits no longer`));
  expect((await watch.kill('SIGINT')).code).toBe(0);
});

test('inbox --decide: is refused where nobody can be asked', async () => {
  const { code, stderr } = await desk.run(['inbox', '--decide']);
  expect(code).toBe(2);
  expect(stderr).toContain('baton approve REQUEST');
});

test('inbox: without a worker it tells what the memos hold, and what they do not', async () => {
  const alone = new CliDesk();
  try {
    const worker = await alone.worker();
    const id = await alone.start('many', 12);
    await alone.waiting(id);
    await worker.kill('SIGTERM');
    const { requests, unnamed } = (await alone.json<InboxDocument>(['inbox'])).document;
    expect(requests.filter(({ workflowId }) => workflowId === id)).toHaveLength(10);
    expect(requests.find(({ workflowId }) => workflowId === id)?.worker).toBe(false);
    expect(unnamed).toContainEqual({ workflowId: id, more: 2 });
    const { stdout } = await alone.run(['inbox']);
    expect(stdout).toMatch(/No worker is available for \d+ runs? /);
    expect(stdout.replace(/\s+/g, ' ')).toContain(`${id} waits for 2 more`);
  } finally {
    await alone.close();
  }
});
