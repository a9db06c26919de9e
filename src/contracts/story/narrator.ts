/**
 * Turns the facts of a run into the events of its timeline. The run feeds it inputs and actions; a reader of a history
 * feeds it the recorded events. So there is only one narrator, and it reads data, never sentences.
 */
import { defined } from '../data/defined.js';
import { getOptionRow } from '../requests/decision-options.js';
import type { DecisionTicket } from '../requests/decision-ticket.js';
import { clip } from '../data/preview.js';
import { toParentPath, readRepeat, readTurn } from '../data/step-path.js';
import type { TimelineEvent } from '../wire/timeline.js';
import type { Wire } from '../data/wire-schema.js';
import type { ModelAnswer, ModelCall, Move, ToolAnswer, ToolCall } from './told-shapes.js';

/** An event before its time and place are known. */
export type NewEvent = TimelineEvent extends infer E
  ? E extends TimelineEvent
    ? Omit<E, 'at' | 'path'>
    : never
  : never;

type ToldMove = Wire<typeof Move>;
type ToldCall = Wire<typeof ToolCall>;
type ToldResult = Wire<typeof ToolAnswer>;

/** A fact from a history, or an event that the run reports. */
export type Fact =
  | { readonly kind: 'run-started'; readonly workflow: string; readonly continues?: string }
  | {
      readonly kind: 'model-answered';
      readonly call: Wire<typeof ModelCall>;
      readonly answer: Omit<Wire<typeof ModelAnswer>, 'offline'>;
    }
  | { readonly kind: 'tool-answered'; readonly call: ToldCall; readonly result: ToldResult }
  | {
      readonly kind: 'child-answered';
      readonly path: string;
      readonly agent: string;
      readonly move: ToldMove;
    }
  /** A decision by update, whose ticket is in the history. */
  | { readonly kind: 'decided'; readonly path: string; readonly ticket: DecisionTicket }
  /** An event that the run reports because no result implies it. */
  | { readonly kind: 'told'; readonly path: string; readonly event: NewEvent };

type Returned = Extract<TimelineEvent, { kind: 'returned' }>;

/** The step that first assigned the task, which gets its result. */
interface Giver {
  readonly to: string;
  readonly place: string;
}

export class Narrator {
  /** By the path of the participant that works on a task which returns its result. */
  private readonly givers = new Map<string, Giver>();
  /** Results that have arrived, by the place of their task, oldest first. */
  private readonly results = new Map<string, Returned>();

  /** The events that a fact adds to the timeline. */
  tell(fact: Fact, at: string): TimelineEvent[] {
    const place = (path: string, event: NewEvent) => ({ at, path, ...event }) as TimelineEvent;
    switch (fact.kind) {
      case 'run-started':
        return [place('', fact)];
      case 'model-answered':
        return this.tellAnswer(fact, at, place);
      case 'tool-answered': {
        const event = toToolEvent(fact.call, fact.result);
        return [place(readRepeat(fact.call.step).path, event)];
      }
      case 'child-answered':
        this.noteResult(fact, at);
        return [];
      case 'decided':
        return [place(fact.path, toDecisionEvent(fact.ticket))];
      case 'told':
        this.noteGiver(fact.path, fact.event);
        return [place(fact.path, fact.event)];
    }
  }

  /** Notes that the run has reported the return of a task's result. */
  noteReturn(place: string): void {
    this.results.delete(place);
  }

  /** Results whose return was not reported; the results alone imply it. */
  unreturned(): Returned[] {
    return [...this.results.values()];
  }

  private tellAnswer(
    { call, answer }: Extract<Fact, { kind: 'model-answered' }>,
    at: string,
    place: (path: string, event: NewEvent) => TimelineEvent,
  ): TimelineEvent[] {
    const found = readTurn(call.turnKey);
    const { move, manifest, model, usage, cost } = answer;
    // A side question is not a turn of the task, and neither is an answer that needs a summary first.
    if (found === undefined || call.questions !== undefined || move.kind === 'needs-summary') return [];
    const { path, turn } = found;
    const { agent } = call;
    const events: NewEvent[] = [];
    if (!answer.unasked) {
      if (manifest) events.push({ kind: 'context', handoff: manifest.id, agent, manifest });
      const { inputTokens, outputTokens } = usage;
      const used = { inputTokens, outputTokens, ...(cost ? { cost } : {}) };
      const did = { did: move.kind, ...(move.kind === 'finish' ? { result: move.preview ?? '' } : {}) };
      events.push({ kind: 'turn', agent, turn, model, move: describeMove(move), ...did, ...used });
    }
    if (move.kind === 'repair')
      events.push({ kind: 'repair', agent, turn, problem: clip(move.problem, 300) });
    this.noteResult({ path, agent, move }, at);
    return events.map((event) => place(path, event));
  }

  private noteGiver(path: string, event: NewEvent): void {
    if (event.kind === 'delegated') this.givers.set(path, { to: event.from, place: path });
    if (event.kind !== 'handoff') return;
    const giver = this.givers.get(toParentPath(path));
    if (giver) this.givers.set(path, giver);
  }

  private noteResult(
    { path, agent, move }: { readonly path: string; readonly agent: string; readonly move: ToldMove },
    at: string,
  ): void {
    const giver = this.givers.get(path);
    if (giver === undefined || move.kind !== 'finish') return;
    const { to, place } = giver;
    this.results.set(place, {
      at,
      path: place,
      kind: 'returned',
      from: agent,
      to,
      preview: clip(move.output),
    });
  }
}

function toToolEvent({ agent, tool, confidence }: ToldCall, result: ToldResult): NewEvent {
  const { kind, preview: shown, message, begunAt } = result;
  const outcome = kind === 'done' || kind === 'failed' || kind === 'unknown-outcome' ? kind : 'refused';
  const sure = confidence === undefined ? {} : { confidence };
  return {
    kind: 'tool',
    agent,
    tool,
    ...sure,
    outcome,
    preview: clip(shown ?? message ?? begunAt, 160),
  };
}

/** The effect of a decision on its request. A claim settles nothing, and neither does one vote of several. */
export function toDecisionEvent(ticket: DecisionTicket): NewEvent {
  if (getOptionRow(ticket.option).effect === 'claim') return { kind: 'claimed', ...ticket };
  const { request, revision, digest, by, via, reason, votes } = ticket;
  if (revision === undefined) {
    const waits = votes !== undefined && votes.have < votes.need;
    return { kind: waits ? 'voted' : 'decided', ...ticket };
  }
  return {
    kind: 'edited',
    request,
    revision,
    ...defined({ digest }),
    by,
    via,
    ...defined({ reason }),
  };
}

function describeMove(move: ToldMove): string {
  switch (move.kind) {
    case 'finish':
      return `finished: ${move.preview ?? ''}`;
    case 'handoff':
      return `hands off to ${move.to ?? ''}`;
    case 'fan-out':
      return `hands off to ${(move.handoffs ?? []).map(({ to }) => to).join(', ')} at the same time`;
    case 'acknowledged':
      return 'accepts the task';
    case 'clarify':
      return `asks first: ${clip((move.questions ?? []).join(' '), 80)}`;
    case 'decline':
      return `declines: ${clip(move.reason, 80)}`;
    case 'misrouted':
      return `says ${move.to ?? ''} should have it: ${clip(move.reason, 80)}`;
    case 'tools': {
      const calls = (move.calls ?? []).map(({ tool, preview: shown }) => `${tool}(${clip(shown, 60)})`);
      return `calls ${calls.join(', ') || 'nothing that may be carried out'}`;
    }
    default:
      return `unusable: ${clip(move.problem, 80)}`;
  }
}
