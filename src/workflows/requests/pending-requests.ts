/**
 * The pending requests of one workflow: pure transitions, without timers or any Temporal API. Each request is decided once;
 * later decisions change nothing and are refused with a reason. An edit does not decide: it makes a new revision of the
 * action, and earlier votes no longer count.
 */
import { defined } from '../../contracts/data/defined.js';
import type { DecisionTicket } from '../../contracts/requests/decision-ticket.js';
import type { Decision } from '../../contracts/requests/decision.js';
import type { AskedBack, SaidMeanwhile } from '../../contracts/requests/request-parts.js';
import type { ApprovalRequest } from '../../contracts/requests/approval.js';
import { getOptionRow } from '../../contracts/requests/decision-options.js';
import { type BatonError, createUnknownRequestError } from '../../contracts/errors.js';
import type { Json } from '../../contracts/data/json.js';
import { withRoles } from '../../contracts/definitions/waiting-times.js';
import { addAnswers, addQuestions, findUnanswered, type RoundsEnd } from './ask-back-rounds.js';
import { applyClaim } from '../../contracts/requests/claim.js';
import { parseCarried } from './parse-decision.js';
import { addSaid, applyEdit, type RequestChecks } from './new-revision.js';
import { buildWithdrawal, NO_MESSAGES, type Messages } from './messages.js';
import { noteReminder } from './timers.js';
import {
  assertAsShown,
  assertNew,
  assertOffered,
  createAlreadyDecidedError,
  type RequestOutcome,
} from './checks.js';
import { tallyVote, authenticate, parseRequestWire, type Authority, type Voice } from './decider.js';

/** A decision that can be applied: it can no longer fail. */
interface Prepared {
  readonly decision: Decision;
  readonly voice: Voice;
  readonly entry: Entry;
  /** The request after an edit. */
  readonly edited?: ApprovalRequest;
  readonly answer?: Json;
  /** The request with a question that is asked before the decision. */
  readonly asked?: ApprovalRequest;
  /** The request after a claim or a release. */
  readonly claim?: ApprovalRequest;
  /** The request with one more vote, when it needs several. */
  readonly voted?: ReturnType<typeof tallyVote>;
}

interface Entry {
  request: ApprovalRequest;
  readonly checks: RequestChecks;
  readonly authority: Authority;
  /** The people who have voted on the current revision. */
  voices: readonly (Voice & { readonly option: string })[];
  /** The messages to the run since the request opened, and those that waited for an answer then. */
  readonly heard: SaidMeanwhile[];
  /** The accepted signatures: anyone who can read the history could send them again. */
  readonly taken: Set<string>;
  settlement?: RequestOutcome;
}

const NOBODY_PROVEN: Authority = {
  approvals: { mode: 'unauthenticated' },
  requester: undefined,
  notices: [],
};

export class PendingRequests {
  /** Without messages to the run, this stays empty. */
  messages: Messages = NO_MESSAGES;
  private readonly entries = new Map<string, Entry>();

  open(request: ApprovalRequest, checks: RequestChecks = {}, authority: Authority = NOBODY_PROVEN): void {
    this.entries.set(request.id, { request, checks, authority, voices: [], heard: [], taken: new Set() });
  }

  /** The current request: after an edit, with the new arguments. */
  request(id: string): ApprovalRequest | undefined {
    return this.entries.get(id)?.request;
  }

  outcome(id: string): RequestOutcome | undefined {
    return this.entries.get(id)?.settlement;
  }

  /** The pending requests, oldest first. */
  pending(): ApprovalRequest[] {
    return [...this.entries.values()].filter((entry) => !entry.settlement).map((entry) => entry.request);
  }

  /** Records another reminder to the eligible people. */
  remind(id: string, now: number): ApprovalRequest | undefined {
    return this.change(id, (request) => noteReminder(request, now));
  }

  /** Escalates the request to more people. Earlier votes still count, because the action is the same. */
  widen(id: string, more: readonly string[]): ApprovalRequest | undefined {
    return this.change(id, ({ escalates = [], ...request }) => {
      const { needs, askedOf } = request;
      const left = escalates.slice(1);
      return {
        ...request,
        ...(needs === undefined ? {} : { needs: { ...needs, roles: withRoles(needs.roles, more) } }),
        ...(askedOf === undefined ? {} : { askedOf: { ...askedOf, roles: withRoles(askedOf.roles, more) } }),
        ...(left.length === 0 ? {} : { escalates: left }),
      };
    });
  }

  /** A message to the run withdraws pending approvals: no one has agreed to the action in the new situation. */
  withdraw(said: SaidMeanwhile, decidedAt: string, only?: string): DecisionTicket[] {
    return this.pending()
      .filter(({ id }) => (only ?? id) === id)
      .filter(({ action, options }) => action && options.some(({ id }) => id === 'reject'))
      .map(({ id: request }) => {
        const ticket = buildWithdrawal(request, said, decidedAt);
        this.settle(request, { kind: 'decided', ticket, voices: [] });
        return ticket;
      });
  }

  /** Adds a message to the run; true if a request is pending. */
  hear(said: SaidMeanwhile, only?: string): boolean {
    const open = [...this.entries.values()].filter(
      ({ settlement, request }) => !settlement && (only ?? request.id) === request.id,
    );
    for (const entry of open) {
      entry.heard.push(said);
      entry.request = addSaid(entry.request, entry.heard);
      entry.voices = [];
    }
    return open.length > 0;
  }

  /** The open question of a person, if any. */
  findUnanswered(id: string): AskedBack | undefined {
    const entry = this.entries.get(id);
    return entry && !entry.settlement ? findUnanswered(entry.request) : undefined;
  }

  /** Records the outcome of a round; undefined when the request was decided meanwhile. */
  answer(id: string, round: number, end: RoundsEnd, at: string): AskedBack | undefined {
    const request = this.change(id, (now) => addAnswers(now, round, end, at));
    return request?.conversation?.[round - 1];
  }

  /** Closes it undecided. */
  close(id: string, kind: 'expired' | 'withdrawn'): void {
    this.settle(id, { kind });
  }

  /**
   * Checks a decision without applying it. Everything that can fail is done here, because a handler that throws would leave
   * the run stuck.
   *
   * @throws {BatonError} `DECISION_MALFORMED`, `DECISION_INVALID`, `UNKNOWN_REQUEST`, `ALREADY_DECIDED`,
   * `OPTION_NOT_OFFERED`, `REQUEST_CHANGED` or `DECISION_UNPROVEN`.
   */
  check(wire: unknown, at: string): Prepared {
    const id = parseRequestWire(wire);
    const entry = this.entries.get(id);
    if (!entry) throw this.createUnknownError(id);
    if (entry.settlement) throw createAlreadyDecidedError(id, entry.settlement);
    const { request, checks, authority } = entry;
    const { decision, voice } = authenticate(wire, request, authority, Date.parse(at));
    assertNew(request, entry.taken, voice);
    assertOffered(request, decision);
    assertAsShown(request, decision);
    const prepared = { decision, voice, entry };
    const { effect, carries } = getOptionRow(decision.option);
    if (effect === 'claim') return { ...prepared, claim: applyClaim(request, decision, voice.by, at) };
    if (effect === 'open' && carries === 'args')
      return { ...prepared, edited: applyEdit(request, checks, { decision, by: voice.by }) };
    if (effect === 'open') return { ...prepared, asked: addQuestions(request, decision, voice.by, at) };
    const answer = carries === 'answer' ? parseCarried(decision, 'answer', checks.answer) : undefined;
    const voted = tallyVote(request, decision, voice.by, at, answer);
    return { ...prepared, voted, ...defined({ answer }) };
  }

  /** Applies a decision that passes {@link check}; it counts from now on, and once. */
  decide(wire: unknown, via: DecisionTicket['via'], decidedAt: string): DecisionTicket {
    const { decision, voice, entry, edited: next, answer, asked, claim, voted } = this.check(wire, decidedAt);
    const { id, digest } = next ?? entry.request;
    const { signed, ...who } = voice;
    if (signed !== undefined) entry.taken.add(signed);
    const common: DecisionTicket = {
      request: id,
      option: decision.option,
      ...defined({ reason: decision.reason }),
      ...who,
      via,
      decidedAt,
      ...defined({ digest }),
    };
    if (next) {
      entry.request = next;
      entry.voices = [];
      return { ...common, revision: next.revision };
    }
    if (claim) {
      entry.request = claim;
      return common;
    }
    if (asked) {
      entry.request = asked;
      return { ...common, questions: decision.questions ?? [] };
    }
    const { have, need } = voted ?? { have: 1, need: 1 };
    const others = entry.voices.filter(({ by }) => by !== voice.by);
    entry.voices = [...others, { ...voice, option: decision.option }];
    if (voted) entry.request = { ...entry.request, votes: voted.votes };
    if (have < need) return { ...common, votes: { have, need } };
    const ticket: DecisionTicket = {
      ...common,
      ...(voted ? { votes: { have, need } } : {}),
      ...defined({ to: decision.to, answer, questions: decision.questions }),
    };
    const voices = entry.voices.filter(({ by }) => voted?.agree.includes(by) ?? by === voice.by);
    this.settle(id, { kind: 'decided', ticket, voices });
    return ticket;
  }

  private change(
    id: string,
    made: (request: ApprovalRequest) => ApprovalRequest,
  ): ApprovalRequest | undefined {
    const entry = this.entries.get(id);
    if (!entry || entry.settlement) return undefined;
    entry.request = made(entry.request);
    return entry.request;
  }

  private settle(id: string, settlement: RequestOutcome): void {
    const entry = this.entries.get(id);
    if (entry && !entry.settlement) entry.settlement = settlement;
  }

  private createUnknownError(id: string): BatonError {
    const waiting = this.pending().map((request) => request.id);
    return createUnknownRequestError(
      `This run has no request ${id}. ${waiting.length === 0 ? 'Nothing waits here.' : `Waiting: ${waiting.join(', ')}.`}`,
      { request: id, waiting },
    );
  }
}
