/** A run's story as a page: who has control, what happened, what waits, how it ended. */
import { commandName, quoteWord } from '../terminal/command-name.js';
import type { Story } from '../../schemas/documents/story.js';
import { defined } from '../../contracts/data/defined.js';
import { costInWords } from '../../contracts/definitions/price.js';
import { stepsText } from '../../contracts/wire/steps-text.js';
import { describeEvent } from '../../client/text/event-text.js';
import { drawPlans } from './draw-plan.js';
import { drawTree, type TreeStyle } from './draw-tree.js';
import type { Palette } from '../terminal/palette.js';
import { howToDecide, requestCard } from './request-card.js';
import { stepsOf } from './step-tree.js';
import { plural } from '../terminal/plural.js';
import { resultLines } from './result-lines.js';
import { hang, wrap } from '../terminal/text-width.js';
import { unservedText } from '../../client/runs/unserved.js';
import { clock, dateAndClock, duration } from '../../client/text/time.js';
import { escapeText } from '../terminal/escape-text.js';

export interface PageStyle extends TreeStyle {
  readonly webUi?: string | undefined;
  /** At most so many lines of the result. */
  readonly longest?: number | undefined;
}

export function storyPage(told: Story, style: PageStyle): string[] {
  const story = escapeText(told);
  return [
    ...headLines(story, style),
    '',
    ...planLines(story, style),
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
function titleLine(
  story: Pick<Story, 'workflow' | 'workflowId' | 'state' | 'held' | 'goesOn'>,
  palette: Palette,
): string {
  return `${palette.strong(story.workflow)}  ${story.workflowId}  ${stateText(story, palette)}`;
}

export function stateText(
  { state, held, goesOn }: Pick<Story, 'state' | 'held' | 'goesOn'>,
  palette: Palette,
): string {
  if (goesOn) return palette.good('✓ goes on in a later execution');
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

/** How to read the executions before and after this one. */
function executionRows({ workflowId, timeline, goesOn }: Story): (readonly [string, string])[] {
  const [first] = timeline;
  const before = first?.kind === 'run-started' ? first.continues : undefined;
  const show = `${commandName()} show ${quoteWord(workflowId)}`;
  return [
    ...(before === undefined ? [] : [['before', `${show} --execution ${before}`] as const]),
    ...(goesOn ? [['now', show] as const] : []),
  ];
}

export function headLines(story: Story, style: PageStyle): string[] {
  const { palette, now } = style;
  const { counts, costs = [], steps } = story;
  const row = (name: string, text: string): string => `  ${palette.quiet(name.padEnd(9))}${text}`;
  const took = duration((story.endedAt ? Date.parse(story.endedAt) : now) - Date.parse(story.startedAt));
  const work = [
    plural(counts.modelCalls, 'model call'),
    plural(counts.toolCalls, 'tool call'),
    plural(counts.handoffs, 'handoff'),
    `${counts.inputTokens} tokens in, ${counts.outputTokens} out`,
    ...costs.map((cost) => `${costInWords(cost)} (prices ${cost.prices})`),
    ...(steps ? [stepsText(steps)] : []),
  ].join(' · ');
  return [
    titleLine(story, palette),
    row('control', `${palette.strong(story.owner)}${story.team ? `, team ${story.team}` : ''}`),
    row('time', `${dateAndClock(story.startedAt, now)}, ${story.endedAt ? 'took' : 'for'} ${took}`),
    ...hang(wrap(work, style.width - 12), `  ${palette.quiet('work'.padEnd(9))}`, ' '.repeat(11)),
    ...(story.models.length > 0 ? [row('models', modelsText(story.models))] : []),
    ...(style.webUi === undefined ? [] : [row('web ui', style.webUi)]),
    ...executionRows(story).map(([name, command]) => row(name, palette.quiet(`$ ${command}`))),
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

/** With a line between it and the tree. */
export function planLines({ plans = [] }: Story, style: PageStyle): string[] {
  return plans.length > 0 ? [...drawPlans(plans, style), ''] : [];
}

export function treeLines(story: Story, style: PageStyle): string[] {
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

type Difficult = Pick<Story, 'held' | 'waitsForWorkerSince' | 'source' | 'retries' | 'unserved'>;

export function difficultyLines(
  { held, waitsForWorkerSince, source, retries, unserved = [] }: Difficult,
  { palette, width, now }: Pick<PageStyle, 'palette' | 'width' | 'now'>,
): string[] {
  const lines = (text: string): string[] => hang(wrap(text, width - 4), `  ${palette.bad('!')} `, '    ');
  return [
    ...(held ? lines(heldText(held)) : []),
    ...(waitsForWorkerSince !== undefined && !held
      ? lines(waitingForWorkerText(waitsForWorkerSince, source, now))
      : []),
    ...unserved.flatMap((each) => lines(unservedText(each))),
    ...retries.flatMap(({ activity, attempt, code, message, nextAt }) =>
      lines(
        `${activity} is tried again (attempt ${attempt}${nextAt ? `, next at ${clock(nextAt)}` : ''}): ${message}${code ? ` [${code}]` : ''}`,
      ),
    ),
  ];
}

export function waitingForWorkerText(
  since: string,
  source: Story['source'],
  now: number = Date.now(),
): string {
  const waited = `The next step has waited for a worker for ${duration(now - Date.parse(since))}`;
  return source === 'worker'
    ? `${waited}: busy, or waiting for one that stopped to be noticed, which takes up to 20 s`
    : `${waited}: none answers, or one that stopped is still to be noticed, which takes up to 20 s`;
}

export function heldText({ code, attempt, message }: NonNullable<Story['held']>): string {
  const why =
    code === 'UNKNOWN_WORKFLOW'
      ? 'The worker exports no workflow of this type, and the run waits for one that does'
      : "The orchestration's code throws, and the run waits for a worker with a mended one";
  return `${why} (attempt ${attempt}): ${message} [${code}]`;
}

export function outcomeLines(story: Story, { palette, width, longest }: PageStyle): string[] {
  if (story.failure) {
    const { code, message } = story.failure;
    return [
      '',
      ...hang(wrap(`${message}${code ? `  [${code}]` : ''}`, width - 2), `${palette.bad('✗')} `, '  '),
      ...(code ? [palette.quiet(`  See docs/errors.md#${code.toLowerCase()}`)] : []),
    ];
  }
  if (story.result === undefined) return [];
  return [
    '',
    palette.quiet('Result'),
    ...resultLines(story.result, {
      width: Math.min(width, 100),
      palette,
      ...defined({ longest }),
    }),
  ];
}
