/**
 * A history in the order in which its run saw it. A run sees new events in the next completed workflow task, at the
 * time when that task started. This is the clock of the run's timeline.
 */
import type { HistoryFact } from '../runs/history-facts.js';

/** A fact as the run saw it. */
export interface SeenFact {
  readonly fact: HistoryFact;
  readonly at: string;
  /** True if no worker has processed it. */
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

/** The facts in the order in which the run saw them; at the end those that no worker has processed. */
export function listSeenFacts(facts: readonly HistoryFact[]): SeenFact[] {
  const seen: SeenFact[] = [];
  const incoming: HistoryFact[] = [];
  /** The events of a task other than updates. The run sees the updates first. */
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
