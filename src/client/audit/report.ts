/** What an audit finds. */

export interface AuditedDecision {
  readonly at: string;
  readonly workflowId: string;
  readonly request: string;
  readonly option: string;
  readonly by: string;
  readonly identity: 'signed' | 'gateway' | 'claimed';
  readonly kid?: string;
  readonly gateway?: string;
  readonly reason?: string;
}

export interface AuditedAction {
  readonly at: string;
  readonly workflowId: string;
  readonly step: string;
  readonly tool: string;
  /** What the worker said of it; `open` where it has not said anything yet. */
  readonly outcome: 'done' | 'failed' | 'unproven' | 'unknown-outcome' | 'open';
  /** Who let it happen. */
  readonly approvedBy: readonly string[];
}

/** Something that does not fit together. */
export interface AuditMismatch {
  readonly where: string;
  /** A short word, e.g. `forged`, `quorum`, `no-proof`. */
  readonly why: string;
  readonly message: string;
}

export interface AuditReport {
  readonly v: 1;
  readonly run: string;
  /** `proven`: by keys that the auditor trusts. `consistent`: all fits together, and nobody is proven. */
  readonly verdict: 'proven' | 'consistent' | 'mismatch';
  /** Who asked for the run, where that is proven. */
  readonly requester?: string;
  readonly histories: number;
  readonly decisions: readonly AuditedDecision[];
  /** Those that somebody had to let happen. */
  readonly actions: readonly AuditedAction[];
  readonly mismatches: readonly AuditMismatch[];
}
