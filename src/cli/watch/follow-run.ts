/** Watches a run until it ends, and tells what is new since the last look. */
import type { Story, WaitingRequest } from '../../schemas/documents/story.js';
import type { Client } from '@temporalio/client';
import { readStory } from '../../client/story/story.js';
import { pause } from '../terminal/interruption.js';

const LOOK_EVERY_MS = 400;
/** A worker that has just started needs a moment before it answers for the exact action. */
const WHOLE_WITHIN_MS = 10_000;

export interface Follower {
  /** With every look, also when nothing is new, and before what waits is told. */
  readonly look?: (story: Story) => Promise<void> | void;
  /** Events that were not told before, oldest first. */
  readonly events?: (events: Story['timeline'], story: Story) => void;
  /** How far a step has come, in words that were not told before. */
  readonly progress?: (texts: readonly string[]) => void;
  /** A request that was not told before, or not as it is now. */
  readonly request?: (request: WaitingRequest, story: Story) => Promise<void> | void;
  /** Once, when the code of the orchestration has thrown again and again. */
  readonly held?: (held: NonNullable<Story['held']>) => void;
  /** Once for each failure that a step is tried again for. */
  readonly retrying?: (retry: Story['retries'][number]) => void;
  /** Once, when a step has waited longer than it should for a worker to take it. */
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
    // Steps that wait for the same thing say the same.
    const news = story.progress.map(({ text }) => text).filter((text) => isNew(toldProgress, text));
    if (news.length > 0) follower.progress?.(news);
    if (story.held && story.held.message !== toldHeld) follower.held?.(story.held);
    toldHeld = story.held?.message ?? toldHeld;
    for (const retry of story.retries)
      if (isNew(toldRetries, `${retry.activity} ${retry.message}`)) follower.retrying?.(retry);
    const { waitsForWorkerSince: since = '', held } = story;
    if (since !== '' && since !== toldStalled && !held) follower.stalled?.(since, story);
    toldStalled = since;
    await follower.look?.(story);
    for (const request of story.pending) {
      const since = seenAt.get(request.id) ?? Date.now();
      seenAt.set(request.id, since);
      if (!request.whole && Date.now() - since < WHOLE_WITHIN_MS) continue;
      // An edit makes it another; questions and their answers are to be read before it is decided.
      const { id, revision, conversation } = request;
      if (isNew(toldRequests, JSON.stringify([id, revision, conversation])))
        await follower.request?.(request, story);
    }
    if (story.endedAt !== undefined || signal.aborted) return story;
    await pause(LOOK_EVERY_MS, signal);
  }
}

function isNew(seen: Set<string>, key: string): boolean {
  if (seen.has(key)) return false;
  seen.add(key);
  return true;
}

/** The history tells the same event a little differently than the run does; it must not be told twice. */
function withoutSource(event: Story['timeline'][number]): unknown {
  const { kind, path } = event;
  if ('request' in event) return [kind, event.request];
  if (event.kind === 'turn') return [kind, path, event.turn];
  if (event.kind === 'note') return [kind, event.text];
  if (event.kind === 'tool' || event.kind === 'repair')
    return [kind, path, event.kind === 'repair' ? event.turn : event.outcome];
  return [kind, path];
}
