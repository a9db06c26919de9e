/** Draws the plans of a run: the goal of each, and one line a subtask with its progress. */
import type { PlanView, SubtaskState } from '../../contracts/handoff/plan-view.js';
import { SPINNER, type TreeStyle } from './draw-tree.js';
import { toOneLine, pad, truncate, measureWidth } from '../terminal/text-width.js';

type Subtask = PlanView['subtasks'][number];

export function drawPlans(plans: readonly PlanView[], style: Omit<TreeStyle, 'details'>): string[] {
  return plans.flatMap(({ goal, subtasks }) => {
    const done = subtasks.filter(({ state }) => state === 'done').length;
    const head = `plan  ${done} of ${subtasks.length} done  `;
    return [
      style.palette.quiet(head) + truncate(toOneLine(goal), Math.max(10, style.width - measureWidth(head))),
      ...subtasks.map((subtask) => formatSubtask(subtask, subtasks, style)),
    ];
  });
}

function formatSubtask(
  subtask: Subtask,
  all: readonly Subtask[],
  { width, palette, frame = 0 }: Omit<TreeStyle, 'details'>,
): string {
  const ids = Math.min(16, Math.max(...all.map(({ id }) => measureWidth(id))));
  const kinds = Math.min(12, Math.max(...all.map(({ kind }) => measureWidth(kind))));
  const { state, why, id, kind } = subtask;
  const mark = {
    waiting: palette.quiet('·'),
    working: palette.name(SPINNER[frame % SPINNER.length] ?? '…'),
    done: palette.good('✓'),
    failed: palette.bad('✗'),
    skipped: palette.wait('–'),
    replaced: palette.quiet('↻'),
  }[state];
  const name = `${pad(truncate(id, ids), ids)}  ${pad(truncate(kind, kinds), kinds)}`;
  const told = why === undefined ? describeSubtask(subtask, all) : `${state}: ${why}`;
  const text = truncate(toOneLine(told), Math.max(10, width - measureWidth(name) - 6));
  return `  ${mark} ${palette.strong(name)}  ${tint(state, palette)(text)}`;
}

/** Dependencies come first: the subtask's id tells the rest. */
function describeSubtask({ state, dependsOn, task }: Subtask, all: readonly Subtask[]): string {
  const open = dependsOn.filter((id) => all.some((other) => other.id === id && other.state !== 'done'));
  return state === 'waiting' && open.length > 0 ? `after ${open.join(', ')}: ${task}` : task;
}

function tint(state: SubtaskState, palette: TreeStyle['palette']): (text: string) => string {
  if (state === 'working') return (text) => text;
  return state === 'failed' ? palette.bad : palette.quiet;
}
