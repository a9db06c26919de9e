/** `baton show --states` and `baton fork`, as processes: what a graph's run went through, and another way on from there. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CliDesk } from '../fixtures/cli/desk.js';
import { until } from '../fixtures/harness.js';
import { published } from '../fixtures/published.js';

interface Told {
  readonly steps: readonly { readonly step: number; readonly state: unknown }[];
}
interface Ended {
  readonly result: unknown;
  readonly failure?: { readonly code: string; readonly message: string };
}

describe('O2 a graph on the command line', () => {
  let desk: CliDesk;
  let id = '';
  beforeAll(async () => {
    desk = new CliDesk({ oneProcess: true });
    await desk.serve();
    id = await desk.start('counts', { to: 2 });
    await desk.watched(id);
  });
  afterAll(() => desk.close());

  test('show --states: a line a step, with what ran, what comes next, and what changed', async () => {
    const { code, stdout, stderr } = await desk.run(['show', id, '--states']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const line of [
      /^counts {2}4 states$/m,
      /^0 +begin +count +n: 0, to: 2, seen: none$/m,
      /^1 +count +count +n: 1, seen: saw 0$/m,
      /^2 +count +end +n: 2/m,
      /^3 +end +END +seen: saw 0 and 2 more$/m,
    ])
      expect(stdout).toMatch(line);
  });

  test('show --states --json: the document of the published schema, with whole states', async () => {
    const { document } = await desk.json<Told>(['show', id, '--states']);
    expect(published('graph-states', document).steps.map(({ state }) => state)).toEqual([
      { n: 0, to: 2, seen: [] },
      { n: 1, to: 2, seen: ['saw 0'] },
      { n: 2, to: 2, seen: ['saw 0', 'saw 1'] },
      { n: 2, to: 2, seen: ['saw 0', 'saw 1', 'end'] },
    ]);
  });

  test('fork: a new run continues from a step, and the edited state decides the next one', async () => {
    const before = await desk.json(['show', id, '--states']);
    const { code, document } = await desk.json<{ workflowId: string }>([
      'fork',
      id,
      '--step',
      '1',
      '--edit',
      '{"to": 1}',
      '--id',
      `${id}-shorter`,
    ]);
    expect(code).toBe(0);
    expect(published('fork', document)).toMatchObject({
      workflowId: `${id}-shorter`,
      of: id,
      step: 1,
      workflow: 'counts',
      taskQueue: desk.queue,
    });
    // In the run that it comes from, step 2 counted on.
    expect((await desk.watched<Ended>(document.workflowId)).result).toEqual({
      n: 1,
      to: 1,
      seen: ['saw 0', 'end'],
    });
    expect((await desk.run(['show', document.workflowId])).stdout).toContain(
      `continues from step 1 of ${id}`,
    );
    expect(await desk.json(['show', id, '--states'])).toEqual(before);
    const again = await desk.json<{ workflowId: string }>(['fork', document.workflowId, '--step', '1']);
    const { result } = await desk.watched<Ended>(again.document.workflowId);
    expect(result).toEqual({ n: 1, to: 1, seen: ['saw 0', 'end'] });
  });

  test('fork: what does not fit the state fails the new run, and a mistyped key is named', async () => {
    for (const [edit, message] of [
      ['{"n": "many"}', /does not fit its state/],
      ['{"too": 1}', /its state has no too: it has n, to, seen/],
    ] as const) {
      const { document } = await desk.json<{ workflowId: string }>([
        'fork',
        id,
        '--step',
        '1',
        '--edit',
        edit,
      ]);
      const { failure } = await desk.watched<Ended>(document.workflowId);
      expect(failure).toMatchObject({ code: 'BAD_INPUT', message: expect.stringMatching(message) });
    }
  });

  test.each([
    [['fork', '--step', '9'], 'BAD_USAGE', /keeps no step 9: it keeps 0 to 3/],
    [['fork', '--step', 'last'], 'BAD_USAGE', /--step is a number/],
    [['fork'], 'BAD_USAGE', /--step is a number/],
    [['fork', '--step', '1', '--edit', '[]'], 'BAD_INPUT', /--edit is an object/],
    [['fork', '--step', '1', '--edit', '{'], 'BAD_INPUT', /--edit is not JSON/],
    [['show', '--states', '--watch'], 'BAD_USAGE', /--states does not go with/],
  ])('%s: is refused with %s, on stderr', async (words, code, message) => {
    const [command = '', ...options] = words;
    const refused = await desk.run([command, id, ...options]);
    expect(refused).toMatchObject({ code: 2, stdout: '' });
    expect(refused.stderr).toContain(code);
    expect(refused.stderr).toMatch(message);
  });

  test('show --states and fork: report a run that is not a graph, and a run that does not exist', async () => {
    const other = await desk.start('hello', 'what?');
    await desk.waiting(other);
    for (const words of [
      ['show', other, '--states'],
      ['fork', other, '--step', '0'],
    ]) {
      const refused = await desk.run(words);
      expect(refused.code).toBe(2);
      expect(refused.stderr).toContain('it is not the run of a graph');
    }
    const broken = await desk.start('broken', null);
    await until(async () => {
      const { stderr } = await desk.run(['show', broken, '--states']);
      return /ORCHESTRATION_HELD/.test(stderr) && stderr.includes('this code is wrong');
    });
    const held = await desk.run(['fork', broken, '--step', '0']);
    expect(held.stderr).toMatch(/tells no states: its code throws.*workflows\.ts:\d+/);
    const unknown = await desk.run(['show', 'nobody-1', '--states']);
    expect(unknown.code).toBe(2);
    expect(unknown.stderr).toContain('UNKNOWN_RUN');
  });
});
