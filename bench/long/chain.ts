/** The executions of a run, and what each left behind on the server. */
import type { Client } from '@temporalio/client';

export interface Execution {
  readonly runId: string;
  readonly bytes: number;
  readonly events: number;
  readonly modelCalls: number;
}

/** Oldest first. */
export async function executionsOf(client: Client, workflowId: string): Promise<Execution[]> {
  const found: Execution[] = [];
  let runId: string | undefined;
  do {
    const handle = client.workflow.getHandle(workflowId, runId);
    const [{ events }, description] = await Promise.all([handle.fetchHistory(), handle.describe()]);
    const all = events ?? [];
    const started = all[0]?.workflowExecutionStartedEventAttributes;
    found.unshift({
      runId: description.runId,
      bytes: description.historySize ?? 0,
      events: all.length,
      modelCalls: all.filter(
        (event) => event.activityTaskScheduledEventAttributes?.activityType?.name === 'callModel',
      ).length,
    });
    runId = started?.continuedExecutionRunId || undefined;
  } while (runId !== undefined);
  return found;
}
