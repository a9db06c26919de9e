/**
 * A run's story told from its history, for when no worker answers for it: the same events as the run's own timeline,
 * as far as the history holds them. Pure: facts in, story out.
 */
import type { ActiveStep } from '../../contracts/wire/run-view.js';
import { isErrorCode } from '../../contracts/errors.js';
import { preview } from '../../contracts/data/preview.js';
import type { TimelineEvent } from '../../contracts/wire/timeline.js';
import { Assignments } from './history-assignments.js';
import type { FailureFact, HistoryFact } from '../runs/history-facts.js';
import { HistoryRequests } from './history-requests.js';
import { HistoryRoutes } from './history-routes.js';
import {
  envelopeIn,
  firstText,
  ModelAnswer,
  ModelCall,
  moveInWords,
  SpecialistAnswer,
  SpecialistTask,
  ToolAnswer,
  ToolCall,
  type MoveShape,
} from './history-shapes.js';
import type { Recorder } from './recorder.js';
import { Tally } from './tally.js';
import type { ToldStory } from './told-story.js';

type FactOf<K extends HistoryFact['kind']> = Extract<HistoryFact, { kind: K }>;

interface OpenStep extends ActiveStep {
  /** Tells what came of it. */
  readonly complete: (at: string, result: unknown) => void;
}

/** Tells the story of one workflow's facts, oldest first. */
export function storyOfFacts(facts: readonly HistoryFact[]): ToldStory {
  const teller = new Teller();
  for (const fact of facts) teller.tell(fact);
  return teller.story();
}

class Teller {
  private readonly timeline: TimelineEvent[] = [];
  private readonly record: Recorder = (at, path, event) => {
    const { recovery, clarifications } = this.assignments;
    if (event.kind === 'asked') recovery.askedPerson(at, path, event.askedBy, event.question);
    this.timeline.push({ at, path, ...event } as TimelineEvent);
    if (event.kind !== 'decided') return;
    this.routes.decided(at, path, event);
    recovery.decided(at, path, event.option, event.by);
    clarifications.person(at, path, event.by, event.answer);
  };
  private readonly routes = new HistoryRoutes(this.record);
  private readonly requests = new HistoryRequests(this.record);
  private readonly assignments = new Assignments(this.record);
  private readonly open = new Map<string, OpenStep>();
  private readonly children: string[] = [];
  private readonly tally = new Tally();
  private workflow = '';
  private owner = '';
  private team: string | undefined;

  tell(fact: HistoryFact): void {
    this.routes.tell(fact);
    switch (fact.kind) {
      case 'run-started': {
        const { at, input: _input, ...started } = fact;
        this.workflow = started.workflow;
        this.owner = started.workflow;
        return this.record(at, '', started);
      }
      case 'activity-scheduled':
        return this.scheduled(fact);
      case 'child-scheduled':
        return this.specialist(fact);
      case 'activity-completed':
      case 'child-completed':
        return this.close(fact.key)?.complete(fact.at, fact.result);
      case 'activity-failed':
      case 'child-failed':
        return this.failed(fact.at, fact.key, fact.failure);
      case 'attributes':
        return this.attributes(fact.values);
      case 'memo':
        return this.requests.memo(fact.at, fact.value);
      case 'task-failed':
        return this.held(fact);
      case 'run-completed':
        return this.ended(fact.at, 'completed');
      case 'run-failed':
        return this.ended(fact.at, 'failed', fact.failure);
      default:
        return this.requests.tell(fact);
    }
  }

  story(): ToldStory {
    this.requests.tellQueued();
    return {
      workflow: this.workflow,
      owner: this.owner,
      ...(this.team === undefined ? {} : { team: this.team }),
      timeline: this.timeline,
      pending: this.requests.pending(),
      active: [...this.open.values()].map(({ path, agent, doing }) => ({ path, agent, doing })),
      ...this.tally.told(this.assignments.handoffs),
      children: this.children,
    };
  }

  private scheduled({ at, key, activity, input, summary }: FactOf<'activity-scheduled'>): void {
    const model = ModelCall.safeParse(input).data;
    if (model) {
      const { agent, turnKey, entries, questions } = model;
      if (questions !== undefined) return this.asksBack(key, model);
      const path = turnKey.replace(/\/turn-\d+$/, '');
      const turn = Number(/\d+$/.exec(turnKey)?.[0] ?? 1);
      const envelope = envelopeIn(entries);
      if (envelope) this.assignments.begin(at, path, envelope, this.owner);
      else this.assignments.goesOn(at, agent, entries);
      const complete = (end: string, result: unknown): void => this.turn(end, { agent, path, turn }, result);
      this.open.set(key, { path, agent, doing: `turn ${turn}`, complete });
      return;
    }
    const tool = ToolCall.safeParse(input).data;
    if (tool) {
      const complete = (end: string, result: unknown): void => this.tool(end, tool, result);
      this.open.set(key, { path: tool.step, agent: tool.agent, doing: tool.tool, complete });
      return;
    }
    const complete = (_end: string, result: unknown): void => {
      if (activity === 'summarizeContext') this.tally.addSummary(result);
    };
    this.open.set(key, { path: '', agent: this.owner, doing: summary ?? activity, complete });
  }

  private held({ at, failure }: FactOf<'task-failed'>): void {
    this.note(at, `The orchestration's code threw: ${failure.message}`, 'ORCHESTRATION_HELD');
  }

  private specialist({ at, key, workflowId, input }: FactOf<'child-scheduled'>): void {
    this.children.push(workflowId);
    const task = SpecialistTask.safeParse(input).data;
    if (!task) return;
    const { agent, path, start } = task;
    const envelope = envelopeIn(start.entries);
    if (envelope) this.assignments.begin(at, path, envelope, this.owner);
    const complete = (end: string, result: unknown): void => {
      const answer = SpecialistAnswer.safeParse(result).data;
      if (!answer) return;
      this.tally.add(answer.counts, answer.models, answer.costs);
      this.moved(end, agent, path, answer.result, answer.acknowledged);
    };
    this.open.set(key, { path, agent, doing: `workflow ${workflowId}`, complete });
  }

  private turn(at: string, step: { agent: string; path: string; turn: number }, result: unknown): void {
    const answer = ModelAnswer.safeParse(result).data;
    if (!answer) return;
    const { agent, path, turn } = step;
    const { move, usage, model, cost, manifest } = answer;
    if (move.kind === 'needs-summary') return;
    if (answer.unasked) return this.moved(at, agent, path, move);
    this.count(answer);
    if (manifest) this.record(at, path, { kind: 'context', handoff: manifest.id, agent, manifest });
    const used = { ...usage, ...(cost ? { cost } : {}) };
    this.record(at, path, { kind: 'turn', agent, turn, model, move: moveInWords(move), ...used });
    if (move.kind === 'repair') {
      this.record(at, path, { kind: 'repair', agent, turn, problem: preview(move.problem, 300) });
    }
    this.moved(at, agent, path, move, answer.acknowledged);
  }

  /** A sender was asked before its receiver took the task on. */
  private asksBack(key: string, { agent, turnKey }: { agent: string; turnKey: string }): void {
    const path = turnKey.replace(/\/(clarify|ask-back)-\d+$/, '');
    const decides = /\/ask-back-\d+(\/|$)/.test(turnKey);
    const complete = (end: string, result: unknown): void => {
      const answer = ModelAnswer.safeParse(result).data;
      if (!answer) return;
      this.count(answer);
      if (!decides) this.assignments.clarifications.sender(end, path, agent, answer.move.output);
    };
    this.open.set(key, {
      path,
      agent,
      doing: decides ? 'answers who is to decide' : 'answers the receiver',
      complete,
    });
  }

  private count({ usage, model, offline, cost }: ModelAnswer): void {
    this.tally.add({ modelCalls: 1, ...usage }, [offline ? 'offline' : model], cost ? [cost] : []);
  }

  private moved(
    at: string,
    agent: string,
    path: string,
    move: MoveShape,
    acknowledged?: readonly string[],
  ): void {
    this.assignments.answered(at, path, { agent, move, acknowledged }, this.owner);
    if (move.kind === 'finish') this.assignments.finish(at, path, agent, preview(move.output));
  }

  private tool(
    at: string,
    { step, agent, tool }: { step: string; agent: string; tool: string },
    result: unknown,
  ): void {
    const answer = ToolAnswer.safeParse(result).data;
    if (!answer) return;
    this.tally.add({ toolCalls: 1 });
    const said = answer.preview ?? answer.message ?? answer.begunAt ?? '';
    const path = step.replace(/\/again-\d+$/, '');
    this.record(at, path, { kind: 'tool', agent, tool, outcome: answer.kind, preview: said });
  }

  private failed(at: string, key: string, failure: FailureFact): void {
    const step = this.close(key);
    if (step) this.note(at, `${step.agent}, ${step.doing}: ${failure.message}`, failure.code, step.path);
  }

  private close(key: string): OpenStep | undefined {
    const step = this.open.get(key);
    this.open.delete(key);
    return step;
  }

  private attributes(values: Readonly<Record<string, unknown>>): void {
    this.owner = firstText(values['BatonAgent']) ?? this.owner;
    this.team = firstText(values['BatonTeam']) ?? this.team;
  }

  private ended(at: string, outcome: 'completed' | 'failed', failure?: FailureFact): void {
    this.open.clear();
    this.requests.close();
    const code = isErrorCode(failure?.code) ? { code: failure.code } : {};
    const message = failure ? { message: failure.message } : {};
    this.record(at, '', { kind: 'run-ended', outcome, ...code, ...message });
  }

  private note(at: string, text: string, code?: string, path = ''): void {
    this.record(at, path, { kind: 'note', text, ...(isErrorCode(code) ? { code } : {}) });
  }
}
