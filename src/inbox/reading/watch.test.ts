/** What open pages are told: each what is true since it was opened. */
import { expect, test, vi } from 'vitest';
import { Watch } from './watch.js';

/** A state that answers when it is told to. */
function createSlowLook() {
  const asked: ((state: string) => void)[] = [];
  return { asked, look: () => new Promise<string>((resolve) => asked.push(resolve)) };
}

test('watch: a page that is opened later is told what is true then, not what others were told before', async () => {
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

test('watch: what was being read when a page was opened is told to those before it only, and never after what is newer', async () => {
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
