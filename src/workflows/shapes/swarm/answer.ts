/** Processes one message of a user to its answer, by the agent in control or the agent that it hands off to. */
import { defined } from '../../../contracts/data/defined.js';
import type { TalkTurn } from '../../../contracts/wire/conversation.js';
import { BatonError } from '../../../contracts/errors.js';
import type { AnyParticipant } from '../../../contracts/definitions/participant.js';
import type { Budget } from '../../../contracts/handoff/budget.js';
import type { Run } from '../../runtime/run.js';
import { runTask } from '../../handoff/run-task.js';
import { createUnknownAgentError } from '../../task/contract-lookup.js';
import { createLimits } from '../../task/task-limits.js';
import { openTask, type Task } from '../../task/task.js';
import { settleFacts, toWorkStart, type ActiveWork } from './active-work.js';
import type { Conversation } from './conversation.js';

/** How long an agent's conversation continues before it restarts with the part that still fits. */
export interface Limits {
  readonly maxTokens: number;
  readonly maxMessages: number;
  readonly budget: Budget | undefined;
}

/** @throws errors that end the whole run; an error that affects only this message is its outcome. */
export async function answerMessage(
  run: Run,
  talk: Conversation,
  said: TalkTurn,
  limits: Limits,
): Promise<void> {
  const before = talk.held;
  run.origin.ask(said.text, said.by);
  // The place of the agent at work, so that the story shows which one failed.
  let at = run.scopes.path;
  try {
    const task = giveMessage(run, talk, said, limits);
    at = task.place;
    const { output, by } = await runTask(run, task, {
      accepted: (accepted) => {
        at = accepted.place;
        noteMove(run, talk, accepted);
      },
    });
    run.recordReturn(by, said.by ?? 'user', output, task.place);
    settleAnswer(run, talk, by, before, limits);
    talk.settle({ agent: by, answer: output });
  } catch (error) {
    if (!(error instanceof BatonError) || run.abortion !== undefined) throw error;
    // Its conversation may have ended in the middle: it continues from its last complete state.
    if (talk.held) talk.held = { ...talk.held, goesOn: false };
    run.note(`Turn ${said.turn} has no answer: ${error.message}`, error.code, at);
    // A person may have owned the task: the next message goes to the agent in control.
    run.moveOwnership(talk.active);
    talk.settle({ agent: talk.active, error });
  }
}

/** An agent that accepts a task has control from then on, and gets the next message. */
function noteMove(
  run: Pick<Run, 'hiddenFacts' | 'moveOwnership'>,
  talk: Conversation,
  { agent, envelope, standing }: Task,
): void {
  run.moveOwnership(agent.name);
  const { held } = talk;
  // A person answers once: control returns to the agent that asked them, and settled facts are kept.
  if (held !== undefined && (agent.kind === 'human' || agent.name === talk.active))
    talk.held = settleFacts(held, envelope);
  if (agent.kind === 'human' || agent.name === talk.active) return;
  talk.active = agent.name;
  talk.held = {
    agent: agent.name,
    envelope,
    goesOn: false,
    messages: 0,
    // Applies to all later messages, not only to the current one.
    holds: standing.permissions,
    ...defined({ hidden: run.hiddenFacts.of(envelope.id) }),
  };
}

function giveMessage(run: Run, talk: Conversation, { text, by, turn }: TalkTurn, limits: Limits): Task {
  const agent = findMember(run, talk.active);
  const { held } = talk;
  if (held?.hidden !== undefined) run.hiddenFacts.restore(held.envelope.id, held.hidden);
  const place = run.scopes.next(agent.name);
  const standing = createLimits(run, agent, place, {
    budget: limits.budget,
    holds: held?.holds,
    resting: { maxTokens: limits.maxTokens, works: talk.resting },
  });
  const task = openTask(run, {
    from: by ?? 'user',
    to: agent,
    control: 'delegate',
    routing: { by: 'code' },
    trigger: 'specialization',
    input: text,
    place,
    standing,
    before: held?.envelope,
    memory: held?.memory,
  });
  if (held === undefined) {
    talk.held = { agent: agent.name, envelope: task.envelope, goesOn: false, messages: 0 };
    return task;
  }
  const message = { kind: 'said', text, ...defined({ by }), turn } as const;
  return {
    ...task,
    start: toWorkStart(held, talk.resting.get(agent.name), message, { place, maxTokens: limits.maxTokens }),
  };
}

/** Stores where the agent's work stands, for the next message. */
function settleAnswer(
  run: Pick<Run, 'moveOwnership' | 'scopes' | 'timeline'>,
  talk: Conversation,
  by: string,
  before: ActiveWork | undefined,
  limits: Limits,
): void {
  run.moveOwnership(talk.active);
  const [work] = run.scopes.finished.of(by);
  const { held } = talk;
  if (held === undefined || by !== talk.active || work?.head === undefined) return;
  const went = before?.agent === by && before.goesOn;
  const messages = went ? before.messages + 1 : 1;
  const tokens = countLastTokens(run, by);
  talk.held = {
    ...settleFacts(held, work.envelope),
    head: work.head,
    goesOn: messages < limits.maxMessages && tokens < limits.maxTokens,
    messages,
    ...defined({ memory: work.memory }),
  };
}

/** The tokens of the latest request to the agent's model. */
function countLastTokens(run: Pick<Run, 'timeline'>, agent: string): number {
  const turn = run.timeline.findLast((event) => event.kind === 'turn' && event.agent === agent);
  return turn?.kind === 'turn' ? turn.inputTokens : 0;
}

function findMember(run: Pick<Run, 'team'>, name: string): AnyParticipant {
  const member = run.team?.agents.find((agent) => agent.name === name);
  if (member === undefined) throw createUnknownAgentError(run, name);
  return member;
}
