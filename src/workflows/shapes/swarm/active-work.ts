/**
 * The work of the agent in control, between two messages: its conversation continues with the next message. A conversation
 * that is too long restarts with its task, the newest messages that fit, and a summary of the rest.
 */
import type { RestingWork } from '../../task/resting-work.js';
import type { Entry } from '../../../contracts/wire/model-call.js';
import type { Envelope, MemoryReference, SenderSummary } from '../../../contracts/handoff/envelope.js';
import type { WorkStart } from '../../../contracts/wire/child-agent-input.js';
import { digest } from '../../../contracts/data/canonical-json.js';
import { countSettled, mergeSettledFacts } from '../../../contracts/handoff/settled-facts.js';

export interface ActiveWork {
  readonly agent: string;
  /** The envelope that gave it control, with the facts settled since: the next handoff carries them along. */
  readonly envelope: Envelope;
  /** All facts settled by then, if the agent does not see all of them. */
  readonly hidden?: SenderSummary;
  /** Its conversation; absent when no conversation can continue. */
  readonly head?: string;
  /** Whether {@link head} continues unchanged. Otherwise the agent restarts, and sees the part of it that fits. */
  readonly goesOn: boolean;
  readonly memory?: readonly MemoryReference[];
  /** Its permissions, when another agent gave it control; absent for the entry, which gets its messages from code. */
  readonly holds?: readonly string[];
  /** For how many messages the conversation has continued. */
  readonly messages: number;
}

/** The same work, with the facts settled since it started: `last` is the envelope of the task's last handoff. */
export function settleFacts(held: ActiveWork, last: Envelope): ActiveWork {
  const { summary, ...envelope } = held.envelope;
  // A person may not have seen all of it.
  const before = mergeSettledFacts(envelope.carried, summary);
  const facts = mergeSettledFacts(before, mergeSettledFacts(last.carried, last.summary));
  if (countSettled(facts) === 0) return held;
  // Combined, so that an open item that is now done is no longer open.
  return { ...held, envelope: { ...envelope, carried: facts } };
}

/** Where the agent's work on the next message starts; `own` is its suspended conversation from before. */
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
  // Control returned to it, and it has not answered since.
  const returns = head === undefined && envelope.context?.own !== undefined ? own : undefined;
  return { ...common, head: returns?.head ?? null, entries: [...(returns?.entries ?? []), anew, said] };
}

/** The original task, and its conversation since. It has accepted that task before. */
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
