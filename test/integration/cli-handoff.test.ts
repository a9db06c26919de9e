/** `baton show --handoff`, as a process: one handoff of a run as a page, and as a document. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CliDesk } from '../fixtures/cli/desk.js';
import { published } from '../fixtures/published.js';

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

  test('H9 the page says from whom to whom, by which contract, who owns the task, and what the receiver was given', async () => {
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
});
