/** A person's decisions in the latest runs. They are read from histories, so no worker is needed. */
import { defined } from '../../contracts/data/defined.js';
import type { RunListing } from '../../schemas/documents/runs.js';
import type { Client } from '@temporalio/client';
import { tellFacts } from '../../client/story/history-story.js';
import { readHistoryFacts } from '../../client/runs/read-history.js';
import { findRuns } from '../../client/runs/list-runs.js';
import type { TimelineEvent } from '../../contracts/wire/timeline.js';

/** The number of runs to search, newest first. */
export const LATEST_RUNS = 50;

export interface PastDecision {
  readonly workflowId: string;
  readonly workflow: string;
  readonly question: string;
  readonly request: string;
  readonly option: string;
  readonly by: string;
  readonly at: string;
  readonly reason?: string;
}

/** Decisions by person. An ended run is read only once. */
export class PastDecisions {
  private readonly closed = new Map<string, readonly PastDecision[]>();
  private readonly client: Client;

  constructor(client: Client) {
    this.client = client;
  }

  /** The latest decision comes first. */
  async of(subject: string): Promise<PastDecision[]> {
    const runs = (await findRuns(this.client, {}, LATEST_RUNS)).slice(0, LATEST_RUNS);
    const found = await Promise.all(runs.map((run) => this.inRun(run)));
    return found
      .flat()
      .filter(({ by }) => by === subject)
      .toSorted((a, b) => (a.at < b.at ? 1 : -1));
  }

  private async inRun(run: RunListing): Promise<readonly PastDecision[]> {
    const known = this.closed.get(run.runId);
    if (known) return known;
    // A run may be deleted by now, or unreadable for this version. It must not hide the others.
    const told = await readHistoryFacts(this.client, run.workflowId, run.runId)
      .then(tellFacts)
      .catch(() => undefined);
    if (told === undefined) return [];
    const decisions = listDecisions(run, told.timeline);
    if (run.closedAt !== undefined) this.closed.set(run.runId, decisions);
    return decisions;
  }
}

function listDecisions(
  { workflowId, workflow }: RunListing,
  timeline: readonly TimelineEvent[],
): PastDecision[] {
  const questions = new Map(
    timeline.flatMap((event) => (event.kind === 'asked' ? [[event.request, event.question]] : [])),
  );
  return timeline.flatMap((event): PastDecision[] => {
    if (event.kind !== 'decided' && event.kind !== 'edited' && event.kind !== 'voted') return [];
    const { request, by, at, reason } = event;
    const option = event.kind === 'edited' ? 'edit' : event.option;
    const question = questions.get(request) ?? request;
    return [
      {
        workflowId,
        workflow,
        question,
        request,
        option,
        by,
        at,
        ...defined({ reason }),
      },
    ];
  });
}
