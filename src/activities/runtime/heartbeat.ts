/** Keeps an activity known to be alive, so that a killed worker is noticed within seconds, and tells how far it is. */
import { Context } from '@temporalio/activity';
import type { ActivityProgress } from '../../contracts/wire/run-view.js';
import { clip } from '../../contracts/data/preview.js';

/** Well under half of the shortest heartbeat timeout, which is five seconds. */
export const HEARTBEAT_EVERY_MS = 2_000;

/** Tells how far the activity has come, in words. The last word is repeated with every heartbeat. */
export type Tell = (text: string) => void;

/** @param path where in the run the activity is at work. */
export async function withHeartbeat<T>(path: string, body: (tell: Tell) => Promise<T>): Promise<T> {
  const context = Context.current();
  let progress: ActivityProgress | undefined;
  const failed = readFailures();
  const beat = (): void => {
    context.heartbeat(failed === 0 ? progress : { ...progress, failed });
  };
  const timer = setInterval(beat, HEARTBEAT_EVERY_MS);
  try {
    return await body((text) => {
      progress = { path, text: clip(text, 200) };
      beat();
    });
  } finally {
    clearInterval(timer);
  }
}

/** How many attempts before this one have failed by themselves: Temporal also counts those that were lost with a worker. */
function readFailures(): number {
  const told = Context.current().info.heartbeatDetails as { readonly failed?: unknown } | undefined;
  return typeof told?.failed === 'number' ? told.failed : 0;
}

/** Counts one more, for the attempts to come, and gives how many there are with it. */
export function countFailure(): number {
  const failed = readFailures() + 1;
  Context.current().heartbeat({ failed });
  return failed;
}
