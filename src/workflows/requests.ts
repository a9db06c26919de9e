/**
 * The requests that wait for a person in one workflow: pure transitions, with no timers and nothing of Temporal's.
 * Each request is decided once; whatever else arrives changes nothing and says why.
 */
import {
  Decision,
  type ApprovalRequest,
  type DecisionTicket,
  type RequestSummary,
} from '../contracts/approval.js';
import { BatonError } from '../contracts/errors.js';
import { preview } from '../contracts/preview.js';
import { parseWith } from '../contracts/schema.js';

export type Settlement =
  | { readonly kind: 'decided'; readonly ticket: DecisionTicket }
  | { readonly kind: 'expired' }
  | { readonly kind: 'withdrawn' };

interface Entry {
  readonly request: ApprovalRequest;
  settlement?: Settlement;
}

export class RequestDesk {
  private readonly entries = new Map<string, Entry>();

  open(request: ApprovalRequest): void {
    this.entries.set(request.id, { request });
  }

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
   * @throws {BatonError} `DECISION_MALFORMED`, `UNKNOWN_REQUEST`, `ALREADY_DECIDED` or `OPTION_NOT_OFFERED`.
   */
  check(wire: unknown): { decision: Decision; request: ApprovalRequest } {
    const decision = parseDecision(wire);
    const entry = this.entries.get(decision.request);
    if (!entry) throw this.unknown(decision.request);
    if (entry.settlement) throw alreadyDecided(decision.request, entry.settlement);
    const options = entry.request.options.map((option) => option.id);
    if (!options.includes(decision.option)) {
      throw new BatonError(
        'OPTION_NOT_OFFERED',
        `Request ${decision.request} does not offer "${decision.option}". It offers: ${options.join(', ')}.`,
        { request: decision.request, option: decision.option, options },
      );
    }
    if (decision.option === 'reject' && (decision.reason ?? '').trim() === '') {
      throw new BatonError(
        'DECISION_MALFORMED',
        `Request ${decision.request}: a rejection needs a reason. Add "reason".`,
        { request: decision.request },
      );
    }
    return { decision, request: entry.request };
  }

  /** Applies a decision that passes {@link check}; it counts from here on, and once. */
  decide(wire: unknown, via: DecisionTicket['via'], decidedAt: string): DecisionTicket {
    const { decision } = this.check(wire);
    const ticket: DecisionTicket = {
      request: decision.request,
      option: decision.option,
      ...(decision.reason === undefined ? {} : { reason: decision.reason }),
      by: decision.by ?? 'someone unnamed',
      identity: 'claimed',
      via,
      decidedAt,
    };
    this.settle(decision.request, { kind: 'decided', ticket });
    return ticket;
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

function parseDecision(wire: unknown): Decision {
  const parsed = parseWith(Decision, wire);
  if (parsed.ok) return parsed.value;
  const problems = parsed.problem.split('\n');
  throw new BatonError(
    'DECISION_MALFORMED',
    `A decision is {"request": "<id>", "option": "<option id>", "reason"?: "…", "by"?: "…"}. ${problems.join('; ')}.`,
    { problems },
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
    options: request.options.map((option) => option.id),
    askedAt: request.askedAt,
    ...(request.deadline ? { deadline: request.deadline } : {}),
  };
}
