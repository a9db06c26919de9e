/**
 * A history in the order in which its run saw it. What comes in is seen with the next workflow task that is completed, at
 * the time at which that began: this is the clock by which a run tells its story.
 */
import type { HistoryFact } from '../runs/history-facts.js';

/** A fact as the run saw it. */
export interface SeenFact {
  readonly fact: HistoryFact;
  readonly at: string;
  /** True where no worker has taken it up. */
  readonly isNew: boolean;
}

const INCOMING: readonly HistoryFact['kind'][] = [
  'run-started',
  'activity-completed',
  'activity-failed',
  'child-completed',
  'child-failed',
  'signal',
];

/** The facts as they were seen; at the end those that no worker has taken up. */
export function listSeenFacts(facts: readonly HistoryFact[]): SeenFact[] {
  const seen: SeenFact[] = [];
  const incoming: HistoryFact[] = [];
  /** What a task is given beside updates, which it sees first. */
  let held: SeenFact[] = [];
  let stuck: SeenFact | undefined;
  let began: { readonly at: string; readonly count: number } | undefined;
  let now = facts[0]?.at ?? '';
  for (const fact of facts) {
    const { at } = fact;
    if (fact.kind === 'task-started') {
      began = { at, count: incoming.length };
    } else if (fact.kind === 'task-failed') {
      stuck = { fact, at, isNew: true };
    } else if (fact.kind === 'task-completed') {
      seen.push(...held);
      now = began?.at ?? at;
      stuck = undefined;
      held = incoming.splice(0, began?.count ?? 0).map((each) => ({ fact: each, at: now, isNew: false }));
      if (held[0]?.fact.kind === 'run-started') seen.push(...held.splice(0, 1));
    } else if (INCOMING.includes(fact.kind)) {
      incoming.push(fact);
    } else {
      if (!fact.kind.startsWith('update-')) seen.push(...held.splice(0));
      seen.push({ fact, at: now, isNew: false });
    }
  }
  const rest = incoming.map((fact) => ({ fact, at: fact.at, isNew: true }));
  return [...seen, ...held, ...rest, ...(stuck ? [stuck] : [])];
}
