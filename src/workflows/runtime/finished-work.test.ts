import { describe, expect, test } from 'vitest';
import type { Envelope } from '../../contracts/handoff/envelope.js';
import { FinishedWork, type Finished } from './finished-work.js';

const at = (place: string, to = 'ann'): Finished => {
  const envelope: Envelope = {
    kind: 'task',
    v: 1,
    id: place,
    from: 'code',
    to,
    control: 'delegate',
    trigger: 'specialization',
    routing: { by: 'code' },
    contract: { name: `input-of-${to}`, version: 1 },
    input: null,
    permissions: [],
  };
  return { place, head: place, envelope, memory: undefined };
};
const places = (work: FinishedWork): string[] => work.of('ann').map(({ place }) => place);

describe('the place of finished work', () => {
  test('branch: it knows the work before it and its own, but not that of a parallel branch', () => {
    const run = new FinishedWork();
    run.add(at('before'));
    const [one, two] = [run.branch('p/0'), run.branch('p/1')];
    one.add(at('p/0/ann'));
    expect([places(one), places(two), places(run)]).toEqual([['p/0/ann'], ['before'], ['before']]);
  });

  test.each([[['p/0', 'p/1']], [['p/1', 'p/0']]])(
    'join: the work of several branches is known in their order, when they end as %j',
    (order) => {
      const run = new FinishedWork();
      const branches = new Map(['p/0', 'p/1'].map((path) => [path, run.branch(path)]));
      for (const path of order) branches.get(path)?.add(at(`${path}/ann`));
      run.join(['p/0', 'p/1']);
      expect(places(run)).toEqual(['p/0/ann', 'p/1/ann']);
      run.add(at('after'));
      expect(places(run)).toEqual(['after']);
    },
  );

  test('join: branches in a branch are its own, and known to all once it has ended', () => {
    const run = new FinishedWork();
    const outer = run.branch('p/0');
    outer.branch('p/0/q/0').add(at('p/0/q/0/ann'));
    outer.join(['p/0/q/0']);
    expect([places(outer), places(run)]).toEqual([['p/0/q/0/ann'], []]);
    run.join(['p/0']);
    expect(places(run)).toEqual(['p/0/q/0/ann']);
  });
});
