import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { agent } from '../../../contracts/definitions/agent.js';
import { collectDefinitions } from '../../../contracts/definitions/definition.js';
import { describeOrchestration } from '../../../contracts/definitions/orchestration.js';
import { END, type EdgeMaker } from './edges.js';
import { graph, type GraphOptions } from './graph.js';
import { findUndeclaredJoins, holdJoins, type Joins } from './join.js';
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

describe('graph: invalid definitions', () => {
  test.each<[string, Partial<Options>, RegExp]>([
    ['no entry', { entry: 'c' }, /its entry "c", and there is no such node\. It has: a, b/],
    ['END as its entry', { entry: END }, /END, which is where a graph ends/],
    ['no nodes', { nodes: {} }, /it has no nodes/],
    [
      'a node that is none',
      { nodes: { a: agent({ name: 'x', goal: 'X.' }) as never, b: () => ({}) } },
      /node a is not a function: wrap/,
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
    ['a join of nobody', { join: { c: 'all' } }, /join names "c", and there is no such node/],
    [
      'a join that is none',
      { join: { b: 'once' as never } },
      /join of b is "once", and must be 'all' or 'each'/,
    ],
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

test('graph: its input is the state without the initial keys', () => {
  const state = z.object({ n: z.number(), topic: z.string() });
  const told = graph({ ...sound, state, initial: { n: 0 } } as never);
  expect(Object.keys(describeOrchestration(told)?.asks ?? {})).toEqual(['topic']);
});

describe('graph: reducers', () => {
  test('the newer value counts, lists are joined, and undefined changes nothing of a key that must be there', () => {
    const state = { list: ['a'], text: 'old', kept: 1 };
    const given = { list: ['b'], text: 'new', kept: undefined as never };
    const merging = { reducers: { list: append }, optional: new Set<string>() };
    expect(mergeState(state, given, merging)).toEqual({ list: ['a', 'b'], text: 'new', kept: 1 });
    expect(state.list).toEqual(['a']);
  });

  test('undefined takes an optional key away, but not one that a reducer joins', () => {
    const merging = { reducers: { list: append }, optional: new Set(['note', 'list']) };
    const state: { note?: string; list: string[] } = { note: 'here', list: ['a'] };
    const given = { note: undefined, list: undefined } as object;
    expect(Object.entries(mergeState(state, given, merging))).toEqual([['list', ['a']]]);
    expect(Object.entries(mergeState(state, {}, merging))).toHaveLength(2);
  });
});

describe('graph: the changes of several nodes in one step', () => {
  const none = { reducers: {}, optional: new Set<string>() };
  const by = (node: string, changes: object) => ({ node, changes });
  test('are contested when the values differ and no reducer joins them', () => {
    const both = [by('a', { n: [1] }), by('b', { n: [2] }), by('c', {})];
    expect(findContested(both, none)).toEqual({ key: 'n', nodes: ['a', 'b'] });
    expect(findContested(both, { ...none, reducers: { n: append } })).toBeUndefined();
  });
  test('are not contested when they are equal, or where one is missing', () => {
    expect(findContested([by('a', { n: [1] }), by('b', { n: [1] })], none)).toBeUndefined();
    expect(
      findContested([by('a', { n: 1 }), by('b', { n: undefined }), by('c', { m: 1 })], none),
    ).toBeUndefined();
  });
  test('is where one clears an optional key that another sets', () => {
    const clearing = [by('a', { n: 'set' }), by('b', { n: undefined })];
    expect(findContested(clearing, { ...none, optional: new Set(['n']) })).toMatchObject({
      nodes: ['a', 'b'],
    });
  });
  test('branches of one node are named once', () => {
    expect(findContested([by('w', { n: 1 }), by('w', { n: 2 })], none)).toEqual({ key: 'n', nodes: ['w'] });
  });
});

/** `a>b` is an edge, `a?b,c` a conditional one, `a*b` a fan-out. */
function ways(text: string, join: Joins = {}): Parameters<typeof holdJoins>[0] {
  const kinds = { '>': 'edge', '?': 'conditional', '*': 'fan-out' } as const;
  const edges = text.split(' ').map((each) => {
    const [, from = '', kind = '>', to = ''] = /^(\w+)([>?*])(.+)$/.exec(each) ?? [];
    const targets = to.split(',').map((name) => (name === 'end' ? END : name));
    return { kind: kinds[kind as '>'], from, to: targets };
  });
  return { edges, join };
}

describe('graph: joins of branches of unequal length', () => {
  test.each<[string, string, readonly string[]]>([
    ['a longer branch', 'a>b a>c c>d b>e d>e e>end', ['e']],
    ['what follows on the join is not named', 'a>b a>c c>d b>e d>e e>f f>end', ['e']],
    ['two separate joins', 'a>b a>c b>e c>d d>e e>f e>g g>h f>i h>i i>end', ['e', 'i']],
    ['a branch that may take longer', 'a>b a>c b>e c?c,e e>end', ['e']],
    ['a way past', 'a>b a>e b>e e>end', ['e']],
    ['a fan-out parallel to an edge: it may have no items', 'a*b a>c b>e c>e e>end', ['e']],
    ['branches of equal length', 'a>b a>c b>e c>e e>end', []],
    ['a circle behind the join', 'a>b a>c b>e c>e e?b,end', []],
    ['a circle through the split', 'a>b a>c b>e c>e e?a,end', []],
    ['a router that chooses one', 'a?b,c c>d b>e d>e e>end', []],
    ['branches that never meet', 'a>b a>c c>d b>end d>end', []],
    ['a fan-out alone', 'a*b b>c c>end', []],
  ])('%s', (_what, edges, found) => {
    expect(findUndeclaredJoins('a', ways(edges))).toEqual(found);
  });

  test('a node with a declared join is not named', () => {
    const uneven = 'a>b a>c c>d b>e d>e e>f f>end';
    expect(findUndeclaredJoins('a', ways(uneven, { e: 'all' }))).toEqual([]);
    expect(findUndeclaredJoins('a', ways(uneven, { e: 'each' }))).toEqual([]);
  });

  test('a join waits for branches that may still come, and for no other', () => {
    const uneven = ways('a>b a>c a>x c>d b>e d>e e>end x>y y>end', { e: 'all' });
    const due = (...names: string[]): { node: string }[] => names.map((node) => ({ node }));
    expect(holdJoins(uneven, due('e', 'd'))).toEqual({ ready: due('d'), held: due('e') });
    expect(holdJoins(uneven, due('e', 'y'))).toEqual({ ready: due('e', 'y'), held: [] });
    expect(holdJoins({ ...uneven, join: {} }, due('e', 'd')).held).toEqual([]);
  });

  test('joins that wait for each other run instead of waiting forever', () => {
    const circle = ways('a>j a>k j?k,end k?j,end', { j: 'all', k: 'all' });
    const both = [{ node: 'j' }, { node: 'k' }];
    expect(holdJoins(circle, both)).toEqual({ ready: both, held: [] });
  });

  test('warning: loading the graph prints what to declare', async () => {
    const uneven = (join: object): Promise<{ warnings: string[] }> =>
      collectDefinitions(async () => {
        const nodes = { a: () => ({}), b: () => ({}), c: () => ({}) };
        graph({
          name: 'sound',
          state: State,
          entry: 'a',
          nodes,
          join,
          edges: ({ edge }) => [edge('a', 'b'), edge('a', 'c'), edge('b', 'c'), edge('c', END)],
        });
        return Promise.resolve();
      });
    expect((await uneven({})).warnings).toEqual([
      expect.stringMatching(/^Graph sound: .*unequal length lead to c, .*join: \{ c: 'all' \}/),
    ]);
    expect((await uneven({ c: 'all' })).warnings).toEqual([]);
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
