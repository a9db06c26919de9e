/** The word and mark for a run's state, in lists, stories and on the page. */
import type { ListedState, RunListing } from '../../schemas/documents/runs.js';
import type { Story } from '../../schemas/documents/story.js';

export type StateTone = 'good' | 'bad' | 'wait' | 'plain';

/** The same words as in `baton list --state`. */
const STATES: Readonly<Record<ListedState, readonly [mark: string, tone: StateTone]>> = {
  'pending-worker': ['○', 'wait'],
  running: ['●', 'plain'],
  waiting: ['◆', 'wait'],
  stuck: ['!', 'bad'],
  completed: ['✓', 'good'],
  failed: ['✗', 'bad'],
  terminated: ['✗', 'bad'],
};

export interface ToldState {
  readonly mark: string;
  readonly word: string;
  readonly tone: StateTone;
}

/** The state of the run of a story, as lists show it. */
export function findState({
  state,
  held,
  waitsForWorkerSince: since,
  failure,
}: Pick<Story, 'state' | 'held' | 'waitsForWorkerSince' | 'failure'>): ListedState {
  if (state === 'failed') return failure?.code === 'TERMINATED' ? 'terminated' : 'failed';
  if (state === 'completed') return state;
  if (held !== undefined) return 'stuck';
  return state === 'running' && since !== undefined ? 'pending-worker' : state;
}

/** The word, with Temporal's more precise status and the number of requests in parentheses. */
export function nameState(
  state: ListedState,
  { status, pending = [] }: Partial<Pick<RunListing, 'status' | 'pending'>> = {},
): ToldState {
  const [mark, tone] = STATES[state];
  if (status === 'continued_as_new') return { mark: '✓', word: 'goes on', tone: 'good' };
  const many = state === 'waiting' && pending.length > 1 ? ` (${pending.length})` : '';
  const isOther = status !== undefined && (tone === 'bad' || tone === 'good') && status !== state;
  const precisely = isOther && state !== 'stuck' ? ` (${status.replaceAll('_', ' ')})` : '';
  return { mark, word: `${state}${many}${precisely}`, tone };
}
