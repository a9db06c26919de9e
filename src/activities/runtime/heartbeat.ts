/** Sends an activity's heartbeats, so that a killed worker is noticed within seconds, and reports its progress. */
import { Context } from '@temporalio/activity';
import type { ActivityProgress } from '../../contracts/wire/run-view.js';
import { clip } from '../../contracts/data/preview.js';

/** Well under half of the shortest heartbeat timeout, which is five seconds. */
export const HEARTBEAT_EVERY_MS = 2_000;

/** Reports the activity's progress in words. Every heartbeat repeats the latest text. */
export type Tell = (text: string) => void;

/** @param path where the activity works in the run. */
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

/** How many earlier attempts have failed. Temporal also counts attempts that were lost with a worker. */
function readFailures(): number {
  const told = Context.current().info.heartbeatDetails as { readonly failed?: unknown } | undefined;
  return typeof told?.failed === 'number' ? told.failed : 0;
}

/** Counts one more failure for later attempts, and returns the new count. */
export function countFailure(): number {
  const failed = readFailures() + 1;
  Context.current().heartbeat({ failed });
  return failed;
}
