/** What a run is made with, and what it is told. */
import type { RootRun } from '../../contracts/proof/claims.js';
import type { RequestSummary } from '../../contracts/requests/approval.js';
import type { RequestOrigin } from '../../contracts/requests/origin.js';
import type { RunHome } from '../../contracts/wire/run-home.js';
import type { TeamDefinition } from '../../contracts/definitions/team.js';
import type { Continuation } from './continuation.js';
import type { BudgetAccount } from './budget.js';

/** Tells a run what waits in a workflow that is part of it. */
export type Mirror = (pending: readonly RequestSummary[]) => Promise<void>;

export interface RunOptions {
  readonly team: TeamDefinition | undefined;
  readonly maxSteps: number;
  /** What it may use; default: as much as it likes. */
  readonly ledger?: BudgetAccount;
  /** Given when this workflow is part of another's run. */
  readonly partOf?: {
    readonly root: string;
    readonly rootRun: RootRun;
    readonly home: RunHome | undefined;
    readonly path: string;
    /** The run's workflow type; absent where an older worker began it. */
    readonly workflow: string | undefined;
    /** Its name: a child agent's workflow does not know what it declares. */
    readonly team: string | undefined;
    /** Tells the root what waits here. */
    readonly mirror: Mirror;
  };
  readonly owner: string;
  /** Where its task comes from: of the run that it is part of, or of the execution before. */
  readonly origin?: RequestOrigin | undefined;
  /** The execution before, where this one goes on with the run. */
  readonly continues?: Pick<Continuation, 'home' | 'round' | 'used'>;
}
