/** A task on its way through a run: its owner, how it reached them, and where their work on it stands. */
import { defined } from '../../contracts/data/defined.js';
import type { Entry } from '../../contracts/wire/model-call.js';
import { formatItemId } from '../../contracts/definitions/contract.js';
import type { WorkStart } from '../../contracts/wire/child-agent-input.js';
import { msToNumber } from '@temporalio/common';
import type { AnyParticipant } from '../../contracts/definitions/participant.js';
import type { Envelope, KnownMemory } from '../../contracts/handoff/envelope.js';
import type { Json } from '../../contracts/data/json.js';
import { withReferences } from '../../contracts/handoff/memory-reference.js';
import { recordHandoff, sealEnvelope, type OutgoingHandoff } from './envelope.js';
import type { RestingWork } from './resting-work.js';
import type { Run } from '../runtime/run.js';
import type { TaskLimits } from './task-limits.js';
import type { Suspension } from '../../contracts/wire/wire.js';
import type { Recovering } from './attempts.js';

/** The participant who handed off a task, and where they resume if it is declined. */
export interface Sender {
  readonly task: Task;
  readonly at: Suspension;
  /** The handoff call; undefined once it has been answered. */
  readonly callId: string | undefined;
  /** The other entries to answer when the sender resumes. */
  readonly entries: readonly Entry[];
  /** Set when the sender waits for several handoffs: it can be asked, and resumes only once all have ended. */
  readonly joins?: true;
}

export interface Task {
  readonly agent: AnyParticipant;
  /** Where in the run its agent works on it. */
  readonly place: string;
  readonly envelope: Envelope;
  readonly start: WorkStart;
  readonly standing: TaskLimits;
  /** Undefined when the orchestration's own code gave the task. */
  readonly sender?: Sender;
  /** When a person's time for it is up, in milliseconds since 1970; the time runs on while they wait for answers. */
  readonly ends?: number;
  /** How often its agent has asked before accepting it. */
  readonly rounds: number;
  /** Whether an earlier receiver named this agent as the better destination. */
  readonly rerouted: boolean;
  /** How often a handoff of its agent was sent back to it. */
  readonly sentBack: number;
  /** The earlier attempts, when it comes from a recovery. */
  readonly recovering?: Recovering;
}

/** Where a task stands after one agent's work: it has a result, or an owner who continues. */
export type Next =
  | {
      readonly kind: 'done';
      readonly output: Json;
      readonly by: string;
      /** The permissions of the participant who returned the output; absent when the output came from elsewhere. */
      readonly holds?: readonly string[];
    }
  | { readonly kind: 'task'; readonly task: Task };
/** The end of a task. */
export type Done = Extract<Next, { kind: 'done' }>;

/** Offers a task to a participant: seals its envelope, records the offer, and returns the task at its start. */
export function openTask(
  run: Pick<Run, 'hiddenFacts' | 'origin' | 'owner' | 'record' | 'root'>,
  handoff: OutgoingHandoff,
  further?: Parameters<typeof beginTask>[4],
): Task {
  const envelope = sealEnvelope(run, handoff);
  recordHandoff(run, envelope, handoff.place);
  return beginTask(handoff.to, handoff.place, envelope, handoff.standing, further);
}

/** The content of a task that moves unchanged: the same task, from its beginning. */
export function moveAsIs(before: Envelope) {
  const { input, task, summary, instructions, memory } = before;
  return { input, task, summary, instructions, memory, before };
}

/** A task as its agent starts it. */
export function beginTask(
  agent: AnyParticipant,
  place: string,
  envelope: Envelope,
  standing: TaskLimits,
  further: {
    readonly sender?: Sender | undefined;
    readonly rerouted?: boolean;
  } = {},
): Task {
  const { sender, rerouted = false } = further;
  // Granted permissions apply only once the agent has accepted the task.
  const alone = standing.granted.length > 0;
  const { required } = envelope;
  const acknowledge = required && { items: required.map(formatItemId), alone };
  const own = envelope.context?.own === undefined ? undefined : standing.resting.works.get(agent.name);
  const deadline = agent.kind === 'human' ? agent.deadline : undefined;
  return {
    agent,
    place,
    envelope,
    standing,
    start: {
      head: own?.head ?? null,
      entries: [...(own?.entries ?? []), envelope],
      turns: 0,
      repairs: 0,
      ...defined({ acknowledge, memory: joinMemory(envelope, own) }),
    },
    ...defined({ sender }),
    ...(deadline === undefined ? {} : { ends: Date.now() + msToNumber(deadline) }),
    rounds: 0,
    rerouted,
    sentBack: 0,
  };
}

/** The memory that it gets, and what it saw of the memory when it had the task before. */
function joinMemory(
  { memory: handed = [] }: Envelope,
  own: RestingWork | undefined,
): KnownMemory | undefined {
  const known = withReferences(own?.memory ?? [], handed);
  return known.length === 0 ? undefined : { handed, known };
}

/** The receiver has taken over: the sender's conversation is kept for its return. */
export function keepSender({ agent, sender, standing }: Task): void {
  if (sender === undefined || sender.joins) return;
  const { task, at, callId, entries } = sender;
  const taken: Entry[] =
    callId === undefined ? [] : [{ kind: 'answer', callId, text: `${agent.name} has taken over.` }];
  standing.resting.works.set(task.agent.name, {
    head: at.head,
    entries: [...entries, ...taken],
    ...defined({ memory: at.memory?.known }),
  });
}

/** The same task, resumed where it was suspended. */
export function continueTask(task: Task, at: Suspension, entries: readonly Entry[]): Task {
  return { ...task, start: { ...at, entries } };
}
