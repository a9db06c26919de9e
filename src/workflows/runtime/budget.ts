/**
 * Budget accounts: who may use how much, and what is used. Every task has an account below the account of its giver. Its
 * usage counts against all accounts above it, so a task never has more than its giver has left. Pure: the caller passes the
 * clock.
 */
import type { BudgetLeft, Loan } from '../../contracts/handoff/loan.js';
import { DEFAULT_DEPTH, type Budget } from '../../contracts/handoff/budget.js';
import { toMilliseconds } from '../../contracts/data/duration.js';
import type { UsageReport } from '../../contracts/story/usage.js';
import { EVERYBODY, createExceededError, createOutOfTimeError } from './budget-errors.js';

const SPENT = ['turns', 'tokens', 'cost'] as const;
type Spent = (typeof SPENT)[number];

/** The usage of a step. */
export type Spending = { readonly [K in Spent]?: number };

/** A limit and who set it, for the error message. */
interface Limit {
  readonly limit: number;
  readonly whose: string;
}

/** How often the task may still be handed off. */
interface Depth extends Limit {
  readonly left: number;
}

export type Until = NonNullable<Loan['until']>;

interface Standing {
  readonly parent?: BudgetAccount;
  readonly limits?: { readonly [K in Spent]?: Limit };
  readonly used?: Spending;
  readonly depth?: Depth | undefined;
  readonly until?: Until | undefined;
}

export class BudgetAccount {
  private readonly parent: BudgetAccount | undefined;
  private readonly limits: NonNullable<Standing['limits']>;
  /** Not spent but passed down: each task of a run may be handed off as often as the run says. */
  private readonly depth: Depth | undefined;
  private readonly until: Until | undefined;
  /** The usage, including amounts that are reserved for active child agents. */
  private readonly gone: Record<Spent, number>;

  private constructor({ parent, limits = {}, used = {}, depth, until }: Standing) {
    this.parent = parent;
    this.limits = limits;
    this.depth = depth;
    this.until = until;
    this.gone = { turns: 0, tokens: 0, cost: 0, ...used };
  }

  /** The account of a run; `now` in milliseconds since the epoch, here and below. */
  static ofRun(budget: Budget = {}, now: number): BudgetAccount {
    const whose = 'the run';
    return new BudgetAccount({
      limits: toLimits(budget, whose),
      depth: toDepth(budget, whose),
      until: toUntil(budget, whose, now),
    });
  }

  /** The account of a child agent, made from its loan. */
  static ofLoan({ depth, until, ...counted }: Loan): BudgetAccount {
    const used = Object.fromEntries(SPENT.map((what) => [what, counted[what]?.used ?? 0]));
    return new BudgetAccount({
      limits: counted,
      used,
      depth: depth && { ...depth, left: depth.limit - depth.used },
      until,
    });
  }

  /** The account of a part of this work: its tasks may each be handed off as often as both limits allow. */
  part(budget: Budget, whose: string, now: number): BudgetAccount {
    return this.below(budget, whose, now, findTighter(this.depth, toDepth(budget, whose)));
  }

  /** The account of a task that the owner of this account gives. */
  task(budget: Budget = {}, whose: string, now: number): BudgetAccount {
    const own = toDepth(budget, whose);
    return this.below(budget, whose, now, findTighter(this.depth, own) ?? EVERY_TASK);
  }

  /**
   * The account of the receiver of a handoff.
   *
   * @throws {BatonError} `BUDGET_EXCEEDED` when the task may not be handed off again.
   */
  handedOn(budget: Budget = {}, whose: string, now: number): BudgetAccount {
    const { depth } = this;
    if (depth && depth.left < 1) throw createExceededError('depth', { ...depth, used: depth.limit });
    const less = depth && { ...depth, left: depth.left - 1 };
    return this.below(budget, whose, now, findTighter(less, toDepth(budget, whose)));
  }

  /** Counts usage, here and in all accounts above. */
  spend(spending: Spending): void {
    for (const what of SPENT) this.gone[what] += spending[what] ?? 0;
    this.parent?.spend(spending);
  }

  /**
   * Checks that another model call may start. The call that reaches a limit still counts; no call starts after it.
   *
   * @throws {BatonError} `BUDGET_EXCEEDED`, naming the budget, its limit, the usage and its owner.
   */
  assertRoom(now: number): void {
    for (const what of SPENT) {
      const tightest = this.tightest(what);
      if (tightest && tightest.used >= tightest.limit) throw createExceededError(what, tightest);
    }
    const until = this.deadline();
    if (until && now >= until.at) throw createOutOfTimeError(until);
  }

  /** Whether costs are limited here, so that a model without a price may not be asked. */
  get boundsCost(): boolean {
    return this.tightest('cost') !== undefined;
  }

  /** When the time is up, and who set the limit; undefined without a limit. */
  deadline(): Until | undefined {
    const above = this.parent?.deadline();
    if (above === undefined || this.until === undefined) return this.until ?? above;
    return this.until.at <= above.at ? this.until : above;
  }

  /** The remaining budget, as it travels with the task. */
  getLeft(): BudgetLeft {
    const until = this.deadline();
    const counted = SPENT.flatMap((what) => {
      const tightest = this.tightest(what);
      return tightest ? [[what, Math.max(0, tightest.limit - tightest.used)] as const] : [];
    });
    return {
      ...(this.depth ? { depth: this.depth.left } : {}),
      ...Object.fromEntries(counted),
      ...(until ? { until: new Date(until.at).toISOString() } : {}),
    };
  }

  /**
   * Lends a child agent its budget until it settles: all that is left, or an equal share if others work in parallel.
   * `settle` returns what it did not use.
   */
  lend(parts = 1): { readonly loan: Loan; readonly settle: (used: Spending) => void } {
    const counted = SPENT.flatMap((what) => {
      const tightest = this.tightest(what);
      if (!tightest) return [];
      const share = Math.ceil(Math.max(0, tightest.limit - tightest.used) / parts);
      return [{ what, tightest, share }];
    });
    const lent: Spending = Object.fromEntries(counted.map((each) => [each.what, each.share]));
    this.spend(lent);
    const { depth } = this;
    const until = this.deadline();
    const limits = counted.map((each) => [each.what, findLoan(each.tightest, each.share)] as const);
    return {
      loan: {
        ...(depth
          ? { depth: { limit: depth.limit, used: depth.limit - depth.left, whose: depth.whose } }
          : {}),
        ...Object.fromEntries(limits),
        ...(until ? { until } : {}),
      },
      settle: (used) => {
        const back = SPENT.map((what) => [what, (used[what] ?? 0) - (lent[what] ?? 0)] as const);
        this.spend(Object.fromEntries(back));
      },
    };
  }

  private below(budget: Budget, whose: string, now: number, depth: Depth | undefined): BudgetAccount {
    return new BudgetAccount({
      parent: this,
      limits: toLimits(budget, whose),
      depth,
      until: toUntil(budget, whose, now),
    });
  }

  /** The limit with the least left, of this account and those above. */
  private tightest(what: Spent): (Limit & { readonly used: number }) | undefined {
    const above = this.parent?.tightest(what);
    const limit = this.limits[what];
    if (limit === undefined) return above;
    const own = { limit: limit.limit, whose: limit.whose, used: this.gone[what] };
    return above && above.limit - above.used <= own.limit - own.used ? above : own;
  }
}

const EVERY_TASK: Depth = { limit: DEFAULT_DEPTH, left: DEFAULT_DEPTH, whose: EVERYBODY };

function toLimits(budget: Budget, whose: string): NonNullable<Standing['limits']> {
  const set = SPENT.flatMap((what) => {
    const limit = budget[what];
    return limit === undefined ? [] : [[what, { limit, whose }] as const];
  });
  return Object.fromEntries(set);
}

function toDepth({ depth: limit }: Budget, whose: string): Depth | undefined {
  return limit === undefined ? undefined : { limit, left: limit, whose };
}

function toUntil({ wallTime }: Budget, whose: string, now: number): Until | undefined {
  const limit = wallTime === undefined ? undefined : toMilliseconds(wallTime);
  return limit === undefined ? undefined : { at: now + limit, limit, whose };
}

function findTighter(a: Depth | undefined, b: Depth | undefined): Depth | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return b.left < a.left ? b : a;
}

function findLoan({ limit, used, whose }: Limit & { readonly used: number }, lent: number) {
  return used + lent >= limit
    ? { limit, used, whose }
    : { limit: lent, used: 0, whose: `its share of ${whose}` };
}

/** The usage as spending of budgets. */
export function toSpending({ counts, costs = [] }: UsageReport): Spending {
  return {
    turns: counts.modelCalls,
    tokens: counts.inputTokens + counts.outputTokens,
    cost: costs.reduce((sum, { amount }) => sum + amount, 0),
  };
}
