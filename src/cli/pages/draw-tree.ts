/** Draws the steps of a run: one line a step, and its events below it when details are requested. */
import type { TimelineEvent } from '../../contracts/wire/timeline.js';
import { clip } from '../../contracts/data/preview.js';
import { describeEvent } from '../../client/text/event-text.js';
import type { LineStyle, Palette } from '../terminal/palette.js';
import { TINTS } from './event-line.js';
import type { Step, StepState } from './step-tree.js';
import { pad, truncate, measureWidth, wrap } from '../terminal/text-width.js';
import { formatDuration } from '../../client/text/time.js';
import { findBranchBelow, isSubtaskAgain } from '../../contracts/data/shown-path.js';

export interface TreeStyle extends LineStyle {
  /** Includes the text of each turn and of each tool call. */
  readonly details: boolean;
  /** Milliseconds since the epoch, to compute how long unfinished steps have taken. */
  readonly now: number;
  /** The index of the spinner's frame. */
  readonly frame?: number;
}

/** The spinner's frames, in order. */
export const SPINNER = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const LONGEST_DETAIL = 3;

export function drawTree(steps: readonly Step[], style: TreeStyle): string[] {
  const labels = Math.min(
    24,
    Math.max(0, ...steps.flatMap((step) => listLabelWidths(step, 0, style.details))),
  );
  return steps.flatMap((step, index) => drawStep(step, '', index === steps.length - 1, style, labels));
}

function listLabelWidths(step: Step, depth: number, details: boolean): number[] {
  return [
    depth * 3 + measureWidth(step.label),
    ...selectShown(step, details).flatMap((child) => listLabelWidths(child, depth + 1, details)),
  ];
}

function drawStep(step: Step, indent: string, last: boolean, style: TreeStyle, labels: number): string[] {
  const { palette } = style;
  const below = `${indent}${last ? '   ' : '│  '}`;
  const children = selectShown(step, style.details);
  const head = `${palette.quiet(`${indent}${last ? '└─' : '├─'}`)} ${renderMark(step.state, style)} `;
  const label = palette.strong(pad(step.label, labels - indent.length));
  const time = formatTiming(step, style.now);
  const room =
    style.width - measureWidth(indent) - 5 - Math.max(labels - indent.length, measureWidth(step.label)) - 2;
  const text = truncate(summarizeStep(step), Math.max(10, room - (time === '' ? 0 : time.length + 2)));
  const line = `${head}${label}  ${tintLine(step, text, palette)}${time === '' ? '' : palette.quiet(`  ${time}`)}`;
  const details = style.details ? formatDetails(step, below + (children.length > 0 ? '│' : ' '), style) : [];
  return [
    line.trimEnd(),
    ...details,
    ...children.flatMap((child, index) =>
      drawStep(child, below, index === children.length - 1, style, labels),
    ),
  ];
}

/** Without details, the agent's own line mentions its tool calls. */
function selectShown(step: Step, details: boolean): readonly Step[] {
  if (details || step.kind !== 'agent') return step.children;
  return step.children.filter(
    (child) =>
      child.kind !== 'tool' || child.events.some(({ kind }) => kind === 'asked') || child.state === 'failed',
  );
}

function renderMark(state: StepState, { palette, frame = 0 }: TreeStyle): string {
  return {
    working: palette.name(SPINNER[frame % SPINNER.length] ?? '…'),
    waiting: palette.wait('◆'),
    done: palette.good('✓'),
    refused: palette.wait('✗'),
    failed: palette.bad('✗'),
  }[state];
}

function tintLine(step: Step, text: string, palette: Palette): string {
  if (step.state === 'waiting') return palette.wait(text);
  if (step.state === 'failed') return palette.bad(text);
  return step.state === 'working' ? text : palette.quiet(text);
}

/** The latest news of a step, in one line. */
function summarizeStep(step: Step): string {
  const latest = (kind: TimelineEvent['kind']): TimelineEvent | undefined =>
    step.events.findLast((event) => event.kind === kind);
  if (step.kind === 'group') return summarizeGroup(step);
  if (step.state === 'waiting') return 'waits for a person';
  const decided = latest('decided');
  if (step.kind === 'request' && decided) return describeDecision(decided, step);
  const tool = latest('tool');
  if (step.kind === 'tool' && tool?.kind === 'tool') {
    const text = tool.outcome === 'done' ? tool.preview : describeEvent(tool).text;
    return decided ? `${describeDecision(decided, step)}; ${text}` : text;
  }
  if (step.kind === 'request') return latest('expired') ? 'nobody decided in time' : 'was withdrawn';
  if (step.kind === 'agent')
    return `${step.part === undefined ? '' : `${step.part}: `}${summarizeAgent(step)}`;
  return step.state === 'working' ? (step.progress ?? '') : (step.doing ?? '');
}

function summarizeGroup({ path, children }: Step): string {
  if (!children.some(({ part }) => part !== undefined)) {
    const branches = new Set(children.flatMap((child) => findBranchBelow(path, child.path) ?? []));
    return branches.size > 1 ? `${branches.size} at the same time` : '';
  }
  const subtasks = children.filter(
    ({ part }) => part !== 'planning' && !(part !== undefined && isSubtaskAgain(part)),
  );
  return countNames(subtasks.map(({ label }) => label));
}

const DECIDED: Readonly<Record<string, string>> = {
  approve: 'approved',
  reject: 'rejected',
  answer: 'answered',
  redirect: 'redirected',
  abort: 'ended',
};

function describeDecision(event: TimelineEvent, { events }: Step): string {
  if (event.kind !== 'decided') return '';
  const { option } = event;
  // With a quorum, everyone who voted for this option is named.
  const others = event.votes
    ? events.flatMap((said) => (said.kind === 'voted' && said.option === option ? [said.by] : []))
    : [];
  const who = [...new Set([...others, event.by])].join(' and ');
  const verb = DECIDED[event.option] ?? `decided "${event.option}"`;
  const to = event.to === undefined ? '' : ` to ${event.to}`;
  const answer = event.answer === undefined ? '' : `: ${clip(event.answer, 80)}`;
  return `${verb}${to} by ${who}${answer}${event.reason ? `: ${event.reason}` : ''}`;
}

function summarizeAgent(step: Step): string {
  const turn = step.events.findLast((event) => event.kind === 'turn');
  const task = step.events.find((event) => event.kind === 'delegated' || event.kind === 'handoff');
  const busy = step.children.filter((child) => child.state === 'working' && child.kind === 'tool');
  const finished = step.children.filter((child) => child.kind === 'tool' && child.state === 'done');
  const calls = finished.length > 0 ? ` · ${countNames(finished.map((child) => child.label))}` : '';
  if (step.state === 'working') {
    const progress = busy.find((child) => child.progress !== undefined)?.progress;
    if (busy.length > 0)
      return `${countNames(busy.map((child) => child.label))} … ${progress ?? ''}`.trimEnd();
    if (turn?.kind === 'turn') return `turn ${turn.turn + 1} …${calls}`;
    return task ? task.preview : (step.doing ?? '');
  }
  if (turn?.kind !== 'turn') return task ? task.preview : '';
  const turns = turn.turn > 1 ? `${turn.turn} turns${calls} · ` : '';
  return `${turns}${turn.result ?? turn.move}`;
}

/** Each name once, with its count. */
export function countNames(names: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].map(([name, count]) => (count > 1 ? `${name} ×${count}` : name)).join(', ');
}

function formatTiming(step: Step, now: number): string {
  if (step.startedAt === undefined) return '';
  if (step.state === 'working' || step.state === 'waiting')
    return formatDuration(now - Date.parse(step.startedAt));
  const ms = Date.parse(step.endedAt ?? step.startedAt) - Date.parse(step.startedAt);
  return ms > 0 ? formatDuration(ms) : '';
}

const TOLD_BY_THE_LINE: readonly TimelineEvent['kind'][] = ['returned', 'run-started', 'run-ended'];

/** Of a context, only dropped parts get a line; `show --handoff` prints all of it. */
function isToldByTheLine(event: TimelineEvent): boolean {
  if (event.kind === 'context') return event.manifest.parts.every(({ fate }) => fate === 'kept');
  return TOLD_BY_THE_LINE.includes(event.kind);
}

function formatDetails(step: Step, indent: string, style: TreeStyle): string[] {
  const { palette } = style;
  const left = `${indent}    `;
  return step.events
    .filter((event) => !isToldByTheLine(event) && !(step.kind === 'tool' && event.kind === 'tool'))
    .flatMap((event) => {
      const { who, text, tone } = describeEvent(event);
      const subject = who === step.label || who === 'note' ? '' : `${who} `;
      const lines = wrap(`${subject}${text}`, style.width - measureWidth(left));
      const kept =
        lines.length > LONGEST_DETAIL
          ? [...lines.slice(0, LONGEST_DETAIL - 1), `${lines[LONGEST_DETAIL - 1] ?? ''} …`]
          : lines;
      const tint = palette[TINTS[tone]];
      return kept.map((line) => `${palette.quiet(left)}${tint(line)}`);
    });
}
