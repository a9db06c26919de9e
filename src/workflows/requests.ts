/**
 * The requests that wait for a person in one workflow: pure transitions, with no timers and nothing of Temporal's.
 * Each request is decided once; whatever else arrives changes nothing and says why. An edit does not decide: it makes
 * a new revision of the action, and what was said of the old one counts no more.
 */
import type {
  ApprovalRequest,
  Decision,
  DecisionTicket,
  RequestOption,
  RequestSummary,
} from '../contracts/approval.js';
import { BatonError } from '../contracts/errors.js';
import type { Json } from '../contracts/json.js';
import { preview } from '../contracts/preview.js';
import type { Schema } from '../contracts/schema.js';
import { carriedJson, parseDecision } from './decision-wire.js';

export type Settlement =
  | { readonly kind: 'decided'; readonly ticket: DecisionTicket }
  | { readonly kind: 'expired' }
  | { readonly kind: 'withdrawn' };

/** What a request's decisions are checked against, and how an edited action is bound to it. */
export interface RequestChecks {
  readonly args?: Schema;
  readonly answer?: Schema;
  readonly digestOf?: (args: Json) => string;
  /** What is offered for an edited action. */
  readonly optionsFor?: (args: Json) => readonly RequestOption[];
}

interface Entry {
  request: ApprovalRequest;
  readonly checks: RequestChecks;
  settlement?: Settlement;
}

export class RequestDesk {
  private readonly entries = new Map<string, Entry>();

  open(request: ApprovalRequest, checks: RequestChecks = {}): void {
    this.entries.set(request.id, { request, checks });
  }

  /** The request as it is now: after an edit, with the new arguments. */
  request(id: string): ApprovalRequest | undefined {
    return this.entries.get(id)?.request;
  }

  settlement(id: string): Settlement | undefined {
    return this.entries.get(id)?.settlement;
  }

  /** The requests that still wait, oldest first. */
  pending(): ApprovalRequest[] {
    return [...this.entries.values()].filter((entry) => !entry.settlement).map((entry) => entry.request);
  }

  expire(id: string): void {
    this.settle(id, { kind: 'expired' });
  }

  withdraw(id: string): void {
    this.settle(id, { kind: 'withdrawn' });
  }

  /**
   * Checks a decision without applying it.
   *
   * @throws {BatonError} `DECISION_MALFORMED`, `DECISION_INVALID`, `UNKNOWN_REQUEST`, `ALREADY_DECIDED`,
   * `OPTION_NOT_OFFERED` or `REQUEST_CHANGED`.
   */
  check(wire: unknown): { decision: Decision; request: ApprovalRequest; carried?: Json } {
    const decision = parseDecision(wire);
    const entry = this.entries.get(decision.request);
    if (!entry) throw this.unknown(decision.request);
    if (entry.settlement) throw alreadyDecided(decision.request, entry.settlement);
    const { request, checks } = entry;
    assertOffered(request, decision);
    assertAsShown(request, decision);
    switch (decision.option) {
      case 'edit':
        return { decision, request, carried: carriedJson(decision, 'args', checks.args) };
      case 'answer':
        return { decision, request, carried: carriedJson(decision, 'answer', checks.answer) };
      default:
        return { decision, request };
    }
  }

  /** Applies a decision that passes {@link check}; it counts from here on, and once. */
  decide(wire: unknown, via: DecisionTicket['via'], decidedAt: string): DecisionTicket {
    const { decision, request, carried } = this.check(wire);
    const by = decision.by ?? 'someone unnamed';
    const common = {
      request: request.id,
      option: decision.option,
      ...(decision.reason === undefined ? {} : { reason: decision.reason }),
      by,
      identity: 'claimed',
      via,
      decidedAt,
    } as const;
    if (decision.option === 'edit') {
      const { revision, digest } = this.edit(request, carried ?? null, by);
      return { ...common, revision, ...(digest === undefined ? {} : { digest }) };
    }
    const ticket: DecisionTicket = {
      ...common,
      ...(request.digest === undefined ? {} : { digest: request.digest }),
      ...(decision.option === 'redirect' && decision.to !== undefined ? { to: decision.to } : {}),
      ...(carried === undefined ? {} : { answer: carried }),
    };
    this.settle(request.id, { kind: 'decided', ticket });
    return ticket;
  }

  private edit(request: ApprovalRequest, args: Json, by: string): ApprovalRequest {
    const entry = this.entries.get(request.id);
    if (!entry || !request.action) throw this.unknown(request.id);
    const digest = entry.checks.digestOf?.(args);
    const options = entry.checks.optionsFor?.(args) ?? request.options;
    entry.request = {
      ...request,
      options,
      revision: request.revision + 1,
      action: { ...request.action, args },
      ...(digest === undefined ? {} : { digest }),
      editedBy: by,
    };
    return entry.request;
  }

  private settle(id: string, settlement: Settlement): void {
    const entry = this.entries.get(id);
    if (entry && !entry.settlement) entry.settlement = settlement;
  }

  private unknown(id: string): BatonError {
    const waiting = this.pending().map((request) => request.id);
    return new BatonError(
      'UNKNOWN_REQUEST',
      `This run has no request ${id}. ${waiting.length === 0 ? 'Nothing waits here.' : `Waiting: ${waiting.join(', ')}.`}`,
      { request: id, waiting },
    );
  }
}

function assertOffered({ id, options, redirectTo = [] }: ApprovalRequest, decision: Decision): void {
  const offered = options.map((option) => option.id);
  if (!offered.includes(decision.option)) {
    throw new BatonError(
      'OPTION_NOT_OFFERED',
      `Request ${id} does not offer "${decision.option}". It offers: ${offered.join(', ')}.`,
      { request: id, option: decision.option, options: offered },
    );
  }
  if (decision.to === undefined || redirectTo.includes(decision.to)) return;
  throw new BatonError(
    'OPTION_NOT_OFFERED',
    `Request ${id} cannot be redirected to "${decision.to}". It can go to: ${redirectTo.join(', ')}.`,
    { request: id, to: decision.to, redirectTo },
  );
}

/** Nobody decides on an action that is not the one they saw. */
function assertAsShown({ id, revision, digest }: ApprovalRequest, decision: Decision): void {
  const stale = decision.digest !== undefined && decision.digest !== digest;
  const unseen = decision.digest === undefined && decision.option === 'approve' && revision > 1;
  if (!stale && !unseen) return;
  throw new BatonError(
    'REQUEST_CHANGED',
    `The action of request ${id} was edited and is now revision ${revision}. Look at it again, and decide with its digest ${digest}.`,
    { request: id, revision, digest },
  );
}

function alreadyDecided(id: string, settlement: Settlement): BatonError {
  const how =
    settlement.kind === 'decided'
      ? `was decided "${settlement.ticket.option}" by ${settlement.ticket.by} at ${settlement.ticket.decidedAt}`
      : settlement.kind === 'expired'
        ? 'has expired'
        : 'was withdrawn when the step that asked it was cancelled';
  return new BatonError('ALREADY_DECIDED', `Request ${id} ${how}. This decision changes nothing.`, {
    request: id,
    settlement: settlement.kind,
  });
}

/** A request as lists and the memo show it: bounded in size. */
export function summarizeRequest(request: ApprovalRequest): RequestSummary {
  return {
    id: request.id,
    reason: request.reason,
    question: preview(request.question, 300),
    askedBy: request.askedBy,
    path: request.path,
    ...(request.action ? { tool: request.action.tool, argsPreview: preview(request.action.args, 500) } : {}),
    ...(request.digest ? { digest: request.digest } : {}),
    revision: request.revision,
    options: request.options.map((option) => option.id),
    askedAt: request.askedAt,
    ...(request.deadline ? { deadline: request.deadline } : {}),
  };
}
