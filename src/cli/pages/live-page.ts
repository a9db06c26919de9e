/** A run in progress, on one screen: the owner, the plan, the steps, and pending requests. */
import type { Story, WaitingRequest } from '../../schemas/documents/story.js';
import { toVisibleJson } from '../../client/text/exact-text.js';
import { readCommandName } from '../terminal/command-name.js';
import { escapeToLines } from '../terminal/escape-text.js';
import { describeDeciding } from './request-card.js';
import { formatDifficulties, formatHead, formatPlans, formatTree, type PageStyle } from './story-page.js';
import { truncate, wrapUnder } from '../terminal/text-width.js';
import { formatDeadline } from '../../client/text/time.js';

/** The page shortens pending actions; `baton show` without --watch prints them in full. */
export function renderLivePage(told: Story, style: PageStyle): string[] {
  const story = escapeToLines(told);
  return [
    ...formatHead(story, { ...style, webUi: fitWebUi(style) }),
    '',
    ...formatPlans(story, style),
    ...formatTree(story, style),
    ...formatDifficulties(story, style),
    ...told.pending.flatMap((request) => ['', ...formatShortRequest(request, style)]),
    '',
    style.palette.quiet('  Ctrl-C ends the watching; the run continues.'),
  ];
}

function formatShortRequest(told: WaitingRequest, { width, palette }: PageStyle): string[] {
  const {
    question,
    title = question,
    askedBy,
    deadline: end,
    tool,
    argsPreview = told.args === undefined ? '' : toVisibleJson(told.args, 0),
  } = escapeToLines(told);
  const [approve, reject] = describeDeciding(told, readCommandName());
  return [
    ...wrapUnder(`${palette.wait('◆')} `, title, width).map(palette.strong),
    palette.quiet(
      `  asked by ${askedBy}${end === undefined ? '' : `; ${formatDeadline(end)}, then it is rejected`}`,
    ),
    ...(tool === undefined ? [] : [`  ${truncate(`${tool} ${argsPreview}`, width - 2)}`]),
    ...[approve, reject].flatMap((line) => (line === undefined ? [] : [`  ${palette.quiet('$')} ${line}`])),
  ];
}

/** A cut link does not work, so it is left out. */
function fitWebUi({ webUi, width }: PageStyle): string | undefined {
  return webUi !== undefined && webUi.length + 12 <= width ? webUi : undefined;
}
