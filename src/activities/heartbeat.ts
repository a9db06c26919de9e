/** Keeps an activity known to be alive, so that a killed worker is noticed within seconds. */
import { Context } from '@temporalio/activity';

/** Well under half of the shortest heartbeat timeout, which is five seconds. */
const EVERY_MS = 2_000;

export async function withHeartbeat<T>(body: () => Promise<T>): Promise<T> {
  const context = Context.current();
  const timer = setInterval(() => {
    context.heartbeat();
  }, EVERY_MS);
  try {
    return await body();
  } finally {
    clearInterval(timer);
  }
}
