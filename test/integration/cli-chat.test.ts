/** Talking with a swarm from the command line, as a script does; and the client's side of a conversation. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { answerTo, endTalk, say, talkOf } from '@batonhq/baton/client';
import { expect, test } from 'vitest';
import { baton } from '../fixtures/cli/command.js';
import { firstRequest, testAddress, timeline, until, withDesk, type Desk } from '../fixtures/harness.js';
import { echoing, tools } from '../fixtures/swarm-model.js';

const workflows = fileURLToPath(new URL('../fixtures/swarm-workflows.ts', import.meta.url));

const talking = <T>(body: (desk: Desk) => Promise<T>): Promise<T> =>
  withDesk({ model: echoing(), workflows, tools }, body);

async function chat(desk: Desk, args: readonly string[], stdin: string) {
  const cwd = mkdtempSync(join(tmpdir(), 'baton-chat-'));
  try {
    const whole = ['chat', ...args, '--address', testAddress(), '--task-queue', desk.taskQueue];
    return await baton(whole, { cwd, stdin });
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
}

test("chat: a line is a turn, the agent's name stands before its answer, and the open run can be resumed", async () => {
  await talking(async (desk) => {
    const first = await chat(desk, ['talk', '--id', `${desk.taskQueue}-a`], 'hello\n\nmy bill is wrong\n');
    expect(first.code).toBe(0);
    expect(first.stdout).toMatch(/^front: front heard 1: "?hello"?\nbilling: billing: .*my bill is wrong/);
    expect(first.stderr).toContain('front → billing: billing has control.');
    const second = await chat(desk, ['--id', `${desk.taskQueue}-a`, '--json'], 'look it up\n/end\n');
    expect(JSON.parse(second.stdout)).toMatchObject({
      turn: 3,
      agent: 'billing',
      answer: expect.stringContaining('order A1 is paid'),
    });
    const run = desk.client.workflow.getHandle(`${desk.taskQueue}-a`);
    expect(await run.result()).toMatchObject({ turns: 3, ended: 'user' });
    const late = await chat(desk, ['--id', `${desk.taskQueue}-a`], 'anybody?\n');
    expect(late.code).not.toBe(0);
    expect(late.stderr).toContain('RUN_CLOSED');
  });
});

test('chat: what is wrong is said: no workflow, no such run, no conversation', async () => {
  await talking(async (desk) => {
    expect(await chat(desk, [], '')).toMatchObject({ code: 2, stderr: expect.stringContaining('BAD_USAGE') });
    expect(await chat(desk, ['--id', 'nobody-knows'], 'hi\n')).toMatchObject({
      stderr: expect.stringContaining('UNKNOWN_RUN'),
    });
    const plain = await desk.start('waits', null);
    const { id } = await firstRequest(plain);
    const silent = await chat(desk, ['--id', plain.workflowId], 'hi\n');
    expect(silent).toMatchObject({ code: 2, stderr: expect.stringContaining('BAD_INPUT') });
    expect(silent.stderr).toContain(`Run ${plain.workflowId} is of waits, which is not a swarm`);
    await plain.executeUpdate('decide', { args: [{ request: id, option: 'approve', by: 'ada' }] });
    await plain.result();
    const wrong = await chat(desk, ['waits', '--id', `${desk.taskQueue}-f`], 'hi\n');
    expect(wrong).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('waits is not a swarm and does not accept messages. Nothing was done.'),
    });
    const handle = desk.client.workflow.getHandle(`${desk.taskQueue}-f`);
    expect((await timeline(handle)).map(({ kind }) => kind)).toEqual(['run-started', 'run-ended']);
    const again = await chat(desk, ['--id', `${desk.taskQueue}-f`], 'hi\n');
    expect(again.stderr).toContain('waits is not a swarm');
    const unknown = await chat(desk, ['nobodys', '--id', `${desk.taskQueue}-u`], 'hi\n');
    expect(unknown.stderr).toContain('The run was ended again.  [UNKNOWN_WORKFLOW]');
    const { status } = await desk.client.workflow.getHandle(`${desk.taskQueue}-u`).describe();
    expect(status.name).toBe('TERMINATED');
  });
});

test('talk: the client says, waits for the answer through an approval, and ends it', async () => {
  await talking(async (desk) => {
    const run = await desk.start('talk', { say: 'my bill' });
    const { workflowId } = run;
    const ticket = await say(desk.client, workflowId, 'pay me', { id: 'once', by: 'ann' });
    expect(await say(desk.client, workflowId, 'pay me', { id: 'once' })).toEqual(ticket);
    const answer = answerTo(desk.client, workflowId, ticket);
    const request = await firstRequest(run);
    await run.executeUpdate('decide', { args: [{ request: request.id, option: 'approve', by: 'ada' }] });
    expect(await answer).toMatchObject({ turn: 2, by: 'ann', answer: expect.stringContaining('for ann') });
    const stop = new AbortController();
    const never = answerTo(desk.client, workflowId, { turn: 9 }, { signal: stop.signal });
    stop.abort(new Error('enough'));
    await expect(never).rejects.toThrow('enough');
    await expect(say(desk.client, workflowId, ' ')).rejects.toMatchObject({ code: 'BAD_INPUT' });
    await endTalk(desk.client, workflowId);
    await run.result();
    await expect(say(desk.client, workflowId, 'more')).rejects.toMatchObject({ code: 'RUN_CLOSED' });
    await expect(answerTo(desk.client, workflowId, { turn: 9 })).rejects.toMatchObject({
      code: 'RUN_CLOSED',
    });
    expect(await talkOf(desk.client, workflowId)).toMatchObject({ state: 'ended', turns: 2 });
  });
});

test('talk: fifty messages from one client come in without waiting for each other, each once', async () => {
  await talking(async (desk) => {
    const run = await desk.start('short', null);
    const { workflowId } = run;
    const texts = Array.from({ length: 50 }, (_, index) => `m${index}`);
    const tickets = await Promise.all(texts.map((text) => say(desk.client, workflowId, text, { id: text })));
    expect(new Set(tickets.map(({ turn }) => turn)).size).toBe(50);
    await answerTo(desk.client, workflowId, { turn: 50 });
    const talk = await until(async () => talkOf(desk.client, workflowId));
    for (const { id, turn } of tickets)
      expect(talk.recent.find((each) => each.turn === turn)).toMatchObject({ id, text: id, agent: 'front' });
    await desk.client.workflow.getHandle(workflowId).terminate('The test has seen enough.');
  });
});
