/** A run that goes on, on one screen: who has control, the plan, the steps, what waits. */
import type { Story, WaitingRequest } from '../../schemas/documents/story.js';
import { commandName } from '../terminal/command-name.js';
import { escapeText } from '../terminal/escape-text.js';
import { howToDecide } from './request-card.js';
import { difficultyLines, headLines, planLines, treeLines, type PageStyle } from './story-page.js';
import { hang, truncate, wrap } from '../terminal/text-width.js';
import { deadline } from '../../client/text/time.js';

/** The exact actions that wait stand in the whole page, `baton show` without --watch. */
export function livePage(told: Story, style: PageStyle): string[] {
  const story = escapeText(told);
  return [
    ...headLines(story, { ...style, webUi: fitting(style) }),
    '',
    ...planLines(story, style),
    ...treeLines(story, style),
    ...difficultyLines(story, style),
    ...story.pending.flatMap((request) => ['', ...shortRequest(request, style)]),
    '',
    style.palette.quiet('  Ctrl-C ends the watching; the run goes on.'),
  ];
}

function shortRequest(request: WaitingRequest, { width, palette }: PageStyle): string[] {
  const { question, askedBy, deadline: end, tool, args, argsPreview = JSON.stringify(args) } = request;
  const [approve, reject] = howToDecide(request, commandName());
  return [
    ...hang(wrap(question, width - 2), `${palette.wait('◆')} `, '  ').map(palette.strong),
    palette.quiet(
      `  asked by ${askedBy}${end === undefined ? '' : `; ${deadline(end)}, then the answer is no`}`,
    ),
    ...(tool === undefined ? [] : [`  ${truncate(`${tool} ${argsPreview}`, width - 2)}`]),
    ...[approve, reject].flatMap((line) => (line === undefined ? [] : [`  ${palette.quiet('$')} ${line}`])),
  ];
}

/** Half a link leads nowhere. */
function fitting({ webUi, width }: PageStyle): string | undefined {
  return webUi !== undefined && webUi.length + 12 <= width ? webUi : undefined;
}
