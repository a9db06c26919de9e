/**
 * Checks a run after the fact: each signature at the time it counted, the digests over the arguments that were carried
 * out, roles, quorum and requester. It believes no ticket and no step of the workflow: it works everything out again.
 */
import type { RequestSummary } from '../../contracts/approval.js';
import { canonicalJson, digest } from '../../contracts/canonical-json.js';
import { BatonError } from '../../contracts/errors.js';
import type { Json } from '../../contracts/json.js';
import type { ApproverRegistry } from '../../contracts/proof/approver.js';
import type { Requester } from '../../contracts/proof/eligible.js';
import { readRequester } from '../../contracts/proof/requester.js';
import { ANYBODY } from '../../contracts/proof/requirement.js';
import { rootOf } from '../../contracts/proof/root.js';
import { readSignedDecision } from '../../contracts/proof/signed-decision.js';
import { assertProven } from '../../contracts/proof/spend.js';
import type { ActionEvidence, DecisionEvidence, Evidence } from './evidence.js';
import type { AuditedAction, AuditedDecision, AuditMismatch, AuditReport } from './report.js';

export interface AuditOptions {
  /** Whose keys the auditor trusts; without it nobody is proven, and the keys that the run itself was told are used. */
  readonly approvers?: ApproverRegistry;
  /** Tools that the auditor knows to need approval, whatever the history says. */
  readonly tools?: readonly string[];
  /** The arguments that stand in the store for a call, if it is at hand. */
  readonly storedArgs?: (root: string, head: string, callId: string) => Promise<Json | undefined>;
}

/** @param evidence - of the run, and of its specialists' workflows. */
export async function auditRun(
  [root, ...others]: readonly [Evidence, ...Evidence[]],
  options: AuditOptions,
): Promise<AuditReport> {
  const audit = new Audit(root, [root, ...others], options);
  return audit.report();
}

type Told = Omit<AuditedDecision, 'at' | 'workflowId'>;

class Audit {
  private readonly root: Evidence;
  private readonly all: readonly Evidence[];
  private readonly options: AuditOptions;
  private readonly registry: ApproverRegistry | undefined;
  private readonly mismatches: AuditMismatch[] = [];

  constructor(root: Evidence, all: readonly Evidence[], options: AuditOptions) {
    this.root = root;
    this.all = all;
    this.options = options;
    const told = all.flatMap(({ modes }) => modes).findLast((mode) => mode.mode === 'signed');
    this.registry = options.approvers ?? (told?.mode === 'signed' ? told.registry : undefined);
  }

  async report(): Promise<AuditReport> {
    const requester = this.requester();
    const decisions = this.all.flatMap((evidence) =>
      evidence.decisions.flatMap((decision) => this.decision(evidence, decision) ?? []),
    );
    const actions: AuditedAction[] = [];
    const needsProof = this.toolsThatNeedProof();
    for (const evidence of this.all) {
      for (const action of evidence.actions) {
        if (!needsProof.has(action.input.tool)) continue;
        actions.push(await this.action(evidence, action, requester));
      }
    }
    const { mismatches } = this;
    const isProven =
      this.options.approvers !== undefined && this.all.every(({ modes }) => modes.every(isSigned));
    return {
      v: 1,
      run: this.root.workflowId,
      verdict: mismatches.length > 0 ? 'mismatch' : isProven ? 'proven' : 'consistent',
      ...(requester === undefined ? {} : { requester: requester.subject }),
      histories: this.all.length,
      decisions,
      actions,
      mismatches,
    };
  }

  private requester(): Requester {
    const [input, context] = this.root.args;
    const jws = (context as { requester?: unknown } | null | undefined)?.requester;
    if (typeof jws !== 'string' || this.registry === undefined) return undefined;
    const { workflowId, startedAt } = this.root;
    try {
      return readRequester(jws, { workflowId, startedAt, input: digest(input ?? null) }, this.registry);
    } catch (error) {
      this.objects(`${workflowId} start`, error);
      return undefined;
    }
  }

  /** A decision that the run took; one by signal that could not count changed nothing, and is no mismatch. */
  private decision({ workflowId }: Evidence, evidence: DecisionEvidence): AuditedDecision | undefined {
    const when = { at: new Date(evidence.at).toISOString(), workflowId };
    const signed = signedIn(evidence.wire);
    const told = signed === undefined ? this.claimed(evidence) : this.signed(signed, evidence);
    return told && { ...when, ...told };
  }

  private claimed({ ticket }: DecisionEvidence): Told | undefined {
    if (ticket === undefined) return undefined;
    const { request, option, by, reason, identity } = ticket;
    if (identity !== 'claimed') {
      const message = `The ticket says that ${by} signed "${option}", and nothing signed came in.`;
      this.mismatch(request, 'unsigned', message);
    }
    return { request, option, by, identity: 'claimed', ...(reason === undefined ? {} : { reason }) };
  }

  private signed(signed: string, { at, ticket }: DecisionEvidence): Told | undefined {
    if (this.registry === undefined) return undefined;
    try {
      const { claims, subject: by, kid, gateway } = readSignedDecision({ signed }, this.registry, at);
      const { request, option, reason } = claims.decision;
      if (ticket && (ticket.by !== by || ticket.option !== option || ticket.request !== request)) {
        const said = `"${ticket.option}" by ${ticket.by}`;
        this.mismatch(request, 'other-ticket', `${by} signed "${option}"; the run has recorded ${said}.`);
      }
      const through = gateway === undefined ? {} : { gateway };
      const identity = gateway === undefined ? 'signed' : 'gateway';
      return { request, option, by, kid, identity, ...through, ...(reason === undefined ? {} : { reason }) };
    } catch (error) {
      if (ticket) this.objects(ticket.request, error);
      return undefined;
    }
  }

  private async action(
    evidence: Evidence,
    action: ActionEvidence,
    requester: Requester,
  ): Promise<AuditedAction> {
    const { input, result, at } = action;
    const { step, tool } = input;
    const told = {
      at: new Date(at).toISOString(),
      workflowId: evidence.workflowId,
      step,
      tool,
      outcome: result?.kind ?? ('open' as const),
    };
    const where = `${evidence.workflowId} ${step} ${tool}`;
    // The worker did not believe it: nothing was done.
    if (result?.kind === 'unproven') return { ...told, approvedBy: [] };
    const args = await this.argsOf(evidence, action, where);
    if (this.registry === undefined) return { ...told, approvedBy: this.claimedBy(evidence, input.step) };
    try {
      const { proof, root } = input;
      if (root !== rootOf(this.root)) {
        throw new BatonError('DECISION_UNPROVEN', 'It was carried out in the name of another run.', {
          why: 'other-run',
        });
      }
      const { needs: requirement = ANYBODY, yes = [] } = evidence.requests.get(proof?.request ?? '') ?? {};
      const { workflowId } = evidence;
      const { registry } = this;
      const spending = { root, step, workflowId, tool, args, requirement, requester, registry };
      const people = assertProven(proof, { ...spending, yes: ['approve', ...yes], now: at });
      this.assertCameIn([...(proof?.decisions ?? []), ...(proof?.again ?? [])], where);
      return { ...told, approvedBy: people.map(({ subject }) => subject) };
    } catch (error) {
      this.objects(where, error);
      return { ...told, approvedBy: [] };
    }
  }

  /** The arguments that the worker was given: in the call, or in the conversation that it names. */
  private async argsOf({ asked }: Evidence, { input }: ActionEvidence, where: string): Promise<Json> {
    const { call, root } = input;
    if ('args' in call) return call.args;
    const told = asked.get(`${call.head} ${call.callId}`)?.args ?? null;
    const stored = await this.stored(root, call, where);
    if (stored !== undefined && canonicalJson(stored) !== canonicalJson(told)) {
      this.mismatch(
        where,
        'other-arguments',
        'The conversation in the store has other arguments than the history.',
      );
    }
    return stored ?? told;
  }

  private async stored(
    root: string,
    { head, callId }: { readonly head: string; readonly callId: string },
    where: string,
  ): Promise<Json | undefined> {
    try {
      return await this.options.storedArgs?.(root, head, callId);
    } catch (error) {
      this.objects(where, error);
      return undefined;
    }
  }

  /** Whatever was spent must have been said to this run. */
  private assertCameIn(spent: readonly string[], where: string): void {
    const came = new Set(this.all.flatMap(({ decisions }) => decisions.map(({ wire }) => signedIn(wire))));
    if (spent.every((jws) => came.has(jws))) return;
    this.mismatch(where, 'never-came-in', 'A decision was spent that never came in to this run.');
  }

  private claimedBy({ decisions, requests }: Evidence, step: string): string[] {
    return decisions.flatMap(({ ticket }) =>
      ticket && isYes(ticket.option, requests.get(ticket.request), step) ? [ticket.by] : [],
    );
  }

  private toolsThatNeedProof(): Set<string> {
    const { tools = [] } = this.options;
    const found = this.all.flatMap(({ actions, asked, requests }) => [
      ...actions
        .filter(({ input, result }) => input.proof || result?.kind === 'unknown-outcome')
        .map(({ input }) => input.tool),
      ...[...asked.values()].filter(({ effect }) => effect === 'irreversible').map(({ tool }) => tool),
      ...[...requests.values()].flatMap(({ tool }) => tool ?? []),
    ]);
    return new Set([...tools, ...found]);
  }

  private objects(where: string, error: unknown): void {
    if (!(error instanceof BatonError)) throw error;
    const { why } = error.facts;
    this.mismatch(where, typeof why === 'string' ? why : error.code, error.message);
  }

  private mismatch(where: string, why: string, message: string): void {
    this.mismatches.push({ where, why, message });
  }
}

function isSigned({ mode }: { readonly mode: string }): boolean {
  return mode === 'signed';
}

function signedIn(wire: unknown): string | undefined {
  if (typeof wire !== 'object' || wire === null || !('signed' in wire)) return undefined;
  return typeof wire.signed === 'string' ? wire.signed : undefined;
}

function isYes(option: string, request: RequestSummary | undefined, step: string): boolean {
  return request?.path === step && ['approve', ...(request.yes ?? [])].includes(option);
}
