import { describe, expect, test } from 'vitest';
import { LoopDetection } from './loop-detection.js';

/** Walks a task along agents named by letters; `!` between two means that something new was found out there. */
function walk(way: string, matter: (index: number) => string = String): LoopDetection {
  const loops = new LoopDetection();
  let last = '';
  for (const [index, step] of way.split('').entries()) {
    if (step === '!') loops.noteResult(`result ${index}`);
    else {
      if (last !== '') loops.take({ from: last, to: step, matter: matter(index) });
      last = step;
    }
  }
  return loops;
}

describe('loops', () => {
  test('find: nothing when a transition is taken for the first time', () => {
    expect(walk('abc').find({ from: 'c', to: 'd', matter: 'x' })).toBeUndefined();
    expect(walk('ab').find({ from: 'b', to: 'a', matter: 'x' })).toBeUndefined();
  });

  test('find: the loop in words when other words are handed the same way with no new result', () => {
    expect(walk('aba').find({ from: 'a', to: 'b', matter: 'new words' })).toEqual({
      kind: 'reworded',
      path: ['a', 'b', 'a', 'b'],
      before: 1,
      text: 'a → b → a → b, no new result since a handed off to b before',
    });
    expect(walk('abca').find({ from: 'a', to: 'b', matter: 'x' })?.path).toEqual(['a', 'b', 'c', 'a', 'b']);
  });

  test('find: only the way round when the task came from elsewhere', () => {
    expect(walk('xyaba').find({ from: 'a', to: 'b', matter: 'x' })?.path).toEqual(['a', 'b', 'a', 'b']);
  });

  test('find: nothing when something was found out on the way round', () => {
    expect(walk('ab!a').find({ from: 'a', to: 'b', matter: 'x' })).toBeUndefined();
    expect(walk('ab!a!b!a').find({ from: 'a', to: 'b', matter: 'x' })).toBeUndefined();
  });

  test('find: a loop when the last round found nothing new, even if earlier rounds did', () => {
    expect(walk('ab!aba').find({ from: 'a', to: 'b', matter: 'x' })).toMatchObject({
      kind: 'reworded',
      path: ['a', 'b', 'a', 'b'],
      before: 2,
    });
  });

  test('find: a loop when the findings were known before', () => {
    const loops = new LoopDetection();
    loops.noteResult('42');
    loops.take({ from: 'a', to: 'b', matter: '1' });
    loops.take({ from: 'b', to: 'a', matter: '2' });
    loops.noteResult('42');
    expect(loops.find({ from: 'a', to: 'b', matter: '3' })?.kind).toBe('reworded');
    loops.noteResult('43');
    expect(loops.find({ from: 'a', to: 'b', matter: '3' })).toBeUndefined();
  });

  test('find: an exact repeat is a loop, even with new findings', () => {
    const loops = walk('ab!a', () => 'same');
    expect(loops.find({ from: 'a', to: 'b', matter: 'same' })).toEqual({
      kind: 'exact',
      path: ['a', 'b', 'a', 'b'],
      before: 1,
      text: 'a → b → a → b, handing off exactly the same again',
    });
    expect(loops.find({ from: 'a', to: 'b', matter: 'other' })).toBeUndefined();
  });

  test('find: the gap shows in the way when something else moved the task', () => {
    const loops = walk('ab');
    expect(loops.find({ from: 'a', to: 'b', matter: 'x' })?.path).toEqual(['a', 'b', 'a', 'b']);
  });

  test('times: counts how often a transition was taken', () => {
    const loops = walk('ab!a!b!a');
    expect([loops.times('a', 'b'), loops.times('b', 'a'), loops.times('b', 'c')]).toEqual([2, 2, 0]);
  });
});
