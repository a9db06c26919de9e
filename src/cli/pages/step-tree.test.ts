import { describe, expect, test } from 'vitest';
import { envelope } from '../../../test/fixtures/envelope.js';
import type { TimelineEvent } from '../../contracts/wire/timeline.js';
import { toHandoffEvent } from '../../workflows/task/envelope.js';
import { drawTree } from './draw-tree.js';
import { NO_COLORS } from '../terminal/palette.js';
import { buildStepTree, type Step } from './step-tree.js';

const at = (second: number): string => new Date(Date.UTC(2026, 0, 1, 12, 0, second)).toISOString();
const usage = { model: 'offline', inputTokens: 1, outputTokens: 1 };

const delegated = (path: string, to: string, second = 0): TimelineEvent => ({
  at: at(second),
  path,
  ...toHandoffEvent(envelope({ to, input: `a task for ${to}` }), 'desk'),
});
const turn = (path: string, agent: string, move: string, second = 1): TimelineEvent => ({
  at: at(second),
  path,
  kind: 'turn',
  agent,
  turn: 1,
  move,
  ...(move.startsWith('finished: ')
    ? { did: 'finish', result: move.slice('finished: '.length) }
    : { did: 'tools' }),
  ...usage,
});
const tool = (path: string, name: string, second = 1): TimelineEvent => ({
  at: at(second),
  path,
  kind: 'tool',
  agent: 'researcher',
  tool: name,
  outcome: 'done',
  preview: '3 passages',
});

const asked: TimelineEvent = {
  at: at(3),
  path: 'send-0',
  kind: 'asked',
  request: 'run/0123456789ab',
  question: 'Send?',
  askedBy: 'desk',
};
const decided: TimelineEvent = {
  at: at(5),
  path: '',
  kind: 'decided',
  request: 'run/0123456789ab',
  option: 'approve',
  by: 'ada',
  identity: 'claimed',
  via: 'update',
  decidedAt: at(5),
};

const shape = (steps: readonly Step[]): unknown[] =>
  steps.map(({ label, kind, state, children }) => [`${kind} ${label} ${state}`, ...shape(children)]);

describe('stepsOf', () => {
  test('steps: branches are below their parallel, tool calls below their agent', () => {
    const timeline = [
      delegated('planner-0', 'planner'),
      turn('planner-0', 'planner', 'finished: a plan'),
      delegated('parallel-0/0/researcher-0', 'researcher', 2),
      delegated('parallel-0/1/researcher-0', 'researcher', 2),
      turn('parallel-0/0/researcher-0', 'researcher', 'calls search(x)', 3),
      tool('parallel-0/0/researcher-0/search-0a1b2c3d-0', 'search', 4),
      turn('parallel-0/0/researcher-0', 'researcher', 'finished: found', 5),
    ];
    const active = [{ path: 'parallel-0/1/researcher-0', agent: 'researcher', doing: 'a task' }];
    expect(shape(buildStepTree({ timeline, active, state: 'running' }))).toEqual([
      ['agent planner done'],
      [
        'group parallel working',
        ['agent researcher done', ['tool search done']],
        ['agent researcher working'],
      ],
    ]);
  });

  test('steps: a request waits where it was asked, and its decision is found by its id', () => {
    const waiting = buildStepTree({ timeline: [asked], active: [], state: 'waiting' });
    expect(shape(waiting)).toEqual([['request send waiting']]);
    const done = buildStepTree({
      timeline: [asked, decided, tool('send-0', 'send', 6)],
      active: [],
      state: 'completed',
    });
    expect(shape(done)).toEqual([['tool send done']]);
    expect(done[0]?.events).toHaveLength(3);
  });

  test('steps: a tool call that runs shows before it has an event', () => {
    const active = [{ path: 'planner-0/search-0a1b2c3d-0', agent: 'planner', doing: 'search' }];
    const steps = buildStepTree({ timeline: [delegated('planner-0', 'planner')], active, state: 'running' });
    expect(shape(steps)).toEqual([['agent planner working', ['tool search working']]]);
  });

  test('steps: an unfinished step of a failed run has failed', () => {
    const steps = buildStepTree({
      timeline: [delegated('planner-0', 'planner')],
      active: [],
      state: 'failed',
    });
    expect(shape(steps)).toEqual([['agent planner failed']]);
  });
});

describe('drawTree', () => {
  const style = { width: 60, palette: NO_COLORS, details: false, now: Date.parse(at(9)) };

  test('tree: one line a step, with its result and its duration', () => {
    const timeline = [
      delegated('planner-0', 'planner'),
      turn('planner-0', 'planner', 'finished: a plan'),
      delegated('parallel-0/0/researcher-0', 'researcher', 2),
      delegated('parallel-0/1/writer-0', 'writer', 2),
      asked,
    ];
    expect(drawTree(buildStepTree({ timeline, active: [], state: 'running' }), style)).toEqual([
      '├─ ✓ planner        a plan  1.0 s',
      '├─ ⠋ parallel       2 at the same time  7.0 s',
      '│  ├─ ⠋ researcher  a task for researcher  7.0 s',
      '│  └─ ⠋ writer      a task for writer  7.0 s',
      '└─ ◆ send           waits for a person  6.0 s',
    ]);
  });

  test('tree: sequential steps of a part are not shown as parallel, and branches are counted', () => {
    const timeline = [
      delegated('write_task-0/writer-0', 'writer'),
      turn('write_task-0/writer-0', 'writer', 'finished: a text'),
      delegated('write_task-0/manager-0', 'manager', 3),
      delegated('parallel-1/0/ann-0', 'ann', 4),
      delegated('parallel-1/0/bob-0', 'bob', 4),
      delegated('parallel-1/1/cem-0', 'cem', 4),
    ];
    const drawn = drawTree(buildStepTree({ timeline, active: [], state: 'running' }), style);
    expect(drawn[0]).toMatch(/^├─ ⠋ write_task +9\.0 s$/);
    expect(drawn[3]).toBe('└─ ⠋ parallel    2 at the same time  5.0 s');
  });

  test('tree: a plan is one line a subtask, with its worker', () => {
    const timeline = [
      delegated('plan-0/planning/planner-0', 'planner'),
      turn('plan-0/planning/planner-0', 'planner', 'finished: 2 subtasks'),
      delegated('plan-0/part-1/coder-0', 'coder', 2),
      turn('plan-0/part-1/coder-0', 'coder', 'finished: 7 of them', 4),
      delegated('plan-0/part-2/coder-0', 'coder', 2),
    ];
    expect(drawTree(buildStepTree({ timeline, active: [], state: 'running' }), style)).toEqual([
      '└─ ⠋ plan        coder ×2  9.0 s',
      '   ├─ ✓ planner  planning: 2 subtasks  1.0 s',
      '   ├─ ✓ coder    part-1: 7 of them  2.0 s',
      '   └─ ⠋ coder    part-2: a task for coder  7.0 s',
    ]);
  });

  test('tree: a tool’s progress is on its own line, or without details on its agent’s line', () => {
    const path = 'planner-0/search-0a1b2c3d-0';
    const steps = buildStepTree({
      timeline: [delegated('planner-0', 'planner')],
      active: [{ path, agent: 'planner', doing: 'search' }],
      progress: [
        { path, text: 'indexing 5 of 9 files' },
        { path: 'gone-0', text: 'nobody asks' },
      ],
      state: 'running',
    });
    expect(drawTree(steps, style)).toEqual(['└─ ⠋ planner  search … indexing 5 of 9 files  9.0 s']);
    expect(drawTree(steps, { ...style, details: true })).toContain('   └─ ⠋ search  indexing 5 of 9 files');
  });

  test('tree: no line is wider than the terminal', () => {
    const timeline = [
      delegated('planner-0', 'planner'),
      turn('planner-0', 'planner', `finished: ${'word '.repeat(99)}`),
    ];
    for (const details of [false, true]) {
      const lines = drawTree(buildStepTree({ timeline, active: [], state: 'completed' }), {
        ...style,
        details,
      });
      expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(60);
    }
  });

  test("tree: without details an agent's calls stand on its own line, with details below it", () => {
    const timeline = [
      delegated('planner-0', 'planner'),
      tool('planner-0/search-0a1b2c3d-0', 'search'),
      tool('planner-0/search-0a1b2c3d-1', 'search'),
      { ...turn('planner-0', 'planner', 'finished: a plan', 2), turn: 2 } as TimelineEvent,
    ];
    const steps = buildStepTree({ timeline, active: [], state: 'completed' });
    expect(drawTree(steps, style)).toEqual(['└─ ✓ planner  2 turns · search ×2 · a plan  2.0 s']);
    expect(
      drawTree(steps, { ...style, details: true }).filter((line) => line.includes('✓ search')),
    ).toHaveLength(2);
  });
});
