/**
 * A run's story from its history, for when the worker is unavailable. It has the events of the run's own timeline, from
 * the same narrator, and those that no worker has processed yet. Pure: facts in, story out.
 */
import { z } from 'zod';
import { defined } from '../../contracts/data/defined.js';
import { Decision } from '../../contracts/requests/decision.js';
import { DecisionTicket } from '../../contracts/requests/decision-ticket.js';
import { isRequestSummary } from '../../contracts/requests/readable-request.js';
import type { RequestSummary } from '../../contracts/requests/approval.js';
import { isErrorCode } from '../../contracts/errors.js';
import type { Wire } from '../../contracts/data/wire-schema.js';
import { readTurn } from '../../contracts/data/step-path.js';
import { UsageCount } from '../../contracts/story/usage.js';
import type { ActiveStep, RunView } from '../../contracts/wire/run-view.js';
import { TimelineEvent, type Told } from '../../contracts/wire/timeline.js';
import { DECIDE, CHILD_AGENT } from '../../contracts/wire/wire.js';
import type { FailureFact, HistoryFact } from '../runs/history-facts.js';
import { listSeenFacts, type SeenFact } from './activations.js';
import {
  ChildAnswer,
  ChildTask,
  ModelAnswer,
  ModelCall,
  Summarized,
  ToolAnswer,
  ToolCall,
} from '../../contracts/story/told-shapes.js';
import { HistoryTimeline } from './history-timeline.js';

type FactOf<K extends HistoryFact['kind']> = Extract<HistoryFact, { kind: K }>;

interface OpenStep extends ActiveStep {
  /** Reports its outcome. */
  readonly complete: (at: string, result: unknown) => void;
}

/** Tells the story of one workflow's facts, oldest first. */
export function tellFacts(facts: readonly HistoryFact[]): ToldStory {
  const reader = new HistoryReader();
  for (const seen of listSeenFacts(facts)) reader.read(seen);
  return reader.story();
}

class HistoryReader {
  private readonly timeline = new HistoryTimeline();
  private readonly open = new Map<string, OpenStep>();
  private readonly updates = new Set<string>();
  private readonly children: string[] = [];
  private readonly usage = new UsageCount();
  private pending: readonly RequestSummary[] = [];
  private workflow = '';
  private owner = '';
  private team: string | undefined;
  private end: TimelineEvent | undefined;

  read({ fact, at, isNew }: SeenFact): void {
    if ('told' in fact) this.timeline.take(readTold(fact.told));
    switch (fact.kind) {
      case 'run-started':
        return this.started(fact, at);
      case 'activity-scheduled':
        this.open.set(fact.key, this.stepOf(fact));
        return;
      case 'child-scheduled':
        return this.childScheduled(fact);
      case 'activity-completed':
      case 'child-completed':
        return this.close(fact.key)?.complete(at, fact.result);
      case 'activity-failed':
      case 'child-failed':
        return this.failed(at, this.close(fact.key), isNew ? fact.failure : undefined);
      case 'attributes':
        this.owner = readFirstText(fact.values['BatonAgent']) ?? this.owner;
        this.team = readFirstText(fact.values['BatonTeam']) ?? this.team;
        return;
      case 'memo':
        if (fact.value !== undefined) this.pending = listPending(fact.value);
        return;
      case 'task-failed':
        return this.note(at, `The orchestration's code threw: ${fact.failure.message}`, 'ORCHESTRATION_HELD');
      case 'update-accepted':
        if (fact.name === DECIDE) this.updates.add(fact.key);
        return;
      case 'update-completed':
        if (this.updates.has(fact.key))
          this.decided(at, DecisionTicket.safeParse(fact.result).data as DecisionTicket | undefined);
        return;
      case 'signal':
        if (isNew && fact.name === DECIDE) this.queued(at, fact.input);
        return;
      case 'run-completed':
        return this.ended(at, 'completed');
      case 'run-failed':
        return this.ended(at, 'failed', fact.failure);
      default:
    }
  }

  story(): ToldStory {
    const timeline = this.timeline.events(this.end);
    for (const { kind } of timeline) if (kind === 'handoff') this.usage.handoff();
    return {
      workflow: this.workflow,
      owner: this.owner,
      ...defined({ team: this.team }),
      timeline,
      pending: [...this.pending],
      active: [...this.open.values()].map(({ path, agent, doing }) => ({ path, agent, doing })),
      ...this.usage.report(),
      children: this.children,
    };
  }

  private started({ workflow, continues }: FactOf<'run-started'>, at: string): void {
    this.workflow = workflow;
    this.owner = workflow;
    if (workflow === CHILD_AGENT) return;
    const before = continues === undefined ? {} : { continues };
    this.timeline.add({ kind: 'run-started', workflow, ...before }, at);
  }

  private stepOf({ activity, input, summary }: FactOf<'activity-scheduled'>): OpenStep {
    const call = ModelCall.safeParse(input).data as Wire<typeof ModelCall> | undefined;
    if (call) {
      const { path, turn } = readTurn(call.turnKey) ?? { path: call.turnKey };
      const complete = (at: string, result: unknown): void => this.answered(at, call, result);
      const doing = turn === undefined ? 'answers a question' : `turn ${turn}`;
      return { path, agent: call.agent, doing, complete };
    }
    const tool = ToolCall.safeParse(input).data as Wire<typeof ToolCall> | undefined;
    if (tool) {
      const complete = (at: string, given: unknown): void => {
        const result = ToolAnswer.safeParse(given).data as Wire<typeof ToolAnswer> | undefined;
        if (!result) return;
        this.usage.toolCall();
        this.timeline.add({ kind: 'tool-answered', call: tool, result }, at);
      };
      return { path: tool.step, agent: tool.agent, doing: tool.tool, complete };
    }
    const complete = (_at: string, result: unknown): void => {
      const made = activity === 'summarizeContext' ? Summarized.safeParse(result).data : undefined;
      if (made && made.usage.inputTokens > 0) this.usage.modelCall(made.model, made.usage, made.cost);
    };
    return { path: '', agent: this.owner, doing: summary ?? activity, complete };
  }

  private answered(at: string, call: Wire<typeof ModelCall>, result: unknown): void {
    const answer = ModelAnswer.safeParse(result).data as Wire<typeof ModelAnswer> | undefined;
    if (!answer) return;
    const { model, offline, usage, cost } = answer;
    if (!answer.unasked && answer.move.kind !== 'needs-summary')
      this.usage.modelCall(offline ? 'offline' : model, usage, cost);
    this.timeline.add({ kind: 'model-answered', call, answer }, at);
  }

  private childScheduled({ key, workflowId, input }: FactOf<'child-scheduled'>): void {
    this.children.push(workflowId);
    const task = ChildTask.safeParse(input).data;
    if (!task) return;
    const complete = (at: string, result: unknown): void => {
      const answer = ChildAnswer.safeParse(result).data as Wire<typeof ChildAnswer> | undefined;
      if (!answer) return;
      const { counts, models, costs } = answer;
      this.usage.add({ counts, models, ...(costs ? { costs } : {}) });
      this.timeline.add({ kind: 'child-answered', ...task, move: answer.result }, at);
    };
    this.open.set(key, { ...task, doing: `workflow ${workflowId}`, complete });
  }

  /** If the run has seen a failure, its reaction reports it. */
  private failed(at: string, step: OpenStep | undefined, failure: FailureFact | undefined): void {
    if (step && failure)
      this.note(at, `${step.agent}, ${step.doing}: ${failure.message}`, failure.code, step.path);
  }

  /** Any workflow can answer an update: without a ticket, nothing was decided. */
  private decided(at: string, ticket: DecisionTicket | undefined): void {
    if (ticket === undefined) return;
    // The run reports that itself, with its outcome.
    if (ticket.option === 'ask-back') return;
    this.timeline.add({ kind: 'decided', path: this.timeline.placeOf(ticket.request), ticket }, at);
  }

  /** Sent by signal, and not yet processed by a worker. */
  private queued(at: string, input: unknown): void {
    const decision = Decision.safeParse(input).data;
    if (!decision)
      return this.note(at, 'A decision sent by signal changed nothing: it does not have the shape of one.');
    const { option, by = 'someone unnamed', request } = decision;
    this.note(
      at,
      `"${option}" by ${by} for ${request} is queued, and counts when a worker takes the run up.`,
    );
  }

  private close(key: string): OpenStep | undefined {
    const step = this.open.get(key);
    this.open.delete(key);
    return step;
  }

  private ended(at: string, outcome: 'completed' | 'failed', failure?: FailureFact): void {
    this.open.clear();
    this.pending = [];
    const code = isErrorCode(failure?.code) ? { code: failure.code } : {};
    const message = failure ? { message: failure.message } : {};
    this.end = { at, path: '', kind: 'run-ended', outcome, ...code, ...message };
  }

  private note(at: string, text: string, code?: string, path = ''): void {
    this.timeline.note(at, path, { kind: 'note', text, ...(isErrorCode(code) ? { code } : {}) });
  }
}

const ToldShape = z.object({ n: z.int().min(0), event: TimelineEvent });

/** The run's own reports; unreadable ones are skipped. */
function readTold(value: unknown): Told[] {
  const all: unknown[] = Array.isArray(value) ? value : [];
  return all.flatMap((each) => (ToldShape.safeParse(each).data as Told | undefined) ?? []);
}

/** A search attribute is a list, even with one value. */
function readFirstText(value: unknown): string | undefined {
  const first: unknown = Array.isArray(value) ? value[0] : value;
  return typeof first === 'string' ? first : undefined;
}

function listPending(memo: unknown): RequestSummary[] {
  const { pending } = (memo ?? {}) as { readonly pending?: unknown };
  return Array.isArray(pending) ? pending.filter((each) => isRequestSummary(each)) : [];
}

interface ToldStory extends Pick<
  RunView,
  'owner' | 'team' | 'workflow' | 'pending' | 'active' | 'counts' | 'costs' | 'models'
> {
  readonly timeline: readonly TimelineEvent[];
  /** The workflows of child agents. */
  readonly children: readonly string[];
}
