/** A task on its way through a run: who has it, how it came to them, and where their work on it stands. */
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

/** Who handed a task off, and where they go on if it is not taken on. */
export interface Sender {
  readonly task: Task;
  readonly at: Suspension;
  /** The call that asked for the handoff; undefined once it has been answered. */
  readonly callId: string | undefined;
  /** What else is to be answered when the sender goes on. */
  readonly entries: readonly Entry[];
  /** It waits for more than this one: it can be asked, and goes on only once all have come to their ends. */
  readonly joins?: true;
}

export interface Task {
  readonly agent: AnyParticipant;
  /** Where in the run its agent works on it. */
  readonly place: string;
  readonly envelope: Envelope;
  readonly start: WorkStart;
  readonly standing: TaskLimits;
  /** Undefined where the orchestration's own code gave the task. */
  readonly sender?: Sender;
  /** When a person's time for it is up, in milliseconds since 1970; it goes on while they wait for answers. */
  readonly ends?: number;
  /** How often its agent has asked before taking it on. */
  readonly rounds: number;
  /** Whether somebody before named this agent as the better destination. */
  readonly rerouted: boolean;
  /** How often what its agent hands off was sent back to it. */
  readonly sentBack: number;
  /** What was tried before, when it comes from a recovery. */
  readonly recovering?: Recovering;
}

/** Where a task stands after one agent's work: with a result, or with somebody. */
export type Next =
  | {
      readonly kind: 'done';
      readonly output: Json;
      readonly by: string;
      /** What whoever gave it might do with the task; absent where nobody on it did. */
      readonly holds?: readonly string[];
    }
  | { readonly kind: 'task'; readonly task: Task };
/** The end of a task. */
export type Done = Extract<Next, { kind: 'done' }>;

/** Offers somebody a task: seals its envelope, tells of it, and gives the task as they begin it. */
export function openTask(
  run: Pick<Run, 'hiddenFacts' | 'origin' | 'owner' | 'record' | 'root'>,
  handoff: OutgoingHandoff,
  further?: Parameters<typeof beginTask>[4],
): Task {
  const envelope = sealEnvelope(run, handoff);
  recordHandoff(run, envelope, handoff.place);
  return beginTask(handoff.to, handoff.place, envelope, handoff.standing, further);
}

/** What a task is made of that is moved as it is: the same, from its beginning. */
export function moveAsIs(before: Envelope) {
  const { input, task, summary, instructions, memory } = before;
  return { input, task, summary, instructions, memory, before };
}

/** A task as its agent begins it. */
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
  // What it is granted it may use only once it has taken the task on.
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

/** What it is handed, and what it has seen of the memory when it had the task before. */
function joinMemory(
  { memory: handed = [] }: Envelope,
  own: RestingWork | undefined,
): KnownMemory | undefined {
  const known = withReferences(own?.memory ?? [], handed);
  return known.length === 0 ? undefined : { handed, known };
}

/** The receiver has taken over: what the sender was told itself waits for its return. */
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

/** The same task, gone on with where it stood. */
export function continueTask(task: Task, at: Suspension, entries: readonly Entry[]): Task {
  return { ...task, start: { ...at, entries } };
}
