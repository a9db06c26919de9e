/** Watches a run until it ends, and reports what is new since the last look. */
import type { Story, WaitingRequest } from '../../schemas/documents/story.js';
import type { Client } from '@temporalio/client';
import { readStory } from '../../client/story/story.js';
import { pause } from '../terminal/interruption.js';

const LOOK_EVERY_MS = 400;
/** A worker that has just started needs a moment before it answers queries for the exact action. */
const WHOLE_WITHIN_MS = 10_000;

export interface Follower {
  /** Called with every look, even when nothing is new, and before pending requests are reported. */
  readonly look?: (story: Story) => Promise<void> | void;
  /** New events, oldest first. */
  readonly events?: (events: Story['timeline'], story: Story) => void;
  /** New progress messages of steps. */
  readonly progress?: (texts: readonly string[]) => void;
  /** A new or changed request. */
  readonly request?: (request: WaitingRequest, story: Story) => Promise<void> | void;
  /** Called once, when the workflow code has failed repeatedly. */
  readonly held?: (held: NonNullable<Story['held']>) => void;
  /** Called for each failure that leads to a retry of a step, and again when the number of attempts has doubled. */
  readonly retrying?: (retry: Story['retries'][number]) => void;
  /** Called once, when a step has waited too long for a worker. */
  readonly stalled?: (since: string, story: Story) => void;
}

/** Resolves with the last story when the run has ended, or when the signal aborts. */
export async function followRun(
  client: Client,
  workflowId: string,
  signal: AbortSignal,
  follower: Follower,
): Promise<Story> {
  const toldEvents = new Set<string>();
  const toldRequests = new Set<string>();
  const toldProgress = new Set<string>();
  const toldRetries = new Set<string>();
  const seenAt = new Map<string, number>();
  let toldHeld = '';
  let toldStalled = '';
  for (;;) {
    const story = await readStory(client, workflowId);
    const fresh = story.timeline.filter((event) => isNew(toldEvents, JSON.stringify(withoutSource(event))));
    if (fresh.length > 0) follower.events?.(fresh, story);
    // Steps that wait for the same thing have the same message.
    const news = story.progress.map(({ text }) => text).filter((text) => isNew(toldProgress, text));
    if (news.length > 0) follower.progress?.(news);
    if (story.held && story.held.message !== toldHeld) follower.held?.(story.held);
    toldHeld = story.held?.message ?? toldHeld;
    for (const retry of story.retries) if (isNew(toldRetries, nameRetry(retry))) follower.retrying?.(retry);
    const { waitsForWorkerSince: since = '', held } = story;
    if (since !== '' && since !== toldStalled && !held) follower.stalled?.(since, story);
    toldStalled = since;
    await follower.look?.(story);
    for (const request of story.pending) {
      const since = seenAt.get(request.id) ?? Date.now();
      seenAt.set(request.id, since);
      if (!request.whole && Date.now() - since < WHOLE_WITHIN_MS) continue;
      // An edit makes it a new request. Questions and their answers must be read before the decision.
      const { id, revision, conversation } = request;
      if (isNew(toldRequests, JSON.stringify([id, revision, conversation])))
        await follower.request?.(request, story);
    }
    if (story.endedAt !== undefined || signal.aborted) return story;
    await pause(LOOK_EVERY_MS, signal);
  }
}

/** The key of a report. The delay between attempts grows too, so the reports of a long outage become rare. */
export function nameRetry({ activity, message, attempt }: Story['retries'][number]): string {
  return JSON.stringify([activity, message, Math.floor(Math.log2(attempt))]);
}

function isNew(seen: Set<string>, key: string): boolean {
  if (seen.has(key)) return false;
  seen.add(key);
  return true;
}

/** The history and the run describe the same event with small differences; it must be reported only once. */
function withoutSource(event: Story['timeline'][number]): unknown {
  const { kind, path } = event;
  if ('request' in event) return [kind, event.request];
  if (event.kind === 'turn') return [kind, path, event.turn];
  if (event.kind === 'note') return [kind, event.text];
  if (event.kind === 'tool' || event.kind === 'repair')
    return [kind, path, event.kind === 'repair' ? event.turn : event.outcome];
  return [kind, path];
}
