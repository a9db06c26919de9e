/**
 * A run's story told from its history, for when no worker answers for it: the same events as the run's own timeline,
 * as far as the history holds them. Pure: facts in, story out.
 */
import { z } from 'zod';
import { Decision, type DecisionTicket, type RequestSummary } from '../contracts/approval.js';
import { isErrorCode } from '../contracts/errors.js';
import type { Json } from '../contracts/json.js';
import { preview } from '../contracts/schema.js';
import type { ActiveStep, RunView, TimelineEvent } from '../contracts/timeline.js';
import { DECIDE, type RunMemo } from '../contracts/wire.js';
import type { FailureFact, HistoryFact } from './history-facts.js';

export interface HistoryStory {
  readonly workflow: string;
  readonly owner: string;
  readonly team?: string;
  readonly timeline: readonly TimelineEvent[];
  readonly pending: readonly RequestSummary[];
  readonly active: readonly ActiveStep[];
  readonly counts: RunView['counts'];
  readonly models: readonly string[];
  /** The workflows of specialists that have one of their own. */
  readonly children: readonly string[];
}

const ModelCall = z.object({
  turnKey: z.string(),
  agent: z.string(),
  entries: z.array(
    z.object({ kind: z.string(), input: z.unknown().optional(), handedOverBy: z.string().optional() }),
  ),
});
const ModelAnswer = z.object({
  move: z.object({
    kind: z.string(),
    preview: z.string().optional(),
    to: z.string().optional(),
    contract: z.string().optional(),
    payload: z.unknown().optional(),
    problem: z.string().optional(),
    output: z.unknown().optional(),
    calls: z.array(z.object({ tool: z.string(), preview: z.string() })).optional(),
  }),
  usage: z.object({ inputTokens: z.number(), outputTokens: z.number() }),
  model: z.string(),
  offline: z.boolean(),
});
type ModelAnswer = z.infer<typeof ModelAnswer>;
const ToolCall = z.object({ step: z.string(), tool: z.string(), agent: z.string() });
const ToolAnswer = z.object({
  kind: z.enum(['done', 'failed', 'unknown-outcome']),
  preview: z.string().optional(),
  message: z.string().optional(),
  begunAt: z.string().optional(),
});
const Specialist = z.object({
  agent: z.string(),
  path: z.string(),
  input: z.unknown(),
  handedOverBy: z.string().optional(),
});
const SpecialistAnswer = z.object({
  result: ModelAnswer.shape.move,
  counts: z.object({
    modelCalls: z.number(),
    toolCalls: z.number(),
    handoffs: z.number(),
    inputTokens: z.number(),
    outputTokens: z.number(),
  }),
  models: z.array(z.string()),
});

interface OpenStep extends ActiveStep {
  readonly call:
    | { readonly kind: 'model'; readonly turn: number }
    | { readonly kind: 'tool'; readonly tool: string }
    | { readonly kind: 'child' }
    | { readonly kind: 'other' };
}

type NewEvent = TimelineEvent extends infer E
  ? E extends TimelineEvent
    ? Omit<E, 'at' | 'path'>
    : never
  : never;

/** Tells the story of one workflow's facts, oldest first. */
export function storyOfFacts(facts: readonly HistoryFact[]): HistoryStory {
  const teller = new Teller();
  for (const fact of facts) teller.tell(fact);
  return teller.story();
}

class Teller {
  private readonly timeline: TimelineEvent[] = [];
  private readonly open = new Map<string, OpenStep>();
  private readonly updates = new Set<string>();
  /** Requests that have been asked, and those of them that still wait. */
  private readonly asked = new Map<string, RequestSummary>();
  private waiting: readonly RequestSummary[] = [];
  private readonly settled = new Set<string>();
  /** Decisions sent by signal that no worker has taken up yet. */
  private readonly queued = new Map<string, { at: string; decision: Decision }>();
  /** Who gave an assignment: where it began, and by whom control comes back. */
  private readonly assignments = new Map<string, { readonly from: string; readonly returns: boolean }>();
  private readonly handovers = new Map<string, { readonly contract: string }>();
  private readonly children: string[] = [];
  private readonly models = new Set<string>();
  private counts = { modelCalls: 0, toolCalls: 0, handoffs: 0, inputTokens: 0, outputTokens: 0 };
  private workflow = '';
  private owner = '';
  private team: string | undefined;

  tell(fact: HistoryFact): void {
    switch (fact.kind) {
      case 'run-started':
        this.workflow = fact.workflow;
        this.owner = fact.workflow;
        return this.record(fact.at, '', { kind: 'run-started', workflow: fact.workflow });
      case 'activity-scheduled':
        return this.scheduled(fact);
      case 'activity-completed':
      case 'child-completed':
        return this.completed(fact.at, fact.key, fact.result);
      case 'activity-failed':
      case 'child-failed':
        return this.failed(fact.at, fact.key, fact.failure);
      case 'child-scheduled':
        return this.specialist(fact);
      case 'attributes':
        return this.attributes(fact.values);
      case 'memo':
        return this.memo(fact.at, fact.value);
      case 'task-failed':
        return this.note(
          fact.at,
          `The orchestration's code threw: ${fact.failure.message}`,
          'ORCHESTRATION_HELD',
        );
      case 'run-completed':
        return this.ended(fact.at, 'completed');
      case 'run-failed':
        return this.ended(fact.at, 'failed', fact.failure);
      default:
        return this.decision(fact);
    }
  }

  story(): HistoryStory {
    for (const { at, decision } of this.queued.values()) {
      this.note(
        at,
        `A decision is queued and counts when a worker takes the run up: ${decision.option} by ${decision.by ?? 'someone unnamed'} for ${decision.request}.`,
      );
    }
    return {
      workflow: this.workflow,
      owner: this.owner,
      ...(this.team === undefined ? {} : { team: this.team }),
      timeline: this.timeline,
      pending: this.waiting.filter(({ id }) => !this.settled.has(id)),
      active: [...this.open.values()].map(({ path, agent, doing }) => ({ path, agent, doing })),
      counts: this.counts,
      models: [...this.models].toSorted(),
      children: this.children,
    };
  }

  private scheduled(fact: Extract<HistoryFact, { kind: 'activity-scheduled' }>): void {
    const { at, key, input, summary } = fact;
    const model = ModelCall.safeParse(input).data;
    if (model) {
      const path = model.turnKey.replace(/\/turn-\d+$/, '');
      const turn = Number(/\d+$/.exec(model.turnKey)?.[0] ?? 1);
      const task = model.entries.find((entry) => entry.kind === 'task');
      if (task) this.assigned(at, path, model.agent, task);
      this.open.set(key, { path, agent: model.agent, doing: `turn ${turn}`, call: { kind: 'model', turn } });
      return;
    }
    const tool = ToolCall.safeParse(input).data;
    this.open.set(
      key,
      tool
        ? { path: tool.step, agent: tool.agent, doing: tool.tool, call: { kind: 'tool', tool: tool.tool } }
        : { path: '', agent: this.owner, doing: summary ?? fact.activity, call: { kind: 'other' } },
    );
  }

  private specialist(fact: Extract<HistoryFact, { kind: 'child-scheduled' }>): void {
    this.children.push(fact.workflowId);
    const input = Specialist.safeParse(fact.input).data;
    if (!input) return;
    this.assigned(fact.at, input.path, input.agent, input);
    this.open.set(fact.key, {
      path: input.path,
      agent: input.agent,
      doing: `workflow ${fact.workflowId}`,
      call: { kind: 'child' },
    });
  }

  private assigned(
    at: string,
    path: string,
    to: string,
    task: { readonly input?: unknown; readonly handedOverBy?: string | undefined },
  ): void {
    const shown = preview(task.input as Json);
    if (task.handedOverBy === undefined) {
      this.assignments.set(path, { from: this.owner, returns: true });
      const trigger = /(^|\/)parallel-\d+\/\d+\//.test(`${path}/`) ? 'parallelization' : 'specialization';
      return this.record(at, path, { kind: 'delegated', from: this.owner, to, trigger, preview: shown });
    }
    const from = task.handedOverBy;
    const handover = this.handovers.get(from);
    const before = this.assignmentAbove(path);
    this.assignments.set(path, {
      from: before?.from ?? from,
      returns: handover !== undefined && (before?.returns ?? false),
    });
    this.counts.handoffs += 1;
    this.record(at, path, {
      kind: 'handoff',
      from,
      to,
      trigger: 'specialization',
      by: handover ? 'agent' : 'code',
      ...(handover ? { contract: handover.contract } : {}),
      preview: shown,
    });
  }

  private assignmentAbove(path: string): { readonly from: string; readonly returns: boolean } | undefined {
    const parent = path.slice(0, Math.max(0, path.lastIndexOf('/')));
    return parent === '' ? undefined : (this.assignments.get(parent) ?? this.assignmentAbove(parent));
  }

  private completed(at: string, key: string, result: unknown): void {
    const step = this.open.get(key);
    this.open.delete(key);
    if (step?.call.kind === 'model') {
      const answer = ModelAnswer.safeParse(result).data;
      if (answer) this.turn(at, step, step.call.turn, answer);
    } else if (step?.call.kind === 'tool') {
      const answer = ToolAnswer.safeParse(result).data;
      if (!answer) return;
      this.counts.toolCalls += 1;
      const said = answer.preview ?? answer.message ?? answer.begunAt ?? '';
      const path = step.path.replace(/\/again-\d+$/, '');
      this.record(at, path, {
        kind: 'tool',
        agent: step.agent,
        tool: step.call.tool,
        outcome: answer.kind,
        preview: said,
      });
    } else if (step?.call.kind === 'child') {
      const answer = SpecialistAnswer.safeParse(result).data;
      if (!answer) return;
      this.add(answer.counts, answer.models);
      this.moved(at, step, answer.result);
    }
  }

  private turn(at: string, step: OpenStep, turn: number, { move, usage, model, offline }: ModelAnswer): void {
    this.add({ modelCalls: 1, toolCalls: 0, handoffs: 0, ...usage }, [offline ? 'offline' : model]);
    const { agent, path } = step;
    this.record(at, path, { kind: 'turn', agent, turn, model, move: describeMove(move), ...usage });
    if (move.kind === 'repair')
      this.record(at, path, { kind: 'repair', agent, turn, problem: preview(move.problem, 300) });
    this.moved(at, step, move);
  }

  private moved(at: string, { agent, path }: OpenStep, move: ModelAnswer['move']): void {
    if (move.kind === 'handoff') this.handovers.set(agent, { contract: move.contract ?? '' });
    const assignment = this.assignments.get(path);
    if (move.kind !== 'finish' || !assignment?.returns) return;
    this.record(at, this.top(path), {
      kind: 'returned',
      from: agent,
      to: assignment.from,
      preview: preview(move.output as Json),
    });
  }

  /** Where the delegation began that a chain of handoffs ends. */
  private top(path: string): string {
    const parent = path.slice(0, Math.max(0, path.lastIndexOf('/')));
    return this.assignments.has(parent) ? this.top(parent) : path;
  }

  private failed(at: string, key: string, failure: FailureFact): void {
    const step = this.open.get(key);
    this.open.delete(key);
    if (!step) return;
    this.note(at, `${step.agent}, ${step.doing}: ${failure.message}`, failure.code, step.path);
  }

  private attributes(values: Readonly<Record<string, unknown>>): void {
    const read = (name: string): string | undefined => {
      const value = values[name];
      const first: unknown = Array.isArray(value) ? value[0] : value;
      return typeof first === 'string' ? first : undefined;
    };
    this.owner = read('BatonAgent') ?? this.owner;
    this.team = read('BatonTeam') ?? this.team;
  }

  private memo(at: string, value: unknown): void {
    const { pending = [] } = (value ?? {}) as Partial<RunMemo>;
    for (const request of pending) {
      if (this.asked.has(request.id)) continue;
      this.asked.set(request.id, request);
      const { id, question, askedBy, deadline, path } = request;
      this.record(request.askedAt, path, {
        kind: 'asked',
        request: id,
        question,
        askedBy,
        ...(deadline ? { deadline } : {}),
      });
    }
    for (const request of this.waiting) {
      const gone = !pending.some(({ id }) => id === request.id) && !this.settled.has(request.id);
      if (!gone) continue;
      this.settled.add(request.id);
      if (request.deadline && request.deadline <= at)
        this.record(at, request.path, { kind: 'expired', request: request.id });
    }
    this.waiting = pending;
  }

  private decision(fact: HistoryFact): void {
    if (fact.kind === 'update-accepted' && fact.name === DECIDE) this.updates.add(fact.key);
    if (fact.kind === 'update-completed' && this.updates.has(fact.key)) {
      this.decided(fact.at, fact.result as DecisionTicket);
    }
    if (fact.kind === 'signal' && fact.name === DECIDE) {
      const decision = Decision.safeParse(fact.input).data;
      if (decision) this.queued.set(fact.at + decision.request, { at: fact.at, decision });
      else
        this.note(
          fact.at,
          'A decision sent by signal changed nothing: it does not have the shape of one.',
          'DECISION_MALFORMED',
        );
    }
    if (fact.kind === 'task-completed') this.takeUp();
  }

  /** A worker has seen the signals by now: each decided its request, or changed nothing. */
  private takeUp(): void {
    for (const [key, { at, decision }] of this.queued) {
      this.queued.delete(key);
      const request = this.asked.get(decision.request);
      const counts =
        request !== undefined &&
        !this.settled.has(request.id) &&
        request.options.includes(decision.option) &&
        (decision.option !== 'reject' || (decision.reason ?? '').trim() !== '');
      if (counts) {
        const { reason, by = 'someone unnamed', option } = decision;
        this.decided(at, {
          request: request.id,
          option,
          ...(reason === undefined ? {} : { reason }),
          by,
          identity: 'claimed',
          via: 'signal',
          decidedAt: at,
        });
      } else {
        this.note(
          at,
          `A decision sent by signal changed nothing: ${decision.option} for ${decision.request}.`,
        );
      }
    }
  }

  private decided(at: string, ticket: DecisionTicket): void {
    this.settled.add(ticket.request);
    this.record(at, this.asked.get(ticket.request)?.path ?? '', { kind: 'decided', ...ticket });
  }

  private ended(at: string, outcome: 'completed' | 'failed', failure?: FailureFact): void {
    this.open.clear();
    this.waiting = [];
    const code = isErrorCode(failure?.code) ? failure.code : undefined;
    this.record(at, '', {
      kind: 'run-ended',
      outcome,
      ...(code ? { code } : {}),
      ...(failure ? { message: failure.message } : {}),
    });
  }

  private note(at: string, text: string, code?: string, path = ''): void {
    this.record(at, path, { kind: 'note', text, ...(isErrorCode(code) ? { code } : {}) });
  }

  private add(counts: RunView['counts'], models: readonly string[]): void {
    for (const key of Object.keys(this.counts) as (keyof RunView['counts'])[]) {
      this.counts = { ...this.counts, [key]: this.counts[key] + counts[key] };
    }
    for (const model of models) this.models.add(model);
  }

  private record(at: string, path: string, event: NewEvent): void {
    this.timeline.push({ at, path, ...event } as TimelineEvent);
  }
}

function describeMove(move: ModelAnswer['move']): string {
  switch (move.kind) {
    case 'finish':
      return `finished: ${move.preview ?? ''}`;
    case 'handoff':
      return `hands over to ${move.to ?? ''}`;
    case 'tools':
      return `calls ${(move.calls ?? []).map(({ tool, preview: shown }) => `${tool}(${preview(shown, 60)})`).join(', ')}`;
    default:
      return `unusable: ${preview(move.problem, 80)}`;
  }
}
