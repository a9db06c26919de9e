/** A run's story as a page: the owner, the events, pending requests, and the outcome. */
import { readCommandName, quoteWord } from '../terminal/command-name.js';
import type { Story } from '../../schemas/documents/story.js';
import { defined } from '../../contracts/data/defined.js';
import { formatCost } from '../../contracts/definitions/price.js';
import { formatSteps } from '../../contracts/wire/steps-text.js';
import { describeEvent } from '../../client/text/event-text.js';
import { drawPlans } from './draw-plan.js';
import { drawTree, type TreeStyle } from './draw-tree.js';
import type { Palette } from '../terminal/palette.js';
import { describeDeciding, renderRequestCard } from './request-card.js';
import { buildStepTree } from './step-tree.js';
import { pluralize } from '../../client/text/plural.js';
import { formatResult } from './result-lines.js';
import { joinLines, wrapUnder } from '../terminal/text-width.js';
import { describeHealth } from '../../client/text/health-text.js';
import { nameState, findState, type ToldState } from '../../client/text/run-state.js';
import { formatClock, formatDateAndClock, formatDuration } from '../../client/text/time.js';
import { escapeText } from '../terminal/escape-text.js';

export interface PageStyle extends TreeStyle {
  readonly webUi?: string | undefined;
  /** The maximum number of lines of the result. */
  readonly longest?: number | undefined;
}

export function renderStoryPage(told: Story, style: PageStyle): string[] {
  const story = escapeText(told);
  return [
    ...formatHead(story, style),
    '',
    ...formatPlans(story, style),
    ...formatTree(story, style),
    ...formatNotes(story, style),
    ...formatDifficulties(story, style),
    // A card escapes its request itself: it has to see the exact arguments.
    ...told.pending.flatMap((request) => [
      '',
      ...renderRequestCard(request, { ...style, origin: 'whole' }),
      ...describeDeciding(request, readCommandName()).map((line) => `  ${style.palette.quiet('$')} ${line}`),
    ]),
    ...formatOutcome(story, style),
  ];
}

export function formatState(
  { goesOn, ...story }: Pick<Story, 'state' | 'held' | 'goesOn' | 'waitsForWorkerSince' | 'failure'>,
  palette: Palette,
): string {
  if (goesOn) return palette.good('✓ continues in a later execution');
  return formatRunState(nameState(findState(story)), palette);
}

export function formatRunState({ mark, word, tone }: ToldState, palette: Palette): string {
  const paint = tone === 'plain' ? palette.name : palette[tone];
  return paint(`${mark} ${word}`);
}

/** How to read the executions before and after this one. */
function listExecutionRows({ workflowId, timeline, goesOn }: Story): (readonly [string, string])[] {
  const [first] = timeline;
  const before = first?.kind === 'run-started' ? first.continues : undefined;
  const show = `${readCommandName()} show ${quoteWord(workflowId)}`;
  return [
    ...(before === undefined ? [] : [['before', `${show} --execution ${before}`] as const]),
    ...(goesOn ? [['now', show] as const] : []),
  ];
}

export function formatHead(story: Story, style: PageStyle): string[] {
  const { palette, now } = style;
  const { counts, costs = [], steps } = story;
  const row = (name: string, text: string): string => `  ${palette.quiet(name.padEnd(9))}${text}`;
  const took = formatDuration(
    (story.endedAt ? Date.parse(story.endedAt) : now) - Date.parse(story.startedAt),
  );
  const work = [
    pluralize(counts.modelCalls, 'model call'),
    pluralize(counts.toolCalls, 'tool call'),
    pluralize(counts.handoffs, 'handoff'),
    `${counts.inputTokens} tokens in, ${counts.outputTokens} out`,
    ...costs.map((cost) => `${formatCost(cost)} (prices ${cost.prices})`),
    ...(steps ? [formatSteps(steps)] : []),
  ].join(' · ');
  return [
    `${palette.strong(story.workflow)}  ${story.workflowId}  ${formatState(story, palette)}`,
    row('control', `${palette.strong(story.owner)}${story.team ? `, team ${story.team}` : ''}`),
    row('time', `${formatDateAndClock(story.startedAt, now)}, ${story.endedAt ? 'took' : 'for'} ${took}`),
    ...wrapUnder(`  ${palette.quiet('work'.padEnd(9))}`, work, style.width - 1),
    ...(story.models.length > 0 ? [row('models', describeModels(story.models))] : []),
    ...(style.webUi === undefined ? [] : [row('web ui', style.webUi)]),
    ...listExecutionRows(story).map(([name, command]) => row(name, palette.quiet(`$ ${command}`))),
    ...(story.source === 'history'
      ? [row('source', palette.wait('reconstructed from the history: no worker responded'))]
      : []),
  ].map(joinLines);
}

export function describeModels(models: readonly string[]): string {
  if (!models.includes('offline')) return models.join(', ');
  const others = models.filter((model) => model !== 'offline');
  return ['offline models: no provider is asked', ...others].join(', ');
}

/** With an empty line before the tree. */
export function formatPlans({ plans = [] }: Story, style: PageStyle): string[] {
  return plans.length > 0 ? [...drawPlans(plans, style), ''] : [];
}

export function formatTree(story: Story, style: PageStyle): string[] {
  const steps = buildStepTree(story);
  if (steps.length > 0) return drawTree(steps, style);
  return [
    style.palette.quiet(story.state === 'running' ? '  nothing has happened yet' : '  nothing happened'),
  ];
}

/** Notes about the run as a whole. */
function formatNotes(story: Story, { palette, width }: PageStyle): string[] {
  return story.timeline
    .filter((event) => event.kind === 'note' && event.path === '')
    .flatMap((event) =>
      wrapUnder(`  ${palette.quiet(formatClock(event.at))}  `, describeEvent(event).text, width),
    );
}

type Difficult = Pick<Story, 'held' | 'waitsForWorkerSince' | 'source' | 'retries' | 'unserved'>;

export function formatDifficulties(
  { source, ...health }: Difficult,
  { palette, width, now }: Pick<PageStyle, 'palette' | 'width' | 'now'>,
): string[] {
  return describeHealth(health, source, now).flatMap((text) =>
    wrapUnder(`  ${palette.bad('!')} `, text, width),
  );
}

export function formatOutcome(story: Story, { palette, width, longest }: PageStyle): string[] {
  if (story.failure) {
    const { code, message } = story.failure;
    return [
      '',
      ...wrapUnder(`${palette.bad('✗')} `, `${message}${code ? `  [${code}]` : ''}`, width),
      ...(code ? [palette.quiet(`  See docs/errors.md#${code.toLowerCase()}`)] : []),
    ];
  }
  if (story.result === undefined) return [];
  return [
    '',
    palette.quiet('Result'),
    ...formatResult(story.result, {
      width: Math.min(width, 100),
      palette,
      ...defined({ longest }),
    }),
  ];
}
