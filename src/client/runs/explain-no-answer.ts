/** Why a conversation does not report its state: the run is not one, it has ended, or there is no worker. */
import { nameCommand } from '../../project/command-name.js';
import type { Client } from '@temporalio/client';
import { BatonError, createInputError, createRunClosedError } from '../../contracts/errors.js';
import { findStuck } from './stuck.js';
import { observe } from './observe.js';
import { resultOf, runError } from './runs.js';

/**
 * Called if a run has not answered the query `talk`. Undefined if it may still start to.
 *
 * @throws {BatonError} `UNKNOWN_RUN`.
 */
export async function explainNoAnswer(client: Client, workflowId: string): Promise<BatonError | undefined> {
  const description = await client.workflow
    .getHandle(workflowId)
    .describe()
    .catch((error: unknown) => {
      throw runError(workflowId, error);
    });
  const { type, status } = description;
  const facts = { workflowId, workflow: type };
  if (status.name !== 'RUNNING')
    return createClosedError(await explainFailure(client, workflowId), status.name, facts);
  const held = await findStuck(client, description);
  if (held) {
    return new BatonError(
      held.code,
      `Run ${workflowId} of ${type} cannot begin: its code throws (attempt ${held.attempt}): ${held.message}`,
      facts,
    );
  }
  if ((await observe(client, workflowId)) === undefined) return undefined;
  return createInputError(
    `Run ${workflowId} is of ${type}, which is not a swarm and does not accept messages. ${nameCommand(`show ${workflowId}`)} says what it does.`,
    facts,
  );
}

function createClosedError(
  failure: BatonError | undefined,
  status: string,
  facts: { readonly workflowId: string; readonly workflow: string },
): BatonError {
  const { workflowId, workflow } = facts;
  if (failure?.code === 'BAD_INPUT') return createInputError(failure.message, facts);
  const why = failure === undefined ? '' : `: ${failure.message}`;
  return createRunClosedError(
    `Run ${workflowId} of ${workflow} has ended (${status.toLowerCase()}${why}), and nobody can talk with it. ${nameCommand(`show ${workflowId}`)} says how.`,
    facts,
  );
}

async function explainFailure(client: Client, workflowId: string): Promise<BatonError | undefined> {
  const error = await resultOf(client, workflowId).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return error instanceof BatonError ? error : undefined;
}
