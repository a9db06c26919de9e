/** All events of an execution, page by page, so that a long history fits the message limit of every connection. */
import { isGrpcServiceError, type Client, type WorkflowExecutionDescription } from '@temporalio/client';
import type { temporal } from '@temporalio/proto';
import { createUnknownRunError } from './runs.js';

/** The gRPC status code. */
const NOT_FOUND = 5;

/** With events of 32 kB, as agents and tools can produce, a page stays well below a connection's default of 4 MiB. */
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
