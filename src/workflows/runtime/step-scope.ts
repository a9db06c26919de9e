/**
 * Where in a run a step stands. Paths are made from the code's own structure, never from the order in which things
 * happen to complete, so that a replay or a reset gives every step the same id.
 */
import { AsyncLocalStorage } from '@temporalio/workflow';
import type { TeamDefinition } from '../../contracts/definitions/team.js';
import { joinPath, numberLabel } from '../../contracts/data/step-path.js';
import type { BudgetAccount } from './budget.js';
import { FinishedWork } from './finished-work.js';

interface Scope {
  readonly path: string;
  readonly ordinals: Map<string, number>;
  /** True inside a branch of `parallel`, where control cannot move. */
  readonly branch: boolean;
  /** How many work side by side here, branches of branches included; 1 outside of any. */
  readonly beside: number;
  /** How each agent's last work ended, as far as it is known here. */
  readonly finished: FinishedWork;
  readonly terms: Terms;
}

/** Under what everything here is done. */
export interface Terms {
  /** Whose contracts, policies and recovery hold. */
  readonly team: TeamDefinition | undefined;
  /** Who pays. */
  readonly ledger: BudgetAccount;
}

export class StepScopes {
  private readonly storage = new AsyncLocalStorage<Scope>();
  private readonly top: Scope;

  constructor(path: string, terms: Terms) {
    this.top = { path, ordinals: new Map(), branch: false, beside: 1, finished: new FinishedWork(), terms };
  }

  get path(): string {
    return this.current().path;
  }

  get inBranch(): boolean {
    return this.current().branch;
  }

  /** How many branches work side by side here: each may have its part of what there is. */
  get beside(): number {
    return this.current().beside;
  }

  get finished(): FinishedWork {
    return this.current().finished;
  }

  get terms(): Terms {
    return this.current().terms;
  }

  /** The next path for a step of this label: `researcher-0`, then `researcher-1`, below where the caller stands. */
  next(label: string): string {
    const scope = this.current();
    const ordinal = scope.ordinals.get(label) ?? 0;
    scope.ordinals.set(label, ordinal + 1);
    return joinPath(scope.path, numberLabel(label, ordinal));
  }

  /** Runs `body` as the step at `path`: what it does is numbered from zero below it. `of` makes it one of so many branches. */
  within<T>(path: string, body: () => Promise<T>, of?: number): Promise<T> {
    const above = this.current();
    const scope: Scope = {
      path,
      ordinals: new Map(),
      branch: above.branch || of !== undefined,
      beside: above.beside * (of ?? 1),
      finished: of === undefined ? above.finished : above.finished.branch(path),
      terms: above.terms,
    };
    return this.storage.run(scope, body);
  }

  /** Runs `body` here, under these terms. */
  under<T>(terms: Terms, body: () => Promise<T>): Promise<T> {
    return this.storage.run({ ...this.current(), terms }, body);
  }

  /** The same function, which finds itself here also where a handler calls it. */
  bound<Args extends unknown[], T>(body: (...args: Args) => T): (...args: Args) => T {
    const scope = this.current();
    return (...args) => this.storage.run(scope, () => body(...args));
  }

  private current(): Scope {
    return this.storage.getStore() ?? this.top;
  }
}
