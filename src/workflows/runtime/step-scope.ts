/**
 * The place of a step in a run. Paths come from the code's structure, never from the order of completion, so that a replay
 * or a reset gives every step the same id.
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
  /** How many branches work in parallel here, including nested branches; 1 outside of any. */
  readonly beside: number;
  /** How each agent's last work ended, as far as it is known here. */
  readonly finished: FinishedWork;
  readonly terms: Terms;
}

/** The terms that apply to everything here. */
export interface Terms {
  /** The team whose contracts, policies and recovery apply. */
  readonly team: TeamDefinition | undefined;
  /** The budget account that is charged. */
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

  /** How many branches work in parallel here: each may use its share. */
  get beside(): number {
    return this.current().beside;
  }

  get finished(): FinishedWork {
    return this.current().finished;
  }

  get terms(): Terms {
    return this.current().terms;
  }

  /** The next path for a step with this label, below the caller's path: `researcher-0`, then `researcher-1`. */
  next(label: string): string {
    const scope = this.current();
    const ordinal = scope.ordinals.get(label) ?? 0;
    scope.ordinals.set(label, ordinal + 1);
    return joinPath(scope.path, numberLabel(label, ordinal));
  }

  /** Runs `body` as the step at `path`: its steps are numbered from zero below it. `of` marks it as one of so many branches. */
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

  /** The same function, bound to this place, also when a handler calls it. */
  bound<Args extends unknown[], T>(body: (...args: Args) => T): (...args: Args) => T {
    const scope = this.current();
    return (...args) => this.storage.run(scope, () => body(...args));
  }

  private current(): Scope {
    return this.storage.getStore() ?? this.top;
  }
}
