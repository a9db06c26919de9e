/** The requests and decisions in a run's history: asked in the memo, decided by update or signal. */
import type { DecisionTicket } from '../../contracts/requests/decision-ticket.js';
import { Decision } from '../../contracts/requests/decision.js';
import type { RunMemo } from '../../contracts/wire/run-view.js';
import { type RequestSummary } from '../../contracts/requests/approval.js';
import { CLAIMING } from '../../contracts/requests/claim.js';
import type { Json } from '../../contracts/data/json.js';
import { requiresReason } from '../../contracts/requests/needs-reason.js';
import { DECIDE } from '../../contracts/wire/wire.js';
import type { HistoryFact } from '../runs/history-facts.js';
import type { Recorder } from './recorder.js';

interface Queued {
  readonly at: string;
  readonly decision: Decision;
}

export class HistoryRequests {
  private readonly record: Recorder;
  private readonly asked = new Map<string, RequestSummary>();
  private readonly settled = new Set<string>();
  /** How often each was asked back. */
  private readonly rounds = new Map<string, number>();
  private readonly updates = new Set<string>();
  /** Edits sent by signal whose revision the memo has not shown yet. */
  private readonly edits = new Map<string, DecisionTicket>();
  private waiting: readonly RequestSummary[] = [];
  /** Sent by signal, and not taken up by a worker yet. */
  private queued: Queued[] = [];

  constructor(record: Recorder) {
    this.record = record;
  }

  pending(): RequestSummary[] {
    return this.waiting.filter(({ id }) => !this.settled.has(id));
  }

  /** The run has ended: nothing waits any more. */
  close(): void {
    this.waiting = [];
  }

  /** What the memo holds now, against what it held before. */
  memo(at: string, value: unknown): void {
    const { pending = [] } = (value ?? {}) as Partial<RunMemo>;
    for (const request of pending) {
      const before = this.asked.get(request.id);
      this.asked.set(request.id, request);
      if (before) {
        this.revised(at, before, request);
        continue;
      }
      const { id, question, askedBy, askedAt, deadline, path } = request;
      this.record(askedAt, path, {
        kind: 'asked',
        request: id,
        question,
        askedBy,
        ...(deadline === undefined ? {} : { deadline }),
      });
    }
    for (const request of this.pending()) {
      if (pending.some(({ id }) => id === request.id)) continue;
      this.settled.add(request.id);
      const { id, path, deadline } = request;
      if (deadline !== undefined && deadline <= at) this.record(at, path, { kind: 'expired', request: id });
    }
    this.waiting = pending;
  }

  tell(fact: HistoryFact): void {
    if (fact.kind === 'update-accepted' && fact.name === DECIDE) this.updates.add(fact.key);
    if (fact.kind === 'update-completed' && this.updates.has(fact.key)) {
      this.decided(fact.at, fact.result as DecisionTicket);
    }
    if (fact.kind === 'signal' && fact.name === DECIDE) this.signalled(fact.at, fact.input);
    if (fact.kind === 'task-completed') this.takeUp();
  }

  /** Decisions that no worker has seen yet. */
  tellQueued(): void {
    for (const { at, decision } of this.queued) {
      const { option, by = 'someone unnamed', request } = decision;
      this.note(
        at,
        `"${option}" by ${by} for ${request} is queued, and counts when a worker takes the run up.`,
      );
    }
  }

  private signalled(at: string, input: unknown): void {
    const decision = Decision.safeParse(input).data;
    if (decision) this.queued.push({ at, decision });
    else this.note(at, 'A decision sent by signal changed nothing: it does not have the shape of one.');
  }

  /** A worker has seen the signals by now: each decided its request, or changed nothing. */
  private takeUp(): void {
    for (const { at, decision } of this.queued) {
      const { request, option, reason, by = 'someone unnamed' } = decision;
      if (this.counts(decision)) {
        const why = { ...(reason === undefined ? {} : { reason }), ...pickCarried(decision) };
        this.decided(at, { request, option, ...why, by, identity: 'claimed', via: 'signal', decidedAt: at });
      } else {
        this.note(at, `A decision sent by signal changed nothing: "${option}" for ${request}.`);
      }
    }
    this.queued = [];
  }

  private counts({ request: id, option, reason = '' }: Decision): boolean {
    const request = this.asked.get(id);
    if (request === undefined || this.settled.has(id) || !request.options.includes(option)) return false;
    return !requiresReason(option) || reason.trim() !== '';
  }

  /** An edit by signal makes a new revision, which the memo has; one by update has told of itself. */
  private revised(at: string, before: RequestSummary, now: RequestSummary): void {
    this.waited(at, before, now);
    const edit = this.edits.get(now.id);
    if (now.revision === before.revision || edit === undefined) return;
    this.edits.delete(now.id);
    this.edited(at, {
      ...edit,
      revision: now.revision,
      ...(now.digest === undefined ? {} : { digest: now.digest }),
    });
  }

  /** Nobody had decided: people were told again, or it went on to more of them. */
  private waited(at: string, before: RequestSummary, now: RequestSummary): void {
    const { id: request, path } = now;
    if ((now.reminded ?? 0) > (before.reminded ?? 0)) this.record(at, path, { kind: 'reminded', request });
    if (now.revision !== before.revision) return;
    const { escalates: planned = [] } = before;
    const passed = planned.length - (now.escalates?.length ?? 0);
    for (const { roles } of planned.slice(0, passed)) {
      this.record(at, path, { kind: 'escalated', request, roles });
    }
  }

  private edited(at: string, ticket: DecisionTicket): void {
    const { request, by, via, reason, digest, revision = 0 } = ticket;
    this.record(at, this.asked.get(request)?.path ?? '', {
      kind: 'edited',
      request,
      revision,
      ...(digest === undefined ? {} : { digest }),
      by,
      via,
      ...(reason === undefined ? {} : { reason }),
    });
  }

  private decided(at: string, ticket: DecisionTicket): void {
    if (ticket.option === 'edit') {
      if (ticket.via === 'signal') this.edits.set(ticket.request, ticket);
      else this.edited(at, ticket);
      return;
    }
    if (ticket.option === 'ask-back') return this.askedBack(at, ticket);
    const { request } = ticket;
    const kind = kindOf(ticket);
    if (kind === 'decided') this.settled.add(request);
    this.record(at, this.asked.get(request)?.path ?? '', { kind, ...ticket });
  }

  /** It stays open. What was answered, only the run knows. */
  private askedBack(at: string, { request, by, questions = [], decidedAt }: DecisionTicket): void {
    const round = (this.rounds.get(request) ?? 0) + 1;
    this.rounds.set(request, round);
    const path = this.asked.get(request)?.path ?? '';
    this.record(at, path, { kind: 'asked-back', request, round, by, questions, askedAt: decidedAt });
  }

  private note(at: string, text: string): void {
    this.record(at, '', { kind: 'note', text });
  }
}

function pickCarried({
  to,
  answer,
  questions,
}: Decision): Pick<DecisionTicket, 'to' | 'answer' | 'questions'> {
  return {
    ...(to === undefined ? {} : { to }),
    ...(answer === undefined ? {} : { answer: answer as Json }),
    ...(questions === undefined ? {} : { questions }),
  };
}

/** A claim settles nothing, and neither does one voice of several. */
function kindOf({ option, votes }: DecisionTicket): 'claimed' | 'voted' | 'decided' {
  if (CLAIMING.includes(option)) return 'claimed';
  return votes !== undefined && votes.have < votes.need ? 'voted' : 'decided';
}
