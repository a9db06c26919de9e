/** Why nobody tells how a conversation stands: because the run is none, because it has ended, or for want of a worker. */
import type { Client } from '@temporalio/client';
import { BatonError } from '../contracts/errors.js';
import { observe } from './observe.js';
import { runError } from './runs.js';

/**
 * Looked at when a run has not answered the query `talk`. Undefined where it may still begin to.
 *
 * @throws {BatonError} `UNKNOWN_RUN`.
 */
export async function whySilent(client: Client, workflowId: string): Promise<BatonError | undefined> {
  const { type, status } = await client.workflow
    .getHandle(workflowId)
    .describe()
    .catch((error: unknown) => {
      throw runError(workflowId, error);
    });
  const facts = { workflowId, workflow: type };
  if (status.name !== 'RUNNING') {
    return new BatonError(
      'RUN_CLOSED',
      `Run ${workflowId} of ${type} has ended (${status.name.toLowerCase()}), and nobody can talk with it. \`baton show ${workflowId}\` says how.`,
      facts,
    );
  }
  if ((await observe(client, workflowId)) === undefined) return undefined;
  return new BatonError(
    'BAD_INPUT',
    `Run ${workflowId} is of ${type}, which is no swarm: it takes no messages. \`baton show ${workflowId}\` says what it does.`,
    facts,
  );
}
