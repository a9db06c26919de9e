/** The requests that a run's list may name: its own, and those of its child agents. A run could describe another run's request. */
import type { Client } from '@temporalio/client';
import { parseRequestId } from '../../contracts/requests/request-id.js';
import { toRunId } from '../runs/find-root.js';

/** Keeps the requests whose workflow belongs to this run, according to the server. Nobody can decide the others from here. */
export async function keepOwnedRequests<Request extends { readonly id: string }>(
  client: Client,
  workflowId: string,
  requests: readonly Request[],
): Promise<Request[]> {
  const ownerOf = ({ id }: Request): string | undefined => parseRequestId(id)?.workflowId;
  const owners = [...new Set(requests.map(ownerOf))];
  const belongs = await Promise.all(owners.map((owner) => isOfRun(client, workflowId, owner)));
  const owned = new Set(owners.filter((_owner, index) => belongs[index]));
  return requests.filter((request) => owned.has(ownerOf(request)));
}

async function isOfRun(client: Client, workflowId: string, owner: string | undefined): Promise<boolean> {
  if (owner === undefined || owner === workflowId) return owner !== undefined;
  const asking = await client.workflow
    .getHandle(owner)
    .describe()
    .catch(() => undefined);
  return asking !== undefined && toRunId(asking) === workflowId;
}
