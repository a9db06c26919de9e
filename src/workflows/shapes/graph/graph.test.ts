import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { agent } from '../../../contracts/definitions/agent.js';
import { describeOrchestration } from '../../../contracts/definitions/orchestration.js';
import { END, type EdgeMaker } from './edges.js';
import { graph, type GraphOptions } from './graph.js';
import { Journal } from './journal.js';
import { append, findContested, mergeState } from './reducers.js';

const State = z.object({ n: z.number() });
type S = z.infer<typeof State>;
type Options = GraphOptions<S, string, never>;

const sound: Options = {
  name: 'sound',
  state: State,
  nodes: { a: () => ({}), b: () => ({}) },
  entry: 'a',
  edges: ({ edge }) => [edge('a', 'b'), edge('b', END)],
};
const edges = (make: (maker: EdgeMaker<S, string>) => ReturnType<Options['edges']>): Partial<Options> => ({
  edges: make,
});

describe('graph: what cannot be is refused where it is defined', () => {
  test.each<[string, Partial<Options>, RegExp]>([
    ['no entry', { entry: 'c' }, /its entry "c", and there is no such node\. It has: a, b/],
    ['END as its entry', { entry: END }, /END, which is where a graph ends/],
    ['no nodes', { nodes: {} }, /it has no nodes/],
    [
      'a node that is none',
      { nodes: { a: agent({ name: 'x', goal: 'X.' }) as never, b: () => ({}) } },
      /node a is no function: wrap/,
    ],
    ['a name that is none', { nodes: { 'a b': () => ({}), a: () => ({}), b: () => ({}) } }, /"a b"/],
    ['an edge to nobody', edges(({ edge }) => [edge('a', 'c')]), /an edge from a leads to "c"/],
    ['an edge from nobody', edges(({ edge }) => [edge('c', 'a')]), /an edge begins at "c"/],
    [
      'a node that nothing leads to',
      edges(({ edge }) => [edge('a', END), edge('b', END)]),
      /nothing leads to b from the entry a/,
    ],
    [
      'a node that nothing follows',
      edges(({ edge }) => [edge('a', 'b')]),
      /nothing follows b: add edge\('b', END\)/,
    ],
    [
      'a circle without an end',
      edges(({ edge }) => [edge('a', 'b'), edge('b', 'a')]),
      /from a no way leads to END/,
    ],
    [
      'a router with nowhere to go',
      edges(({ edge, conditionalEdge }) => [
        conditionalEdge('a', () => [], []),
        edge('a', 'b'),
        edge('b', END),
      ]),
      /names nobody to go to/,
    ],
    [
      'a router with one way twice',
      edges(({ edge, conditionalEdge }) => [conditionalEdge('a', () => 'b', ['b', 'b']), edge('b', END)]),
      /names a node twice: b, b/,
    ],
    [
      'a fan-out to the end',
      edges(({ fanOut }) => [fanOut('a', () => [], END)]),
      /leads to END: it needs a node/,
    ],
    [
      'a reducer of nothing',
      { reducers: { m: append } as never },
      /reducers names m, which the state has not: it has n/,
    ],
    ['an initial value of nothing', { initial: { m: 1 } as never }, /initial names m/],
    ['a limit that is none', { recursionLimit: 0 }, /its recursionLimit is 0/],
    ['an interrupt at nobody', { interruptAfter: ['c'] }, /an interrupt "c"/],
    [
      'a state that is not the same in and out',
      { state: z.object({ n: z.coerce.date() }) as never },
      /graph sound, state: the schema holds a date/,
    ],
  ])('%s', (_what, wrong, message) => {
    expect(() => graph({ ...sound, ...wrong })).toThrow(message);
    expect(graph(sound)).toBeTypeOf('function');
  });
});

test('graph: it tells what a run must be given: the state without what is initial', () => {
  const state = z.object({ n: z.number(), topic: z.string() });
  const told = graph({ ...sound, state, initial: { n: 0 } } as never);
  expect(Object.keys(describeOrchestration(told)?.asks ?? {})).toEqual(['topic']);
});

describe('graph: reducers', () => {
  test('the newer value counts, lists are joined, and what is undefined changes nothing', () => {
    const state = { list: ['a'], text: 'old', kept: 1 };
    const given = { list: ['b'], text: 'new', kept: undefined as never };
    expect(mergeState(state, given, { list: append })).toEqual({ list: ['a', 'b'], text: 'new', kept: 1 });
    expect(state.list).toEqual(['a']);
  });
});

describe('graph: what several nodes of a step give', () => {
  const by = (node: string, changes: object) => ({ node, changes });
  test('is contested where the values differ and nothing joins them', () => {
    const both = [by('a', { n: [1] }), by('b', { n: [2] }), by('c', {})];
    expect(findContested(both, {})).toEqual({ key: 'n', nodes: ['a', 'b'] });
    expect(findContested(both, { n: append } as never)).toBeUndefined();
  });
  test('is not where they say the same, or one says nothing', () => {
    expect(findContested([by('a', { n: [1] }), by('b', { n: [1] })], {})).toBeUndefined();
    expect(
      findContested([by('a', { n: 1 }), by('b', { n: undefined }), by('c', { m: 1 })], {}),
    ).toBeUndefined();
  });
  test('branches of one node are named once', () => {
    expect(findContested([by('w', { n: 1 }), by('w', { n: 2 })], {})).toEqual({ key: 'n', nodes: ['w'] });
  });
});

describe('graph: its states', () => {
  const step = (n: number, text = '') => ({ step: n, nodes: ['a'], state: { text }, next: [] });

  test('the newest hundred are kept, and how many are left out is known', () => {
    const journal = new Journal();
    for (let n = 0; n < 130; n += 1) journal.add(step(n));
    const { steps, left } = journal.report();
    expect([steps.length, steps[0]?.step, left]).toEqual([100, 30, 30]);
    expect(new Journal(journal.report()).report()).toEqual(journal.report());
  });

  test('large ones are kept as far as there is room, and the last one always', () => {
    const journal = new Journal();
    for (let n = 0; n < 5; n += 1) journal.add(step(n, 'x'.repeat(150_000)));
    expect(journal.report().steps.map((each) => each.step)).toEqual([3, 4]);
    journal.add(step(5, 'x'.repeat(900_000)));
    expect(journal.report()).toMatchObject({ left: 5, steps: [{ step: 5 }] });
  });
});
