/** The commands that decide besides `approve` and `reject`: what they show, send, refuse and print. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CliDesk } from '../fixtures/cli/desk.js';
import type { ErrorDocument } from '../fixtures/cli/documents.js';
import { until } from '../fixtures/harness.js';

interface StoryDocument {
  readonly state: string;
  readonly pending: { readonly id: string; readonly revision: number; readonly digest?: string }[];
  readonly timeline: { readonly kind: string; readonly revision?: number; readonly by?: string }[];
  readonly result?: unknown;
  readonly failure?: { readonly code?: string; readonly message: string };
}

let desk: CliDesk;
beforeAll(async () => {
  desk = new CliDesk({ oneProcess: true });
  await desk.serve();
});
afterAll(() => desk.close());

async function end(id: string): Promise<StoryDocument> {
  return desk.watched<StoryDocument>(id);
}

async function refused(
  args: readonly string[],
): Promise<{ exit: number | null; code: string; message: string }> {
  const { code: exit, document } = await desk.json<ErrorDocument>(args);
  return { exit, ...document.error };
}

describe('edit', () => {
  const args = { to: 'ada', cents: 900, memo: 'lunch' };

  test('edit: shows the new action, and only that is carried out after an approval of it', async () => {
    const id = await desk.start('pays', args);
    const { id: request } = await desk.waiting(id);
    const given = JSON.stringify({ ...args, cents: 90 });
    const edited = await desk.json(['edit', request, '--args', given, '--by', 'eve']);
    expect(edited).toMatchObject({ code: 0, document: { option: 'edit', revision: 2, by: 'eve' } });
    const page = (await desk.run(['show', id])).stdout;
    expect(page).toContain('cents: 90\n');
    expect(page).toMatch(/revision +2, edited by eve/);
    const digest = String(edited.document['digest']);
    const named = `approve ${request} --digest ${digest.slice(0, 12)}`;
    expect(page).toContain(named);
    // A person who has seen only the first revision must not approve the second by accident.
    expect(await refused(['approve', request])).toMatchObject({
      exit: 4,
      code: 'REQUEST_CHANGED',
      message: expect.stringContaining(`--digest ${digest.slice(0, 12)}`),
    });
    expect(await refused(['approve', request, '--digest', '0123456789ab'])).toMatchObject({
      exit: 4,
      code: 'REQUEST_CHANGED',
    });
    expect(await refused(['approve', request, '--digest', 'x'])).toMatchObject({
      exit: 2,
      code: 'BAD_USAGE',
    });
    const approved = await desk.json(named.split(' '));
    expect(approved.document).toMatchObject({ digest });
    const story = await end(id);
    expect(story).toMatchObject({ state: 'completed', result: 'performed' });
    expect(story.timeline).toContainEqual(
      expect.objectContaining({ kind: 'edited', revision: 2, by: 'eve' }),
    );
    expect(desk.log()).toContain('paid 90 to ada');
    expect(desk.log()).not.toContain('paid 900 to ada');
  });

  test('edit --editor: sends what the editor leaves, and nothing when it fails or writes no JSON', async () => {
    const id = await desk.start('pays', args);
    const { id: request } = await desk.waiting(id);
    const editor = (script: string) => ({
      VISUAL: `${process.execPath} -e ${JSON.stringify(`const f=process.argv[1],fs=require('fs');${script}`)}`,
    });
    const rewrite = `fs.writeFileSync(f,fs.readFileSync(f,'utf8').replace('900','7'))`;
    const broken = await desk.json<ErrorDocument>(
      ['edit', request, '--editor'],
      '',
      editor(`fs.writeFileSync(f,'{')`),
    );
    expect(broken).toMatchObject({ code: 2, document: { error: { code: 'BAD_INPUT' } } });
    const left = await desk.json<ErrorDocument>(['edit', request, '--editor'], '', editor('process.exit(3)'));
    expect(left).toMatchObject({ code: 2, document: { error: { code: 'BAD_USAGE' } } });
    expect(await desk.json(['edit', request, '--editor'], '', editor(rewrite))).toMatchObject({
      code: 0,
      document: { revision: 2 },
    });
    const [, digest = ''] = /--digest (\w+)/.exec((await desk.run(['show', id])).stdout) ?? [];
    expect((await desk.run(['approve', request, '--digest', digest])).code).toBe(0);
    await end(id);
    expect(desk.log()).toContain('paid 7 to ada');
  });

  test('edit: takes a file or standard input, and refuses what does not fit with exit code 4', async () => {
    const { id: request } = await desk.waiting(await desk.start('pays', args));
    expect(await refused(['edit', request, '--args', '{"to":"ada"}'])).toMatchObject({
      exit: 4,
      code: 'DECISION_INVALID',
      message: expect.stringContaining('cents: '),
    });
    expect(await refused(['edit', request, '--args', '{to: ada}'])).toMatchObject({
      exit: 2,
      code: 'BAD_INPUT',
      message: expect.stringContaining('--args'),
    });
    expect(await refused(['edit', request])).toMatchObject({ exit: 2, code: 'BAD_USAGE' });
    const edited = await desk.json(['edit', request, '--args', '-'], JSON.stringify({ ...args, cents: 1 }));
    expect(edited).toMatchObject({ code: 0, document: { revision: 2 } });
    expect((await desk.run(['reject', request, '--reason', 'after all'])).code).toBe(0);
  });
});

test('answer: text where text is asked for, JSON where it is not, and what does not fit is refused', async () => {
  const id = await desk.start('trip', null);
  const first = await desk.waiting(id);
  expect((await desk.run(['show', id])).stdout).toContain(`answer ${first.id} "…"`);
  expect((await desk.run(['answer', first.id, 'green'])).code).toBe(0);
  const second = await nextRequest(id, first.id);
  expect((await desk.run(['show', id])).stdout).toContain(`'{"seats":1}'`);
  expect(await refused(['answer', second, '{"seats":0}'])).toMatchObject({
    exit: 4,
    code: 'DECISION_INVALID',
  });
  expect(await refused(['approve', second])).toMatchObject({ exit: 4, code: 'OPTION_NOT_OFFERED' });
  expect((await desk.run(['answer', second, '{"seats":2}'])).code).toBe(0);
  expect(await end(id)).toMatchObject({ state: 'completed', result: '2 green' });
});

test('redirect: the other agent does the task, and the action is not carried out', async () => {
  const id = await desk.start('clerks', 'settle with bob');
  const { id: request } = await desk.waiting(id);
  expect(await refused(['redirect', request])).toMatchObject({ exit: 2, code: 'BAD_USAGE' });
  expect(await refused(['redirect', request, '--to', 'nobody'])).toMatchObject({
    exit: 4,
    code: 'OPTION_NOT_OFFERED',
    message: expect.stringContaining('elder'),
  });
  const { stdout } = await desk.run(['redirect', request, '--to', 'elder', '--by', 'ada']);
  expect(stdout).toContain('Redirected to elder by ada');
  const story = await end(id);
  expect(story.state).toBe('completed');
  expect(story.timeline).toContainEqual(
    expect.objectContaining({ kind: 'handoff', from: 'clerk', to: 'elder', by: 'person' }),
  );
  expect(desk.log()).not.toContain('paid 500 to bob');
});

test('abort: ends the run as failed, with the reason that it needs', async () => {
  const id = await desk.start('twice', null);
  const { id: request } = await desk.waiting(id);
  expect(await refused(['abort', request])).toMatchObject({ exit: 2, code: 'BAD_USAGE' });
  expect((await desk.run(['abort', request, '--reason', 'not needed', '--by', 'ada'])).code).toBe(0);
  expect(await end(id)).toMatchObject({
    state: 'failed',
    failure: { code: 'ABORTED', message: expect.stringContaining('not needed') },
  });
  expect(await refused(['approve', request])).toMatchObject({ exit: 4, code: 'RUN_CLOSED' });
});

test('a run whose code throws: a decision is refused at once with what it throws, and --queue leaves it', async () => {
  const id = await desk.start('stuck', null);
  const { id: request } = await desk.waiting(id);
  await until(async () => (await desk.story(id)).held);
  expect(await refused(['approve', request])).toMatchObject({
    exit: 1,
    code: 'ORCHESTRATION_HELD',
    message: expect.stringContaining('this code is wrong'),
  });
  expect(await desk.json(['approve', request, '--queue'])).toMatchObject({
    code: 0,
    document: { queued: true, option: 'approve' },
  });
});

function nextRequest(run: string, before: string): Promise<string> {
  return until(async () => (await desk.story(run)).pending.find(({ id }) => id !== before)?.id);
}

test('P0 a person accepts a task, asks for clarification, declines, and retries it, each by its command', async () => {
  const id = await desk.start('roof', 'Main Street 1');
  const { id: first } = await desk.waiting(id);
  const page = (await desk.run(['show', id])).stdout;
  for (const line of [
    'Which colour for the roof?',
    'the task is handed off to a person',
    'chief (lead)',
    'Main Street 1',
    `accept ${first}`,
    `decline ${first} --reason "…"`,
    `clarify ${first} "…?"`,
  ])
    expect(page).toContain(line);
  expect(await refused(['clarify', first])).toMatchObject({ exit: 2, code: 'BAD_USAGE' });
  expect((await desk.run(['clarify', first, 'Which house?\nWhich side?', '--by', 'ada'])).stdout).toContain(
    'Asked by ada',
  );
  for (const answer of ['the blue one', 'the north']) {
    const { id: question } = await desk.waiting(id);
    expect((await desk.run(['answer', question, answer])).code).toBe(0);
  }
  const { id: second } = await desk.waiting(id);
  expect((await desk.run(['show', id])).stdout).toContain('the north');
  expect(await refused(['decline', second])).toMatchObject({ exit: 2, code: 'BAD_USAGE' });
  expect((await desk.run(['decline', second, '--reason', 'no paint', '--by', 'ada'])).stdout).toContain(
    'Declined by ada',
  );
  const { id: failed } = await desk.waiting(id);
  const report = (await desk.run(['show', id])).stdout;
  expect(report).toContain('recovery was exhausted');
  expect(report).toMatch(/HANDOFF_DECLINED[\s\S]*no paint/);
  expect(report).toContain(`retry ${failed} --guidance "…"`);
  expect((await desk.run(['retry', failed, '--guidance', 'Buy paint.', '--by', 'eve'])).stdout).toContain(
    'Retry approved by eve',
  );
  const { id: third } = await desk.waiting(id);
  expect((await desk.run(['show', id])).stdout).toContain('Buy paint.');
  expect((await desk.run(['accept', third, '--by', 'ada'])).stdout).toContain('Accepted by ada');
  const { id: result } = await desk.waiting(id);
  expect((await desk.run(['answer', result, '{"colour":"red"}'])).code).toBe(0);
  expect(await end(id)).toMatchObject({ state: 'completed', result: { colour: 'red' } });
});
