/** The required approvals of an action: from the auditor's own policies if there are any, else from the histories. */
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

/** The auditor's own configuration. */
export interface AuditPolicies {
  /** The requirement of its policies for an action; undefined without a requirement. */
  demands(input: CallToolInput, args: Json): ActionRequirement | undefined;
  /** The effect of a tool that it knows. */
  effectOf(tool: string): ToolEffect | undefined;
}

export class Requirements {
  private readonly requests: ReadonlyMap<string, RequestSummary>;
  private readonly tools: ReadonlySet<string>;
  private readonly policies: AuditPolicies | undefined;

  /** @param tools - that the auditor knows to require approval. */
  constructor(all: readonly Evidence[], tools: readonly string[], policies: AuditPolicies | undefined) {
    // A child agent's workflow has no memo: its requests are in the memo of its run.
    this.requests = new Map(all.flatMap(({ requests }) => [...requests]));
    this.tools = new Set([...tools, ...listTools(all)]);
    this.policies = policies;
  }

  request(id: string | undefined): RequestSummary | undefined {
    return id === undefined ? undefined : this.requests.get(id);
  }

  /** From the auditor's configuration, or as the histories show it. */
  isIrreversible(evidence: Evidence, input: CallToolInput): boolean {
    const effect = this.effectOf(evidence, input);
    if (effect !== undefined) return effect === 'irreversible';
    return this.request(input.proof?.request)?.reason === 'irreversible-effect';
  }

  /**
   * Whether more than the name shows what the tool does: a history that hides an action's request also hides its
   * effect.
   */
  isKnown(evidence: Evidence, { input, result }: ActionEvidence): boolean {
    return (result?.effect ?? this.effectOf(evidence, input)) !== undefined;
  }

  /** From the auditor's configuration, else from the model's turn that asked for the call. */
  private effectOf({ asked }: Evidence, { call, tool }: CallToolInput): string | undefined {
    const told = 'head' in call ? asked.get(`${call.head} ${call.callId}`)?.effect : undefined;
    return this.policies?.effectOf(tool) ?? told;
  }

  isNeeded(input: CallToolInput, args: Json): boolean {
    return this.tools.has(input.tool) || this.policies?.demands(input, args) !== undefined;
  }

  /** The required approvals, and the options that approve. */
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

/** The tools that require approval according to the histories. */
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
