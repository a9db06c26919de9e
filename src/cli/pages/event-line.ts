/** Events as single lines, for output that cannot be redrawn. */
import type { TimelineEvent } from '../../contracts/wire/timeline.js';
import { describeEvent } from '../../client/text/event-text.js';
import type { LineStyle } from '../terminal/palette.js';
import { pad, truncate } from '../terminal/text-width.js';
import { formatClock } from '../../client/text/time.js';
import { escapeText } from '../terminal/escape-text.js';

/** The colour for each tone of an event. */
export const TINTS = { plain: 'quiet', good: 'good', bad: 'bad', wait: 'wait' } as const;

/** The progress of a step, below the event that started it. */
export function formatProgress(text: string, { palette, width }: LineStyle): string {
  return palette.quiet(`${' '.repeat(26)}${truncate(escapeText(text), Math.max(20, width - 26))}`);
}

/** `13:24:05  planner       turn 1: finished: …` */
export function formatEvent(event: TimelineEvent, { palette, width }: LineStyle): string {
  const { who, text, tone } = describeEvent(escapeText(event));
  const room = Math.max(20, width - 26);
  const tint = palette[TINTS[tone]];
  return `${palette.quiet(formatClock(event.at))}  ${palette.strong(pad(truncate(who, 14), 14))}  ${tint(truncate(text.replace(/\s+/g, ' '), room))}`;
}
