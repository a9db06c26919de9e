/**
 * Settled facts that a receiver may not see, kept for later receivers. They are never in the envelopes of the receivers
 * that may not see them, so the run keeps them.
 */
import type { Envelope, SenderSummary } from '../../contracts/handoff/envelope.js';
import type { ContractDefinition } from '../../contracts/definitions/contract.js';
import { countSettled, mergeSettledFacts } from '../../contracts/handoff/settled-facts.js';

/** The facts that a receiver sees, and how many are hidden. */
export interface Shown {
  readonly carried?: SenderSummary;
  readonly withheld?: number;
}

export class HiddenFacts {
  /** By the id of the handoff whose receiver does not see all of it. */
  private readonly accounts = new Map<string, SenderSummary>();

  /**
   * The facts that the receiver of handoff `id` sees; `before` is the envelope that gave the sender the task. Without a
   * contract the receiver replaces another participant, and sees no more than that one did.
   */
  from(before: Envelope | undefined, id: string, contract: ContractDefinition | undefined): Shown {
    if (before === undefined) return {};
    // Only the envelope has the answers since then.
    const known = mergeSettledFacts(this.accounts.get(before.id), before.carried);
    const all = mergeSettledFacts(known, before.summary);
    const passed = contract?.context?.carried === 'none' ? undefined : all;
    const carried = contract ? passed : mergeSettledFacts(before.carried, before.summary);
    const shown = carried === undefined ? 0 : countSettled(carried);
    const withheld = countSettled(all) - shown;
    if (withheld > 0) this.accounts.set(id, all);
    return { ...(carried && shown > 0 ? { carried } : {}), ...(withheld > 0 ? { withheld } : {}) };
  }

  /** All facts that were settled when handoff `id` was made, if its receiver did not see all of them. */
  of(id: string): SenderSummary | undefined {
    return this.accounts.get(id);
  }

  /** Restores the facts of handoff `id` from an earlier execution. */
  restore(id: string, account: SenderSummary): void {
    this.accounts.set(id, account);
  }
}
