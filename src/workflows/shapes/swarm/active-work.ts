/**
 * The work of the agent who has control, between two messages: its conversation goes on with the next one. When that
 * has grown, it begins anew with what it was handed and what of the conversation still fits, the rest in a summary.
 */
import type { RestingWork } from '../../task/resting-work.js';
import type { Entry } from '../../../contracts/wire/model-call.js';
import type { Envelope, MemoryReference, SenderSummary } from '../../../contracts/handoff/envelope.js';
import type { WorkStart } from '../../../contracts/wire/child-agent-input.js';
import { digest } from '../../../contracts/data/canonical-json.js';
import { countSettled, mergeSettledFacts } from '../../../contracts/handoff/settled-facts.js';

export interface ActiveWork {
  readonly agent: string;
  /** By which it came to have control, with what was settled since: the next handoff carries that on. */
  readonly envelope: Envelope;
  /** All that was settled by then, where the agent is not shown all of it. */
  readonly hidden?: SenderSummary;
  /** Its conversation; absent where it has none that can go on. */
  readonly head?: string;
  /** Whether {@link head} goes on as it is; else the agent begins anew, and is shown of it what fits. */
  readonly goesOn: boolean;
  readonly memory?: readonly MemoryReference[];
  /** What it may do, where another agent gave it control; absent for the entry, to whom code gives what is said. */
  readonly holds?: readonly string[];
  /** For how many messages the conversation has gone on. */
  readonly messages: number;
}

/** The same work, with what was settled since it began: `last` is how the task was last given, to whomever. */
export function settleFacts(held: ActiveWork, last: Envelope): ActiveWork {
  const { summary, ...envelope } = held.envelope;
  // A person may not have been shown all of it.
  const before = mergeSettledFacts(envelope.carried, summary);
  const facts = mergeSettledFacts(before, mergeSettledFacts(last.carried, last.summary));
  if (countSettled(facts) === 0) return held;
  // In one account: what was open before and is done since is open no more.
  return { ...held, envelope: { ...envelope, carried: facts } };
}

/** Where the agent's work on the next message begins; `own` is where its conversation rested before it came to it. */
export function toWorkStart(
  held: ActiveWork,
  own: RestingWork | undefined,
  said: Extract<Entry, { kind: 'said' }>,
  at: { readonly place: string; readonly maxTokens: number },
): WorkStart {
  const { memory, head, goesOn, envelope } = held;
  const known = memory === undefined ? {} : { memory: { handed: memory, known: memory } };
  const common = { turns: 0, repairs: 0, ...known };
  if (head !== undefined && goesOn) return { ...common, head, entries: [said] };
  const anew = startAnew(held, at);
  // Control came back to it, and it has not answered since.
  const returns = head === undefined && envelope.context?.own !== undefined ? own : undefined;
  return { ...common, head: returns?.head ?? null, entries: [...(returns?.entries ?? []), anew, said] };
}

/** What it was handed, once more, and its conversation since. It has taken that on before. */
function startAnew(
  { envelope, head }: ActiveWork,
  { place, maxTokens }: { readonly place: string; readonly maxTokens: number },
): Envelope {
  const { required: _taken, ...same } = envelope;
  return {
    ...same,
    id: digest({ of: envelope.id, place }).slice(0, 12),
    ...(head === undefined ? {} : { context: { history: 'all', maxTokens, whenOver: 'summarize', head } }),
  };
}
