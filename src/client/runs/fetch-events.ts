/** All events of an execution, page by page: what is long comes in messages that every connection takes. */
import { isGrpcServiceError, type Client, type WorkflowExecutionDescription } from '@temporalio/client';
import type { temporal } from '@temporalio/proto';
import { createUnknownRunError } from './runs.js';

/** Of gRPC. */
const NOT_FOUND = 5;

/** With events of 32 kB, as an agent or a tool may give, a page is well below the 4 MiB of a connection's default. */
const EVENTS_A_PAGE = 50;

type Events = temporal.api.history.v1.IHistoryEvent[];

/** @throws {BatonError} `UNKNOWN_RUN` */
export async function fetchEvents(client: Client, workflowId: string, runId = ''): Promise<Events> {
  const events: Events = [];
  let next: Uint8Array | undefined;
  do {
    try {
      const page = await client.workflowService.getWorkflowExecutionHistory({
        namespace: client.options.namespace,
        execution: { workflowId, runId },
        maximumPageSize: EVENTS_A_PAGE,
        ...(next === undefined ? {} : { nextPageToken: next }),
      });
      events.push(...(page.history?.events ?? []));
      next = page.nextPageToken;
    } catch (error) {
      if (isGrpcServiceError(error) && error.code === NOT_FOUND) throw createUnknownRunError(workflowId);
      throw error;
    }
  } while (next !== undefined && next.length > 0);
  return events;
}

/** The last events of an execution, the newest first. */
export async function readLastEvents(
  client: Client,
  { workflowId, runId }: Pick<WorkflowExecutionDescription, 'workflowId' | 'runId'>,
  maximumPageSize: number,
) {
  const { history } = await client.workflowService.getWorkflowExecutionHistoryReverse({
    namespace: client.options.namespace,
    execution: { workflowId, runId },
    maximumPageSize,
  });
  return history?.events ?? [];
}
