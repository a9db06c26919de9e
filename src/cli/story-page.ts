/** A run's story as a page: who has control, what happened, what waits, how it ended. */
import type { Story } from '../client/story.js';
import { commandName } from './command-name.js';
import { describeEvent } from './event-text.js';
import { drawTree, type TreeStyle } from './draw-tree.js';
import type { Palette } from './palette.js';
import { howToDecide, requestCard } from './request-card.js';
import { stepsOf } from './step-tree.js';
import { hang, widthOf, wrap } from './text-width.js';
import { clock, dateAndClock, duration } from './time.js';
import { printable } from './printable.js';

export interface PageStyle extends TreeStyle {
  readonly webUi?: string | undefined;
}

export function storyPage(told: Story, style: PageStyle): string[] {
  const story = printable(told);
  return [
    ...headLines(story, style),
    '',
    ...treeLines(story, style),
    ...noteLines(story, style),
    ...difficultyLines(story, style),
    ...story.pending.flatMap((request) => [
      '',
      ...requestCard(request, style),
      ...howToDecide(request, commandName()).map((line) => `  ${style.palette.quiet('$')} ${line}`),
    ]),
    ...outcomeLines(story, style),
  ];
}

/** The run's line: mark, workflow, id, state. */
export function titleLine(
  story: Pick<Story, 'workflow' | 'workflowId' | 'state' | 'held'>,
  palette: Palette,
): string {
  return `${palette.strong(story.workflow)}  ${story.workflowId}  ${stateText(story, palette)}`;
}

export function stateText({ state, held }: Pick<Story, 'state' | 'held'>, palette: Palette): string {
  if (held)
    return palette.bad(held.code === 'UNKNOWN_WORKFLOW' ? 'held: unknown workflow' : 'held by failing code');
  switch (state) {
    case 'waiting':
      return palette.wait('◆ waits for a person');
    case 'running':
      return palette.name('● running');
    case 'completed':
      return palette.good('✓ completed');
    case 'failed':
      return palette.bad('✗ failed');
  }
}

export function headLines(story: Story, style: PageStyle): string[] {
  const { palette, now } = style;
  const { counts, steps } = story;
  const row = (name: string, text: string): string => `  ${palette.quiet(name.padEnd(9))}${text}`;
  const took = duration((story.endedAt ? Date.parse(story.endedAt) : now) - Date.parse(story.startedAt));
  const work = [
    plural(counts.modelCalls, 'model call'),
    plural(counts.toolCalls, 'tool call'),
    plural(counts.handoffs, 'handoff'),
    `${counts.inputTokens} tokens in, ${counts.outputTokens} out`,
    ...(steps ? [`${steps.used} of ${steps.budget} steps`] : []),
  ].join(' · ');
  return [
    titleLine(story, palette),
    row('control', `${palette.strong(story.owner)}${story.team ? `, team ${story.team}` : ''}`),
    row('time', `${dateAndClock(story.startedAt, now)}, ${story.endedAt ? 'took' : 'for'} ${took}`),
    row('work', work),
    ...(story.models.length > 0 ? [row('models', modelsText(story.models))] : []),
    ...(style.webUi === undefined ? [] : [row('web ui', style.webUi)]),
    ...(story.source === 'history'
      ? [row('source', palette.wait('read from the history: no worker answers'))]
      : []),
  ];
}

export function modelsText(models: readonly string[]): string {
  if (!models.includes('offline')) return models.join(', ');
  const others = models.filter((model) => model !== 'offline');
  return ['offline models: no provider is asked', ...others].join(', ');
}

function treeLines(story: Story, style: PageStyle): string[] {
  const steps = stepsOf(story);
  if (steps.length > 0) return drawTree(steps, style);
  return [
    style.palette.quiet(story.state === 'running' ? '  nothing has happened yet' : '  nothing happened'),
  ];
}

/** What was noted of the run as a whole. */
function noteLines(story: Story, { palette, width }: PageStyle): string[] {
  return story.timeline
    .filter((event) => event.kind === 'note' && event.path === '')
    .flatMap((event) =>
      hang(
        wrap(describeEvent(event).text, width - 12),
        `  ${palette.quiet(clock(event.at))}  `,
        ' '.repeat(12),
      ),
    );
}

export function difficultyLines(
  { held, retries }: Pick<Story, 'held' | 'retries'>,
  { palette, width }: PageStyle,
): string[] {
  const lines = (text: string): string[] => hang(wrap(text, width - 4), `  ${palette.bad('!')} `, '    ');
  return [
    ...(held ? lines(heldText(held)) : []),
    ...retries.flatMap(({ activity, attempt, code, message, nextAt }) =>
      lines(
        `${activity} is tried again (attempt ${attempt}${nextAt ? `, next at ${clock(nextAt)}` : ''}): ${message}${code ? ` [${code}]` : ''}`,
      ),
    ),
  ];
}

export function heldText({ code, attempt, message }: NonNullable<Story['held']>): string {
  const why =
    code === 'UNKNOWN_WORKFLOW'
      ? 'The worker exports no workflow of this type, and the run waits for one that does'
      : "The orchestration's code throws, and the run waits for a worker with a mended one";
  return `${why} (attempt ${attempt}): ${message} [${code}]`;
}

function outcomeLines(story: Story, { palette, width }: PageStyle): string[] {
  if (story.failure) {
    const { code, message } = story.failure;
    return [
      '',
      ...hang(wrap(`${message}${code ? `  [${code}]` : ''}`, width - 2), `${palette.bad('✗')} `, '  '),
      ...(code ? [palette.quiet(`  See docs/errors.md#${code.toLowerCase()}`)] : []),
    ];
  }
  if (story.result === undefined) return [];
  return ['', palette.quiet('Result'), ...resultLines(story.result, width)];
}

export function resultLines(result: unknown, width: number): string[] {
  const text = typeof result === 'string' ? result : JSON.stringify(result, null, 2);
  return text.split('\n').flatMap((line) => (widthOf(line) <= width ? [line] : wrap(line, width)));
}

export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
