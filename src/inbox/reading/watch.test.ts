/** An open page gets only states that were read after it was opened. */
import { expect, test, vi } from 'vitest';
import { Watch } from './watch.js';

/** A read of the state that resolves when the test says so. */
function createSlowLook() {
  const asked: ((state: string) => void)[] = [];
  return { asked, look: () => new Promise<string>((resolve) => asked.push(resolve)) };
}

test('watch: a page that is opened later gets the state of that time, not an earlier one', async () => {
  const watch = new Watch();
  let state = 'revision 1';
  const look = () => Promise.resolve(state);
  const [before, after]: [string[], string[]] = [[], []];
  watch.follow('request', look, (told) => before.push(told));
  await vi.waitFor(() => expect(before).toEqual(['revision 1']));
  state = 'revision 2';
  watch.follow('request', look, (told) => after.push(told));
  await vi.waitFor(() => expect(after).toContain('revision 2'));
  expect(after).toEqual(['revision 2']);
  expect(before).toEqual(['revision 1', 'revision 2']);
  watch.close();
});

test('watch: a read that began before a page was opened reaches earlier pages only, and never follows a newer one', async () => {
  const watch = new Watch();
  const { asked, look } = createSlowLook();
  const [before, after]: [string[], string[]] = [[], []];
  watch.follow('request', look, (told) => before.push(told));
  await vi.waitFor(() => expect(asked).toHaveLength(1));
  watch.follow('request', look, (told) => after.push(told));
  await vi.waitFor(() => expect(asked).toHaveLength(2));
  asked[1]?.('revision 2');
  await vi.waitFor(() => expect(after).toEqual(['revision 2']));
  asked[0]?.('revision 1');
  watch.follow('request', look, () => {});
  await vi.waitFor(() => expect(asked).toHaveLength(3));
  asked[2]?.('revision 3');
  await vi.waitFor(() => expect(after).toEqual(['revision 2', 'revision 3']));
  expect(before).toEqual(['revision 2', 'revision 3']);
  watch.close();
});
