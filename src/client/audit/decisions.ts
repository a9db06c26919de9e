/** Decisions and their authors, recomputed from the recorded input. A ticket only shows the run's own view. */
import { BatonError } from '../../contracts/errors.js';
import type { AuditedDecision, AuditMismatch } from '../../schemas/documents/audit.js';
import { defined } from '../../contracts/data/defined.js';
import type { ApproverRegistry } from '../../contracts/proof/approver.js';
import { readSignedDecision } from '../../contracts/proof/signed-decision.js';
import type { DecisionEvidence, Evidence } from './evidence.js';

type Told = Omit<AuditedDecision, 'at' | 'workflowId'>;

/** A decision that the run accepted. An invalid one that arrived by signal changed nothing, and is not a mismatch. */
export function auditDecision(
  { workflowId }: Evidence,
  evidence: DecisionEvidence,
  registry: ApproverRegistry | undefined,
  findings: Findings,
): AuditedDecision | undefined {
  const when = { at: new Date(evidence.at).toISOString(), workflowId };
  const signed = readSignature(evidence.wire);
  const told =
    signed === undefined ? readClaim(evidence, findings) : readSigner(signed, evidence, registry, findings);
  return told && { ...when, ...told };
}

/** A history that names no mode proves no decision: anyone with access to the run's queue can write one. */
export function areSigned(
  decisions: readonly AuditedDecision[],
  histories: readonly Pick<Evidence, 'modes'>[],
): boolean {
  const modes = histories.flatMap((history) => history.modes);
  return (
    modes.every(({ mode }) => mode === 'signed') &&
    decisions.every(({ identity }) => identity !== 'claimed') &&
    (modes.length > 0 || decisions.length === 0)
  );
}

function readClaim({ ticket }: DecisionEvidence, findings: Findings): Told | undefined {
  if (ticket === undefined) return undefined;
  const { request, option, by, reason, identity } = ticket;
  if (identity !== 'claimed') {
    const message = `The ticket says that ${by} signed "${option}", and nothing signed came in.`;
    findings.mismatch(request, 'unsigned', message);
  }
  return { request, option, by, identity: 'claimed', ...defined({ reason }) };
}

function readSigner(
  signed: string,
  { at, ticket }: DecisionEvidence,
  registry: ApproverRegistry | undefined,
  findings: Findings,
): Told | undefined {
  if (registry === undefined) return undefined;
  try {
    const { claims, subject: by, kid, gateway } = readSignedDecision({ signed }, registry, at);
    const { request, option, reason } = claims.decision;
    if (ticket && (ticket.by !== by || ticket.option !== option || ticket.request !== request)) {
      const said = `"${ticket.option}" by ${ticket.by}`;
      findings.mismatch(request, 'other-ticket', `${by} signed "${option}"; the run has recorded ${said}.`);
    }
    const through = gateway === undefined ? {} : { gateway };
    const identity = gateway === undefined ? 'signed' : 'gateway';
    return { request, option, by, kid, identity, ...through, ...defined({ reason }) };
  } catch (error) {
    if (ticket) findings.objects(ticket.request, error);
    return undefined;
  }
}

export function readSignature(wire: unknown): string | undefined {
  if (typeof wire !== 'object' || wire === null || !('signed' in wire)) return undefined;
  return typeof wire.signed === 'string' ? wire.signed : undefined;
}

export class Findings {
  readonly mismatches: AuditMismatch[] = [];

  add(...found: readonly AuditMismatch[]): void {
    this.mismatches.push(...found);
  }

  mismatch(where: string, why: string, message: string): void {
    this.mismatches.push({ where, why, message });
  }

  /** The error that a check threw. */
  objects(where: string, error: unknown): void {
    if (!(error instanceof BatonError)) throw error;
    const { why } = error.facts;
    this.mismatch(where, typeof why === 'string' ? why : error.code, error.message);
  }
}
