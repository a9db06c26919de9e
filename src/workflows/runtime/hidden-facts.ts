/**
 * What earlier senders said of a task, on its way past receivers who are not shown it: it never stands in their
 * envelopes, so the run keeps it for whoever has the task after them.
 */
import type { Envelope, SenderSummary } from '../../contracts/handoff/envelope.js';
import type { ContractDefinition } from '../../contracts/definitions/contract.js';
import { countSettled, mergeSettledFacts } from '../../contracts/handoff/settled-facts.js';

/** What a receiver is shown of it, and how many things it is not. */
export interface Shown {
  readonly carried?: SenderSummary;
  readonly withheld?: number;
}

export class HiddenFacts {
  /** By the id of the handoff whose receiver was not shown all of it. */
  private readonly accounts = new Map<string, SenderSummary>();

  /**
   * What the receiver of handoff `id` is shown; `before` is the envelope by which the sender had the task. Without a
   * contract the receiver stands in for somebody, and is shown no more than they were.
   */
  from(before: Envelope | undefined, id: string, contract: ContractDefinition | undefined): Shown {
    if (before === undefined) return {};
    // What was answered since stands in the envelope alone.
    const known = mergeSettledFacts(this.accounts.get(before.id), before.carried);
    const all = mergeSettledFacts(known, before.summary);
    const passed = contract?.context?.carried === 'none' ? undefined : all;
    const carried = contract ? passed : mergeSettledFacts(before.carried, before.summary);
    const shown = carried === undefined ? 0 : countSettled(carried);
    const withheld = countSettled(all) - shown;
    if (withheld > 0) this.accounts.set(id, all);
    return { ...(carried && shown > 0 ? { carried } : {}), ...(withheld > 0 ? { withheld } : {}) };
  }

  /** All that was settled when handoff `id` was made, where its receiver was not shown all of it. */
  of(id: string): SenderSummary | undefined {
    return this.accounts.get(id);
  }

  /** The same, from an execution before. */
  restore(id: string, account: SenderSummary): void {
    this.accounts.set(id, account);
  }
}
