/**
 * A swarm: a conversation with a user, in which control moves between agents by the contracts of their team. The agent in
 * control gets the next message, for days. Each message is accepted at once and answered in order.
 */
import { defined } from '../../../contracts/data/defined.js';
import type { Said, TalkTicket, TalkView } from '../../../contracts/wire/conversation.js';
import { condition, defineQuery, defineSignal, defineUpdate, setHandler } from '@temporalio/workflow';
import { assertBudget, type Budget } from '../../../contracts/handoff/budget.js';
import { assertDuration, toMilliseconds, type Duration } from '../../../contracts/data/duration.js';
import { BatonError, createDefinitionError } from '../../../contracts/errors.js';
import { assertWhole } from '../../../contracts/data/whole-number.js';
import { END_TALK, readSaid, SAY, TALK } from '../../../contracts/wire/swarm.js';
import type { AnyParticipant } from '../../../contracts/definitions/participant.js';
import type { TeamDefinition } from '../../../contracts/definitions/team.js';
import type { Orchestration } from '../../orchestration/definition.js';
import { throwAsFailure } from '../../runtime/failures.js';
import type { Loop } from '../../orchestration/loop.js';
import { createLoopDefinition } from '../../orchestration/continue-as-new-loop.js';
import { define } from '../../orchestration/orchestration.js';
import { hearMessage, toSaid } from '../../runtime/hear.js';
import type { Run } from '../../runtime/run.js';
import { getRun } from '../../orchestration/verbs.js';
import { answerMessage, type Limits } from './answer.js';
import { Conversation, type ConversationState } from './conversation.js';
import { buildTurnPath } from '../../../contracts/data/step-path.js';

/** The options of a swarm. */
export interface SwarmOptions<Team extends TeamDefinition> {
  readonly name: string;
  /** Its contracts are the possible handoffs: each is a tool of the agent in control. */
  readonly team: Team;
  /** The agent that has control first. Takes text. */
  readonly entry: Entry;
  /** How long the conversation may be silent before it ends; default `7 days`. */
  readonly idle?: Duration;
  /** After how many messages the run continues in a new execution; default 500. */
  readonly turnsPerExecution?: number;
  /** When an agent's own conversation is shortened: the newest messages stay, a summary replaces the rest. */
  readonly context?: {
    /** Default 16,000. */
    readonly maxTokens?: number;
    /** Default 50. */
    readonly maxMessages?: number;
  };
  /** The budget of one message. */
  readonly perMessage?: Budget;
  /** The budget of the whole conversation. */
  readonly budget?: Budget;
}

type Entry = Extract<AnyParticipant, { readonly kind: 'agent' }>;

/** The optional input of a conversation: a first message. */
export interface SwarmInput {
  readonly say?: string;
  readonly by?: string;
}

/** How a conversation ended. */
export interface SwarmOutcome {
  readonly turns: number;
  /** The last agent in control. */
  readonly active: string;
  readonly ended: 'user' | 'idle';
}

const sayUpdate = defineUpdate<TalkTicket, [Said]>(SAY);
const saySignal = defineSignal<[Said]>(SAY);
const endSignal = defineSignal(END_TALK);
const talkQuery = defineQuery<TalkView>(TALK);

/** A server accepts 2,000 updates and 10,000 signals for an execution. */
const MESSAGES_PER_EXECUTION = 1_500;

/**
 * An orchestration that is a conversation. `say`, an update or a signal, sends a message; the query `talk` returns the
 * answers. Survives every restart: a message with a ticket is answered once, in order.
 *
 * @throws {BatonError} `BAD_DEFINITION` when the entry is not on the team or does not take text, or a limit is invalid.
 */
export function swarm<const Team extends TeamDefinition>(
  options: SwarmOptions<Team>,
): Orchestration<SwarmInput | null, SwarmOutcome> {
  const { name, team, entry, idle = '7 days', turnsPerExecution, context = {}, perMessage, budget } = options;
  assertEntry(name, team, entry);
  assertDuration(idle, `swarm ${name}, idle`);
  assertBudget(perMessage, `swarm ${name}, perMessage`);
  const { maxTokens = 16_000, maxMessages = 50 } = context;
  for (const [limit, value] of Object.entries({ maxTokens, maxMessages }))
    assertWhole(`swarm ${name}: context.${limit}`, value, { swarm: name });
  const limits: Limits = { maxTokens, maxMessages, budget: perMessage };
  const idleMs = toMilliseconds(idle) ?? 0;
  const declared = {
    name,
    team,
    ...defined({ budget, turnsPerExecution }),
  };
  const definition = createLoopDefinition(declared, (start, verbs, loop) => {
    const state = 'state' in start ? (start.state as unknown as ConversationState) : undefined;
    const talk = new Conversation(entry.name, state);
    if ('input' in start) sayFirst(talk, start.input as SwarmInput | null);
    return converse(getRun(verbs), talk, loop, { idleMs, limits });
  });
  return define({ ...definition, talks: true }) as Orchestration<SwarmInput | null, SwarmOutcome>;
}

function sayFirst(talk: Conversation, input: SwarmInput | null): void {
  const { say, by } = input ?? {};
  if (say !== undefined) talk.take(readSaid({ text: say, ...defined({ by }) }));
}

interface Terms {
  readonly idleMs: number;
  readonly limits: Limits;
}

async function converse(
  run: Run,
  talk: Conversation,
  loop: Loop,
  { idleMs, limits }: Terms,
): Promise<SwarmOutcome> {
  if (!loop.isWhole)
    throw createDefinitionError(
      'A swarm cannot be a part of another orchestration. Start it as its own run.',
    );
  listen(run, talk);
  run.moveOwnership(talk.active);
  for (;;) {
    const said = talk.next();
    if (said !== undefined) {
      loop.turn();
      const place = buildTurnPath(run.scopes.path, said.turn);
      await run.scopes.within(place, () => answerMessage(run, talk, said, limits));
    } else if (talk.ended || !(await condition(() => talk.next() !== undefined || talk.ended, idleMs))) {
      if (talk.next() !== undefined) continue;
      talk.over = true;
      const { turns, active } = talk.view();
      return { turns, active, ended: talk.ended ? 'user' : 'idle' };
    }
    if (loop.due() || talk.messages >= MESSAGES_PER_EXECUTION) return loop.goOn(() => talk.state() as never);
  }
}

/** Registered before anything is awaited; no handler waits. */
function listen(run: Run, talk: Conversation): void {
  run.requests.messages = {
    unanswered: () => talk.unanswered().map(toSaid),
    withdraw: run.team?.onMessage === 'withdraw',
  };
  const take = (wire: unknown): TalkTicket => {
    const said = readSaid(wire);
    const { turns } = talk.view();
    const ticket = talk.take(said);
    // Approvers of pending requests must see the message; a repeated one is already known.
    if (ticket.turn > turns) hearMessage(run, toSaid(said));
    return ticket;
  };
  setHandler(sayUpdate, (wire) => throwAsFailure(() => take(wire)), {
    validator: (wire) => throwAsFailure(() => talk.assertTakes(readSaid(wire))),
    description: 'Says something. The ticket says which turn it is; the query `talk` has the answer.',
  });
  setHandler(saySignal, (wire) => {
    try {
      take(wire);
    } catch (error) {
      if (!(error instanceof BatonError)) throw error;
      run.note(`A message sent by signal was not taken in: ${error.message}`, error.code);
    }
  });
  setHandler(endSignal, () => {
    talk.ended = true;
  });
  setHandler(talkQuery, () => talk.view(), {
    description: 'The conversation: who has control, and the last turns.',
  });
}

function assertEntry(name: string, team: TeamDefinition, entry: Entry): void {
  const members = team.agents.map((agent) => agent.name);
  if (!team.agents.some((agent) => agent.name === entry.name))
    throw createSwarmError(
      name,
      `its entry ${entry.name} is not on team ${team.name}, which has: ${members.join(', ')}`,
    );
  if (entry.input?.safeParse('text').success === false)
    throw createSwarmError(
      name,
      `its entry ${entry.name} has an input schema that takes no text: a user says text`,
    );
}

function createSwarmError(name: string, what: string): BatonError {
  return createDefinitionError(`swarm ${name}: ${what}.`, { swarm: name });
}
