/** The work that both sides do. One definition gives both the same amount. */

/** Two kilobytes: what a stub agent says, and what the bare activity returns. */
export const RESULT = 'The stub has nothing to add to what it was asked, and says so at length. '
  .repeat(28)
  .slice(0, 2_000);

/** Workflow types that each side exports under these names. */
export const WORKFLOWS = {
  /** Takes how many steps to do, one after the other; returns how many characters they gave. */
  chain: 'chain',
  /** Does one step, then waits for somebody who never comes: an open run. */
  held: 'held',
  /** Collects garbage in the thread that runs the workflows. */
  sweep: 'sweep',
} as const;

export const SIDES = ['bare', 'baton'] as const;
export type Side = (typeof SIDES)[number];
export type BySide<T> = Readonly<Record<Side, T>>;
