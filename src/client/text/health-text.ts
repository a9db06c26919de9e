/** The problems that prevent an open run from continuing, as text. */
import { nameCommand } from '../../project/command-name.js';
import type { RunHealth } from '../runs/run-health.js';
import { isHeld } from '../../contracts/errors.js';
import { describeUnserved } from '../runs/unserved.js';
import type { Retry, Story, StuckTask } from '../../schemas/documents/story.js';
import { formatClock, formatDuration } from './time.js';

/** Each problem as a sentence. */
export function describeHealth(
  { held, waitsForWorkerSince: since, waitsBecause, unserved = [], retries = [] }: Partial<RunHealth>,
  source: Story['source'],
  now?: number,
): string[] {
  return [
    ...(held ? [describeStuck(held)] : []),
    ...(since !== undefined && !held ? [describeWaitingForWorker(since, { source, waitsBecause }, now)] : []),
    ...unserved.map(describeUnserved),
    ...retries.map(describeRetry),
  ];
}

/** `callModel is tried again (attempt 3, since 13:24:01, next at 13:24:05): … [MODEL_UNAVAILABLE]` */
export function describeRetry({ activity, attempt, since, nextAt, code, message }: Retry): string {
  const times = [
    `attempt ${attempt}`,
    ...(since === undefined ? [] : [`since ${formatClock(since)}`]),
    ...(nextAt === undefined ? [] : [`next at ${formatClock(nextAt)}`]),
  ].join(', ');
  const held = isHeld(code)
    ? `. It waits until this is fixed; ${nameCommand('cancel')} gives the run up`
    : '';
  return `${activity} is tried again (${times}): ${message}${code ? ` [${code}]` : ''}${held}`;
}

export function describeWaitingForWorker(
  since: string,
  { source, waitsBecause }: Pick<Story, 'source'> & { readonly waitsBecause?: string | undefined },
  now: number = Date.now(),
): string {
  const waited = `The next step has waited for a worker for ${formatDuration(now - Date.parse(since))}`;
  if (waitsBecause !== undefined) return `${waited}: ${waitsBecause}`;
  return source === 'worker'
    ? `${waited}: busy, or waiting for one that stopped to be noticed, which takes up to 20 s`
    : `${waited}: none answers, or one that stopped is still to be noticed, which takes up to 20 s`;
}

export function describeStuck({ code, attempt, message }: StuckTask): string {
  const why =
    code === 'UNKNOWN_WORKFLOW'
      ? 'The worker exports no workflow of this type, and the run waits for one that does'
      : 'The workflow code fails, and the run waits for a worker with fixed code';
  return `${why} (attempt ${attempt}): ${message} [${code}]`;
}
