/** Progress of a tool, as people who watch the run see it: only while the tool runs. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CliDesk } from '../fixtures/cli/desk.js';

let desk: CliDesk;
beforeEach(() => {
  desk = new CliDesk();
});
afterEach(() => desk.close());

interface StoryDocument {
  readonly progress: readonly { readonly path: string; readonly text: string }[];
}

describe('progress', { timeout: 120_000 }, () => {
  test('start --wait and show --watch tell it once; show --json has it while the tool runs', async () => {
    await desk.serve();
    const starting = desk.begin([
      'start',
      'gated',
      '--input',
      '"door"',
      '--id',
      'knocking',
      '--task-queue',
      desk.queue,
      '--wait',
    ]);
    await starting.says('stderr', /knocks at door/);
    const watching = desk.begin(['show', 'knocking', '--watch']);
    await watching.says('stdout', /knocks at door/);
    const during = await desk.json<StoryDocument>(['show', 'knocking']);
    expect(during.document.progress).toEqual([{ path: 'gate-0', text: 'knocks at door' }]);

    desk.open('door');
    const [{ stderr }, { stdout }] = await Promise.all([starting.ended, watching.ended]);
    expect(stderr.match(/knocks at door/g)).toHaveLength(1);
    expect(stdout.match(/knocks at door/g)).toHaveLength(1);
    const after = await desk.json<StoryDocument>(['show', 'knocking']);
    expect(after.document.progress).toEqual([]);
  });
});
