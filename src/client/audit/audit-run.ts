/**
 * Audits a run: signatures at their time, digests of the executed arguments, roles, quorum and requester. It does not
 * trust the tickets or the workflow's steps, but recomputes everything.
 */
import type { AuditMismatch, AuditReport, AuditedAction } from '../../schemas/documents/audit.js';
import { defined } from '../../contracts/data/defined.js';
import type { RequestSummary } from '../../contracts/requests/approval.js';
import { canonicalJson, digest } from '../../contracts/data/canonical-json.js';
import { BatonError } from '../../contracts/errors.js';
import { isJsonObject, type Json } from '../../contracts/data/json.js';
import type { ApproverRegistry } from '../../contracts/proof/approver.js';
import type { Requester } from '../../contracts/proof/eligible.js';
import { readRequester } from '../../contracts/proof/requester.js';
import { toRootRun } from '../../contracts/proof/root.js';
import { verifyProof } from '../../contracts/proof/spend.js';
import { findReceiptMismatches, type StoredReceipt, type ToldAction } from './receipts.js';
import { Requirements, type AuditPolicies } from './requirements.js';
import type { ActionEvidence, Evidence } from './evidence.js';
import { areSigned, auditDecision, readSignature, Findings } from './decisions.js';
import { findUncalled } from './uncalled.js';
import { findGaps, splitRuns, type OneRun } from './completeness.js';

export interface AuditOptions {
  /** The keys that the auditor trusts. Without them no one is proven; the audit uses the keys that the run received. */
  readonly approvers?: ApproverRegistry;
  /** Tools that the auditor knows to require approval, regardless of the history. */
  readonly tools?: readonly string[];
  /** The requirements of the auditor's own policies, regardless of the history. */
  readonly policies?: AuditPolicies;
  /** The effects of a run in the store, if the store is available. */
  readonly receipts?: (root: string) => Promise<readonly StoredReceipt[]>;
  /** The arguments of a call in the store, if the store is available. */
  readonly storedArgs?: (root: string, head: string, callId: string) => Promise<Json | undefined>;
}

/** @param all - the evidence from every execution under the run's id, oldest first, then from its child agents. */
export async function auditRun(all: OneRun, options: AuditOptions): Promise<AuditReport> {
  const parts = await Promise.all(splitRuns(all).map((run) => new Audit(run, options).report()));
  const mismatches = parts.flatMap((part) => part.mismatches);
  const gaps = parts.flatMap((part) => part.gaps);
  const isProven = options.approvers !== undefined && parts.every((part) => part.isSigned);
  const requester = parts.at(-1)?.requester?.subject;
  return {
    v: 1,
    run: all[0].workflowId,
    verdict:
      mismatches.length > 0
        ? 'mismatch'
        : gaps.length > 0
          ? 'incomplete'
          : isProven
            ? 'proven'
            : 'consistent',
    ...defined({ requester }),
    executions: all.map(({ workflowId, runId, end = 'open' as const }) => ({ workflowId, runId, end })),
    decisions: parts.flatMap((part) => part.decisions),
    actions: parts.flatMap((part) => part.actions),
    mismatches,
    gaps,
  };
}

/** The findings about one run: one start, with everything that continues or resets it. */
interface Part extends Pick<AuditReport, 'decisions' | 'actions' | 'mismatches' | 'gaps'> {
  readonly requester: Requester;
  /** Whether the run only ever allowed signed decisions. */
  readonly isSigned: boolean;
}

class Audit {
  private readonly root: Evidence;
  private readonly all: OneRun;
  private readonly options: AuditOptions;
  private readonly registry: ApproverRegistry | undefined;
  private readonly requirements: Requirements;
  private readonly findings = new Findings();

  constructor(run: OneRun, options: AuditOptions) {
    this.root = run[0];
    this.all = run;
    this.options = options;
    this.requirements = new Requirements(run, options.tools ?? [], options.policies);
    const told = run.flatMap(({ modes }) => modes).findLast((mode) => mode.mode === 'signed');
    this.registry = options.approvers ?? (told?.mode === 'signed' ? told.registry : undefined);
  }

  async report(): Promise<Part> {
    const requester = this.requester();
    const decisions = this.all.flatMap((evidence) =>
      evidence.decisions.flatMap(
        (decision) => auditDecision(evidence, decision, this.registry, this.findings) ?? [],
      ),
    );
    const actions: AuditedAction[] = [];
    const told: ToldAction[] = [];
    const gaps = findGaps(this.all);
    for (const evidence of this.all) {
      for (const action of evidence.actions) {
        const { input } = action;
        const where = `${evidence.workflowId} ${input.step} ${input.tool}`;
        const args = await this.argsOf(evidence, action, where);
        told.push({
          where,
          step: input.step,
          tool: input.tool,
          args,
          leftReceipt: action.result?.kind === 'done' && this.requirements.isIrreversible(evidence, input),
        });
        if (!this.requirements.isNeeded(input, args)) {
          if (!this.requirements.isKnown(evidence, action)) gaps.push(toUnknownEffect(where, input.tool));
          continue;
        }
        actions.push(this.action(evidence, action, { where, args, requester }));
      }
    }
    gaps.push(...findUncalled(this.all, decisions, this.requirements));
    const receipts = await this.options.receipts?.(toRootRun(this.root));
    if (receipts) this.findings.add(...findReceiptMismatches(told, receipts));
    return {
      requester,
      decisions,
      actions,
      mismatches: this.findings.mismatches,
      gaps,
      isSigned: areSigned(decisions, this.all),
    };
  }

  /** The first valid requester token, as a worker picks it. Problems with the other tokens are then ignored. */
  private requester(): Requester {
    const { workflowId, firstExecutionRunId, workflow, args, requested } = this.root;
    const run = { workflowId, firstExecutionRunId, workflow, input: digest((args[0] ?? null) as Json) };
    if (this.registry === undefined) return undefined;
    let problem: unknown;
    for (const token of requested) {
      try {
        return readRequester(token, run, this.registry);
      } catch (error) {
        problem ??= error;
      }
    }
    if (problem !== undefined) this.findings.objects(`${workflowId} start`, problem);
    return undefined;
  }

  private action(
    evidence: Evidence,
    action: ActionEvidence,
    {
      where,
      args,
      requester,
    }: { readonly where: string; readonly args: Json; readonly requester: Requester },
  ): AuditedAction {
    const { input, result, at } = action;
    const { step, tool } = input;
    const told = {
      at: new Date(at).toISOString(),
      workflowId: evidence.workflowId,
      step,
      tool,
      outcome: result?.kind ?? ('open' as const),
    };
    // The worker did not accept the proof, so nothing was done.
    if (result?.kind === 'unproven') return { ...told, approvedBy: [] };
    if (this.registry === undefined) return { ...told, approvedBy: this.claimedBy(evidence, step) };
    try {
      const { proof, root } = input;
      if (root !== toRootRun(this.root)) {
        throw new BatonError('DECISION_UNPROVEN', 'It was carried out in the name of another run.', {
          why: 'other-run',
        });
      }
      const needed = this.requirements.of(input, args);
      const { workflowId } = evidence;
      const { registry } = this;
      const spending = { root, step, workflowId, tool, args, requester, registry };
      const people = verifyProof(proof, { ...spending, ...needed, now: at });
      this.assertCameIn([...(proof?.decisions ?? []), ...(proof?.again ?? [])], where);
      return { ...told, approvedBy: people.map(({ subject }) => subject) };
    } catch (error) {
      this.findings.objects(where, error);
      return { ...told, approvedBy: [] };
    }
  }

  /** The arguments that the worker received: in the call, or in the conversation that it names. */
  private async argsOf({ asked }: Evidence, { input }: ActionEvidence, where: string): Promise<Json> {
    const { call, root } = input;
    if ('args' in call) return call.args;
    const told = asked.get(`${call.head} ${call.callId}`)?.args;
    const stored = await this.stored(root, call, where);
    if (stored !== undefined && told !== undefined && !isWhatWasTold(stored, told)) {
      this.findings.mismatch(
        where,
        'other-arguments',
        'The conversation in the store has other arguments than the history.',
      );
    }
    return told ?? stored ?? null;
  }

  private async stored(
    root: string,
    { head, callId }: { readonly head: string; readonly callId: string },
    where: string,
  ): Promise<Json | undefined> {
    try {
      return await this.options.storedArgs?.(root, head, callId);
    } catch (error) {
      this.findings.objects(where, error);
      return undefined;
    }
  }

  /** Every spent decision must have arrived at this run. */
  private assertCameIn(spent: readonly string[], where: string): void {
    const came = new Set(
      this.all.flatMap(({ decisions }) => decisions.map(({ wire }) => readSignature(wire))),
    );
    if (spent.every((jws) => came.has(jws))) return;
    this.findings.mismatch(where, 'never-came-in', 'A decision was spent that never came in to this run.');
  }

  private claimedBy({ decisions }: Evidence, step: string): string[] {
    return decisions.flatMap(({ ticket }) =>
      ticket && isYes(ticket.option, this.requirements.request(ticket.request), step) ? [ticket.by] : [],
    );
  }
}

function toUnknownEffect(where: string, tool: string): AuditMismatch {
  const message = `Nothing says whether ${tool} can be undone: give --policies with your configuration, or --tools ${tool} if it needs approval.`;
  return { where, why: 'unknown-effect', message };
}

function isYes(option: string, request: RequestSummary | undefined, step: string): boolean {
  return request?.path === step && ['approve', ...(request.yes ?? [])].includes(option);
}

/** The worker passes only those of the model's arguments to a tool that the tool accepts. */
function isWhatWasTold(stored: Json, told: Json): boolean {
  if (!isJsonObject(stored) || !isJsonObject(told)) return canonicalJson(stored) === canonicalJson(told);
  return Object.entries(told).every(
    ([name, value]) => canonicalJson(stored[name] ?? null) === canonicalJson(value),
  );
}
