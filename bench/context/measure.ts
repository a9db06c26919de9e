/** Counts which items each receiver got or lost, and makes shares of the counts. */
import { presentAmong } from './judge.js';
import type { Item, Kind, Scenario } from './scenario.js';
import type { Delivery } from './strategy.js';

/** One item that one receiver needed. */
export interface Need {
  readonly kind: Kind;
  readonly window: number;
  /** How many handoffs after it came up: 1 for the next agent. */
  readonly depth: number;
  /** Whether the sender in whose conversation it came up named it. */
  readonly named: boolean;
  /** Whether it stood in the request that the receiver's model was sent. */
  readonly present: boolean;
}

export interface Handoff {
  readonly window: number;
  readonly hops: number;
  readonly tokens: number;
  readonly toolTokens: number;
}

export interface Observed {
  readonly needs: readonly Need[];
  readonly handoffs: readonly Handoff[];
}

/** A receiver needs all that came up before it. */
export function observe(scenario: Scenario, deliveries: readonly Delivery[]): Observed {
  const { items, window, hops } = scenario;
  const named = new Set<Item>();
  const needs: Need[] = [];
  for (const { receiver, request, named: words } of deliveries) {
    const own = items.filter(({ origin }) => origin === receiver - 1);
    for (const item of presentAmong(own, words)) named.add(item);
    const needed = items.filter(({ origin }) => origin < receiver);
    const there = presentAmong(needed, request);
    for (const item of needed) {
      needs.push({
        kind: item.kind,
        window,
        depth: receiver - item.origin,
        named: named.has(item),
        present: there.has(item),
      });
    }
  }
  return {
    needs,
    handoffs: deliveries.map(({ tokens, toolTokens }) => ({ window, hops, tokens, toolTokens })),
  };
}

/** The results of a strategy, as shares from 0 to 1. */
export interface Measured {
  /** Of what came up, what its own sender named. */
  readonly extracted: number;
  /** Of what was named, what stood in the request of a later receiver; each receiver counts. */
  readonly kept: number;
  /** Of the work that a receiver needed, what it had to do again. */
  readonly redone: number;
  readonly contradicted: number;
  readonly askedAgain: number;
  readonly tokensPerHandoff: number;
}

export function measured({ needs, handoffs }: Observed): Measured {
  const lacking = (kind: Kind): number => {
    const of = needs.filter((need) => need.kind === kind);
    return share(
      of.filter(({ present }) => !present),
      of,
    );
  };
  const first = needs.filter(({ depth }) => depth === 1);
  const named = needs.filter((need) => need.named);
  return {
    extracted: share(
      first.filter((need) => need.named),
      first,
    ),
    // Of nothing, nothing was lost.
    kept:
      named.length === 0
        ? 1
        : share(
            named.filter(({ present }) => present),
            named,
          ),
    redone: lacking('work'),
    contradicted: lacking('decision'),
    askedAgain: lacking('answer'),
    tokensPerHandoff: handoffs.reduce((sum, { tokens }) => sum + tokens, 0) / handoffs.length,
  };
}

function share(part: readonly unknown[], whole: readonly unknown[]): number {
  return whole.length === 0 ? 0 : part.length / whole.length;
}
