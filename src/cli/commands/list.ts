/** `baton list`: lists runs; it needs no worker. */
import { defined } from '../../contracts/data/defined.js';
import { ListedState, type RunListing } from '../../schemas/documents/runs.js';
import { z } from 'zod';
import { listRuns } from '../../client/runs/list-runs.js';
import { UNREADABLE_MEMO_TEXT } from '../../client/text/request-text.js';
import { describeHealth } from '../../client/text/health-text.js';
import { nameState } from '../../client/text/run-state.js';
import { formatRunState } from '../pages/story-page.js';
import { compareUrgency } from '../../client/runs/urgency.js';
import { formatCost } from '../../contracts/definitions/price.js';
import { defineCommand, take, takeText } from '../session/command.js';
import { readCommandName } from '../terminal/command-name.js';
import type { LineStyle } from '../terminal/palette.js';
import type { Screen } from '../terminal/screen.js';
import { formatTable } from '../terminal/table.js';
import { hang, wrap, wrapUnder } from '../terminal/text-width.js';
import { formatAge, formatDateAndClock, formatDeadline, formatDuration } from '../../client/text/time.js';
import { escapeToLines } from '../terminal/escape-text.js';

const STATES = ListedState.options;

const LIMITS = 'is a number from 1 to 1000';

export const listCommand = defineCommand({
  name: 'list',
  summary: 'list runs and pending requests; needs no worker',
  options: z.object({
    state: take(
      '--state <state>',
      STATES.join(', '),
      z.enum(STATES, `is one of ${STATES.join(', ')}`).optional(),
      STATES,
    ),
    workflow: takeText('--workflow <name>', 'only runs of this workflow'),
    limit: take(
      '--limit <number>',
      'at most so many (default 50)',
      z.coerce.number(LIMITS).int(LIMITS).min(1, LIMITS).max(1_000, LIMITS).default(50),
    ),
  }),
  examples: [
    'baton list',
    'baton list --state waiting',
    'baton list --state stuck',
    'baton list --state failed --json',
  ],
  run: async (session, _args, { state, workflow, limit }) => {
    const { screen } = session;
    const filter = defined({ state, workflow });
    const runs = await listRuns(await session.client(), filter, limit);
    screen.document('list', { runs });
    screen.print(
      ...(state === 'waiting'
        ? formatWaiting(escapeToLines(runs), screen)
        : formatRuns(escapeToLines(runs), screen, state)),
    );
  },
});

/** The table, followed by what keeps runs from continuing or from being read. */
export function formatRuns(
  runs: readonly RunListing[],
  { tableWidth: width, palette }: Pick<Screen, 'palette' | 'tableWidth'>,
  state: string | undefined,
): string[] {
  if (runs.length === 0) {
    const command = readCommandName();
    return state === undefined
      ? [`There are no runs. Start one: ${command} start WORKFLOW --input '…'`]
      : [`No run is ${state}. See all runs: ${command} list`];
  }
  const priced = runs.some(({ costs }) => costs !== undefined);
  const columns = [
    { title: 'RUN' },
    { title: 'WORKFLOW', flexible: true },
    { title: 'STATE' },
    { title: 'CONTROL', flexible: true, optional: 2 },
    { title: 'STARTED', optional: 3 },
    { title: 'TOOK', optional: 1 },
    ...(priced ? [{ title: 'COST' }] : []),
  ];
  const rows = runs.map((run) => [
    run.workflowId,
    run.workflow,
    formatRunState(nameState(run.state, run), palette),
    run.owner ?? '',
    formatDateAndClock(run.startedAt),
    formatDuration((run.closedAt ? Date.parse(run.closedAt) : Date.now()) - Date.parse(run.startedAt)),
    ...(priced ? [(run.costs ?? []).map(formatCost).join(' + ')] : []),
  ]);
  const lines = formatTable(columns, rows, { width, palette });
  const difficulties = runs.flatMap((run) => formatDifficulties(run, { width, palette }));
  return difficulties.length === 0 ? lines : [...lines, '', ...difficulties];
}

/** The problems that keep the run from continuing, under its id. */
function formatDifficulties(run: RunListing, { width, palette }: LineStyle): string[] {
  const unreadable = run.unreadable ? [UNREADABLE_MEMO_TEXT] : [];
  return [...unreadable, ...describeHealth(run, 'history')].flatMap((text) =>
    wrapUnder(`${palette.bad('!')} `, `${run.workflowId}: ${text}`, width),
  );
}

function formatWaiting(runs: readonly RunListing[], { width, palette }: Screen): string[] {
  const waiting = runs
    .flatMap((run) => run.pending.map((request) => ({ run, request })))
    .toSorted((a, b) => compareUrgency(a.request, b.request));
  const difficulties = runs.flatMap((run) => formatDifficulties(run, { width, palette }));
  if (waiting.length === 0) return difficulties.length === 0 ? ['No pending requests.'] : difficulties;
  const lines = waiting.flatMap(({ run, request }, index) => [
    ...(index === 0 ? [] : ['']),
    ...wrapUnder(`${palette.wait('◆')} `, request.title ?? request.question, width).map(palette.strong),
    `  ${request.id}`,
    `  ${palette.quiet(`asked by ${request.askedBy} in ${run.workflow}, ${formatAge(request.askedAt)}`)}`,
    ...(request.deadline ? [`  until ${formatDeadline(request.deadline)}`] : []),
    ...(request.tool
      ? hang(wrap(`${request.tool} ${request.argsPreview ?? ''}`, width - 4).slice(0, 3), '  ', '    ')
      : []),
  ]);
  return [
    ...lines,
    '',
    ...difficulties,
    palette.quiet(`Decide: ${readCommandName()} approve REQUEST, or reject REQUEST --reason "…"`),
  ];
}
