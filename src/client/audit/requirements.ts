/** Whose word an action needed: by the auditor's own policies where there are any, else as the histories tell it. */
import type { RequestSummary } from '../../contracts/requests/approval.js';
import type { Json } from '../../contracts/data/json.js';
import {
  addEscalationRoles,
  listApproving,
  type ActionRequirement,
} from '../../contracts/definitions/policy.js';
import type { ProofToVerify } from '../../contracts/proof/spend.js';
import { ANYBODY } from '../../contracts/requests/requirement.js';
import type { ToolEffect } from '../../contracts/definitions/tool.js';
import type { CallToolInput } from '../../contracts/wire/tool-call.js';
import type { ActionEvidence, Evidence } from './evidence.js';

/** What an auditor's own configuration says. */
export interface AuditPolicies {
  /** What its policies demand for an action; undefined where they demand nothing. */
  demands(input: CallToolInput, args: Json): ActionRequirement | undefined;
  /** Of the tools that it knows. */
  effectOf(tool: string): ToolEffect | undefined;
}

export class Requirements {
  private readonly requests: ReadonlyMap<string, RequestSummary>;
  private readonly tools: ReadonlySet<string>;
  private readonly policies: AuditPolicies | undefined;

  /** @param tools - that the auditor knows to need people. */
  constructor(all: readonly Evidence[], tools: readonly string[], policies: AuditPolicies | undefined) {
    // A child agent's workflow has no memo: its requests stand in its run's.
    this.requests = new Map(all.flatMap(({ requests }) => [...requests]));
    this.tools = new Set([...tools, ...listTools(all)]);
    this.policies = policies;
  }

  request(id: string | undefined): RequestSummary | undefined {
    return id === undefined ? undefined : this.requests.get(id);
  }

  /** By the auditor's configuration, or as the histories show it. */
  isIrreversible(evidence: Evidence, input: CallToolInput): boolean {
    const effect = this.effectOf(evidence, input);
    if (effect !== undefined) return effect === 'irreversible';
    return this.request(input.proof?.request)?.reason === 'irreversible-effect';
  }

  /** Whether anything but the name says what the tool does: a history that hides an action's request hides its effect too. */
  isKnown(evidence: Evidence, { input, result }: ActionEvidence): boolean {
    return (result?.effect ?? this.effectOf(evidence, input)) !== undefined;
  }

  /** By the auditor's configuration, else as the model's turn that asked for it tells. */
  private effectOf({ asked }: Evidence, { call, tool }: CallToolInput): string | undefined {
    const told = 'head' in call ? asked.get(`${call.head} ${call.callId}`)?.effect : undefined;
    return this.policies?.effectOf(tool) ?? told;
  }

  isNeeded(input: CallToolInput, args: Json): boolean {
    return this.tools.has(input.tool) || this.policies?.demands(input, args) !== undefined;
  }

  /** How many of whom, and by which options they say yes. */
  of(input: CallToolInput, args: Json): Pick<ProofToVerify, 'requirement' | 'yes' | 'declared'> {
    const demanded = this.policies?.demands(input, args);
    if (demanded) {
      const { options = [] } = demanded;
      return {
        requirement: addEscalationRoles(demanded),
        yes: listApproving(demanded),
        declared: options,
      };
    }
    const { needs = ANYBODY, yes = [] } = this.request(input.proof?.request) ?? {};
    return { requirement: needs, yes: ['approve', ...yes] };
  }
}

/** The tools that the histories themselves show to need people. */
function listTools(all: readonly Evidence[]): string[] {
  return all.flatMap(({ actions, asked, requests }) => [
    ...actions
      .filter(
        ({ input, result }) =>
          input.proof || result?.kind === 'unknown-outcome' || result?.effect === 'irreversible',
      )
      .map(({ input }) => input.tool),
    ...[...asked.values()].filter(({ effect }) => effect === 'irreversible').map(({ tool }) => tool),
    ...[...requests.values()].flatMap(({ tool }) => tool ?? []),
  ]);
}
