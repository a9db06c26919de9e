/** Whether a run that was just started can begin: what its workers do not know is seen as soon as one takes it up. */
import type { StuckTask } from '../../schemas/documents/story.js';
import type { Client } from '@temporalio/client';
import { findStuck } from './run-health.js';

/** A worker takes a run up within milliseconds; one that is busy is not waited for. */
const LOOKS_FOR_MS = 2_000;
const LOOK_AGAIN_MS = 50;

/** What keeps the run from beginning; undefined when it has begun, or nobody has taken it up within two seconds. */
export async function findStuckAtOnce(client: Client, workflowId: string): Promise<StuckTask | undefined> {
  const end = Date.now() + LOOKS_FOR_MS;
  for (;;) {
    const description = await client.workflow.getHandle(workflowId).describe();
    const held = await findStuck(client, description);
    if (held !== undefined || !description.raw.pendingWorkflowTask || Date.now() > end) return held;
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
  }
}
