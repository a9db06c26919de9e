/** One message of a user, carried through to its answer: by the agent who has control, or whom it hands over to. */
import { BatonError } from '../../../contracts/errors.js';
import type { TalkTurn } from '../../../contracts/wire/swarm.js';
import type { AnyParty } from '../../../contracts/definitions/participant.js';
import type { Budget } from '../../../contracts/handoff/budget.js';
import type { Run } from '../../runtime/run.js';
import { carryThrough } from '../../handoff/run-task.js';
import { recordTransfer, seal } from '../../task/envelope.js';
import { unknownAgent } from '../../task/contract-lookup.js';
import { standingOf } from '../../task/task-limits.js';
import { begun, type Task } from '../../task/task.js';
import { startOf, type Held } from './active-work.js';
import type { Talk } from './conversation.js';

/** How long an agent's conversation goes on before it begins anew with what of it still fits. */
export interface Limits {
  readonly maxTokens: number;
  readonly maxMessages: number;
  readonly budget: Budget | undefined;
}

/** @throws what ends the whole run; what fails for this message only is its outcome. */
export async function answered(run: Run, talk: Talk, said: TalkTurn, limits: Limits): Promise<void> {
  const before = talk.held;
  // Where who is at it works, so that the story shows who has failed.
  let at = run.scopes.path;
  try {
    const task = given(run, talk, said, limits);
    at = task.place;
    const { output, by } = await carryThrough(run, task, {
      accepted: (accepted) => {
        at = accepted.place;
        moved(run, talk, accepted);
      },
    });
    run.recordReturn(by, said.by ?? 'user', output, task.place);
    settled(run, talk, by, before, limits);
    talk.settle({ agent: by, answer: output });
  } catch (error) {
    if (!(error instanceof BatonError) || run.abortion !== undefined) throw error;
    // Its conversation may have ended in the middle: it goes on from where it was last whole.
    if (talk.held) talk.held = { ...talk.held, goesOn: false };
    run.note(`Turn ${said.turn} has no answer: ${error.message}`, error.code, at);
    // A person may have had the task: what is said next goes to whoever has control.
    run.moveOwnership(talk.active);
    talk.settle({ agent: talk.active, error });
  }
}

/** Whoever takes a task on has control from then on, and gets what is said next. */
function moved(run: Run, talk: Talk, { agent, envelope, standing }: Task): void {
  run.moveOwnership(agent.name);
  // A person answers once: control is again with whoever asked them.
  if (agent.kind === 'human' || agent.name === talk.active) return;
  talk.active = agent.name;
  talk.held = {
    agent: agent.name,
    envelope,
    goesOn: false,
    messages: 0,
    // In every message from now on, not just in the one with which it came.
    holds: standing.permissions,
  };
}

function given(run: Run, talk: Talk, { text, by, turn }: TalkTurn, limits: Limits): Task {
  const agent = memberOf(run, talk.active);
  const place = run.scopes.next(agent.name);
  const standing = standingOf(run, agent, place, { budget: limits.budget, holds: talk.held?.holds });
  const envelope = seal(run, {
    from: by ?? 'user',
    to: agent,
    control: 'delegate',
    routing: { by: 'code' },
    trigger: 'specialization',
    input: text,
    place,
    standing,
    memory: talk.held?.memory,
  });
  recordTransfer(run, envelope, place);
  const task = begun(agent, place, envelope, standing);
  const { held } = talk;
  if (held === undefined) {
    talk.held = { agent: agent.name, envelope, goesOn: false, messages: 0 };
    return task;
  }
  const message = { kind: 'said', text, ...(by === undefined ? {} : { by }), turn } as const;
  return { ...task, start: startOf(held, message, place, limits.maxTokens) };
}

/** Where the work of whoever answered stands: the next message finds it there. */
function settled(run: Run, talk: Talk, by: string, before: Held | undefined, limits: Limits): void {
  run.moveOwnership(talk.active);
  const [work] = run.scopes.finished.of(by);
  const { held } = talk;
  if (held === undefined || by !== talk.active || work?.head === undefined) return;
  const went = before?.agent === by && before.goesOn;
  const messages = went ? before.messages + 1 : 1;
  const tokens = lastTokens(run, by);
  talk.held = {
    ...held,
    head: work.head,
    goesOn: messages < limits.maxMessages && tokens < limits.maxTokens,
    messages,
    ...(work.memory === undefined ? {} : { memory: work.memory }),
  };
}

/** What the agent's model was last sent. */
function lastTokens(run: Run, agent: string): number {
  const turn = run.timeline.findLast((event) => event.kind === 'turn' && event.agent === agent);
  return turn?.kind === 'turn' ? turn.inputTokens : 0;
}

function memberOf(run: Run, name: string): AnyParty {
  const member = run.team?.agents.find((agent) => agent.name === name);
  if (member === undefined) throw unknownAgent(run, name);
  return member;
}
