/** A worker dies between two steps of a graph: the next worker continues with the next step and repeats none. */
import { afterAll, expect, test } from 'vitest';
import { CliDesk } from '../fixtures/cli/desk.js';

interface Told {
  readonly steps: readonly { readonly nodes: readonly string[]; readonly state: unknown }[];
}

const desk = new CliDesk();
afterAll(() => desk.close());

test('D1 O2 a worker killed between two steps of a graph: no node is carried out again, and each state is still told', async () => {
  const items = Array.from({ length: 20 }, (_, index) => `item ${index}`);
  const first = await desk.worker();
  const id = await desk.start('noted', { items });
  const request = await desk.waiting(id);
  expect(desk.log().toSorted()).toEqual(items.toSorted());
  await first.kill('SIGKILL');

  const nobody = await desk.run(['show', id, '--states']);
  // Right after a kill the server still believes in the poller; then the query has no answer.
  expect(nobody).toMatchObject({ code: 5, stdout: '' });
  expect(nobody.stderr).toContain('NO_WORKER');

  await desk.worker();
  expect((await desk.json(['approve', request.id, '--by', 'ada'])).code).toBe(0);
  const { result } = await desk.watched<{ result: unknown }>(id);
  expect(result).toEqual({ items, lines: [...items, 'over'] });
  expect(desk.log().toSorted()).toEqual([...items, 'over'].toSorted());
  const { document } = await desk.json<Told>(['show', id, '--states']);
  expect(document.steps.map(({ nodes }) => nodes.join())).toEqual(['', 'begin', 'each', 'ask', 'end']);
  expect(document.steps[2]?.state).toEqual({ items, lines: items });
}, 180_000);
