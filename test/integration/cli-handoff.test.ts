/** `baton show --handoff` and `--prompt`, as a process: as a page, and as a document. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CliDesk } from '../fixtures/cli/desk.js';
import { published } from '../fixtures/published.js';

/** The store of the worker that runs in this process. */
const STORE = ['--store', 'file:store.db'];

describe('baton show --handoff', () => {
  let desk: CliDesk;
  let id = '';
  beforeAll(async () => {
    desk = new CliDesk({ oneProcess: true });
    await desk.serve();
    id = await desk.start('hello', 'what is durable?');
    await desk.waiting(id);
  });
  afterAll(() => desk.close());

  test("H9 the page shows the sender, the receiver, the contract, the owner of the task, and the receiver's context", async () => {
    const { code, stdout, stderr } = await desk.run(['show', id, '--handoff', '1']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const part of [
      /^hello → researcher {2}delegation 1 of 1/m,
      /input-of-researcher@1/,
      /owner +hello/,
      /passed +what is durable\?/,
      /context +\d+ tokens/,
      /^ {2}payload +kept, pinned +\d+$/m,
    ])
      expect(stdout).toMatch(part);
  });

  test('H9 --json: the document of the published schema, with the manifest', async () => {
    const { code, document } = await desk.json(['show', id, '--handoff', '1']);
    expect(code).toBe(0);
    expect(published('handoff', document)).toMatchObject({
      number: 1,
      of: 1,
      from: 'hello',
      to: 'researcher',
      context: { parts: [{ part: 'payload', fate: 'kept' }] },
    });
  });

  test('H9 a person’s task has no manifest, and the page says so', async () => {
    const asked = await desk.start('roof', 'a red one');
    await desk.waiting(asked);
    const { stdout } = await desk.run(['show', asked, '--handoff', '1']);
    expect(stdout).toMatch(/context +none composed yet/);
    const { document } = await desk.json(['show', asked, '--handoff', '1']);
    expect(document).not.toHaveProperty('context');
  });

  test.each([
    ['9', 'BAD_USAGE', /no handoff 9 in run .*which has 1/],
    ['0', 'BAD_USAGE', /is a number from 1/],
    ['many', 'BAD_USAGE', /is a number/],
  ])('--handoff %s: is refused with %s, on stderr', async (number, code, message) => {
    const refused = await desk.run(['show', id, '--handoff', number]);
    expect(refused.stderr).toContain(code);
    expect(refused).toMatchObject({ code: 2, stdout: '' });
    expect(refused.stderr).toContain(code);
    expect(refused.stderr).toMatch(message);
  });

  test('prompts: the page has the parts of the request with their tokens, their texts, and the answer', async () => {
    const listed = await desk.run(['show', id, '--prompt', 'list', ...STORE]);
    expect(listed.stdout).toMatch(/^1 +researcher-0\/turn-1 +researcher /m);
    const { code, stdout, stderr } = await desk.run(['show', id, '--prompt', '1', ...STORE]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const part of [
      /^researcher {2}researcher-0\/turn-1 /,
      /^system prompt +\d+$/m,
      /^task, with what was handed off +\d+$/m,
      /── system prompt, \d+ tokens\nYou are /,
      /── task, with what was handed off, \d+ tokens\nwhat is durable\?/,
      /── answer\n./,
    ])
      expect(stdout).toMatch(part);
  });

  test('prompts --json: the document of the published schema', async () => {
    const { code, document } = await desk.json(['show', id, '--prompt', 'researcher-0/turn-1', ...STORE]);
    expect(code).toBe(0);
    expect(published('prompts', document)).toMatchObject({
      workflowId: id,
      calls: [{ number: 1, step: 'researcher-0/turn-1' }],
      prompt: { step: 'researcher-0/turn-1', sections: [{ section: 'system-prompt' }, { section: 'task' }] },
    });
  });

  test.each([
    [['--prompt', 'resarcher-0/turn-1', ...STORE], 'Did you mean "researcher-0/turn-1"?'],
    [['--prompt', '1', '--watch'], 'does not go with --watch'],
    [['--prompt', '1', '--store', 'file:none.db'], 'There is no store file:none.db'],
  ])('prompts: %j is refused with what to do', async (options, message) => {
    const refused = await desk.run(['show', id, ...options]);
    expect(refused).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining(message) });
  });
});
