/** Slots: how many run at once, in which order, and how a waiter leaves. */
import { expect, test } from 'vitest';
import { Slots } from './slots.js';

test('slots: a limited number run at once, the others follow in order', async () => {
  const slots = new Slots(2);
  let running = 0;
  let most = 0;
  const order: number[] = [];
  const work = (at: number) => async (): Promise<void> => {
    running += 1;
    most = Math.max(most, running);
    order.push(at);
    await Promise.resolve();
    running -= 1;
    if (at === 1) throw new Error('one that fails gives its slot back too');
  };
  await Promise.allSettled([0, 1, 2, 3, 4].map((at) => slots.use(undefined, work(at))));
  expect(most).toBe(2);
  expect(order).toEqual([0, 1, 2, 3, 4]);
});

test('slots: an abort leaves the queue at once, also while every slot is taken', async () => {
  const slots = new Slots(1);
  let finish = (): void => {};
  const first = slots.use(undefined, () => new Promise<void>((done) => (finish = done)));
  const control = new AbortController();
  let started = false;
  const second = slots.use(control.signal, async () => {
    started = true;
  });
  const third = slots.use(undefined, async () => 'third');
  control.abort(new Error('cancelled'));
  await expect(second).rejects.toThrow('cancelled');
  finish();
  await first;
  expect(await third).toBe('third');
  expect(started).toBe(false);
});
