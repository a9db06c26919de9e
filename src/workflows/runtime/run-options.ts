/** The options of a run, and what it reports to. */
import type { RootRun } from '../../contracts/proof/claims.js';
import type { RequestSummary } from '../../contracts/requests/approval.js';
import type { RequestOrigin } from '../../contracts/requests/origin.js';
import type { RunHome } from '../../contracts/wire/run-home.js';
import type { TeamDefinition } from '../../contracts/definitions/team.js';
import type { Continuation } from './continuation.js';
import type { BudgetAccount } from './budget.js';

/** Reports the pending requests of a workflow to the run that it is part of. */
export type Mirror = (pending: readonly RequestSummary[]) => Promise<void>;

export interface RunOptions {
  readonly team: TeamDefinition | undefined;
  readonly maxSteps: number;
  /** Its budget account; default: unlimited. */
  readonly ledger?: BudgetAccount;
  /** Set when this workflow is part of another's run. */
  readonly partOf?: {
    readonly root: string;
    readonly rootRun: RootRun;
    readonly home: RunHome | undefined;
    readonly path: string;
    /** The run's workflow type; absent when an older worker started it. */
    readonly workflow: string | undefined;
    /** The team's name: a child agent's workflow does not know the team's declarations. */
    readonly team: string | undefined;
    /** Reports pending requests to the root. */
    readonly mirror: Mirror;
  };
  readonly owner: string;
  /** Where its task comes from: the origin of the run that it is part of, or of the previous execution. */
  readonly origin?: RequestOrigin | undefined;
  /** The previous execution, when this one continues the run. */
  readonly continues?: Pick<Continuation, 'home' | 'round' | 'used'>;
}
