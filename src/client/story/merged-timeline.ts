/** One timeline of a run and of its child agents. */
import type { Client, WorkflowExecutionDescription } from '@temporalio/client';
import { quoteValue } from '../runs/list-runs.js';
import type { TimelineEvent } from '../../contracts/wire/timeline.js';
import { CHILD_AGENT } from '../../contracts/wire/wire.js';

/** The timelines of child agents, if the run has any. */
export async function readChildTimelines(
  client: Client,
  run: WorkflowExecutionDescription,
  timeline: readonly TimelineEvent[],
  read: (workflowId: string) => Promise<readonly TimelineEvent[] | undefined>,
): Promise<(readonly TimelineEvent[])[]> {
  const turned = new Set(timeline.flatMap((event) => (event.kind === 'turn' ? [event.path] : [])));
  const elsewhere = timeline.some(
    ({ kind, path }) => (kind === 'delegated' || kind === 'handoff') && !turned.has(path),
  );
  if (!elsewhere) return [];
  const query = `WorkflowType = '${CHILD_AGENT}' and WorkflowId STARTS_WITH ${quoteValue(`${run.workflowId}/`)} and StartTime >= '${run.startTime.toISOString()}'`;
  const found: (readonly TimelineEvent[])[] = [];
  for await (const { workflowId } of client.workflow.list({ query })) {
    found.push((await read(workflowId)) ?? []);
  }
  return found;
}

const TOLD_BY_ROOT: readonly TimelineEvent['kind'][] = [
  'run-started',
  'run-ended',
  'delegated',
  'handoff',
  'granted',
  'accepted',
  'declined',
  'misrouted',
  'clarification',
  'sent-back',
  'returned',
];

/** One timeline of several workflows. The root reports the start and end of each child agent. */
export function mergeTimelines(
  root: readonly TimelineEvent[],
  parts: readonly (readonly TimelineEvent[])[],
): TimelineEvent[] {
  const own = new Set(root.map(identifyEvent));
  const inner = parts
    .flat()
    .filter(({ kind }) => !TOLD_BY_ROOT.includes(kind))
    .filter((event) => !own.has(identifyEvent(event)));
  // Stable: events of the same moment keep their order.
  return [...root, ...inner].toSorted((a, b) =>
    a.kind === 'run-ended' ? 1 : b.kind === 'run-ended' ? -1 : a.at.localeCompare(b.at),
  );
}

function identifyEvent(event: TimelineEvent): string {
  return 'request' in event ? `${event.kind} ${event.request}` : `${event.at} ${event.path} ${event.kind}`;
}
