/** The results as a document. */
import { measured, type Measured, type Observed } from './measure.js';
import type { StrategyName } from './strategy.js';

export interface AtWindow extends Measured {
  readonly window: number;
  /** Tokens of the largest request, the definitions of its tools included. */
  readonly largestRequest: number;
}

export interface AtDepth extends Pick<Measured, 'kept' | 'redone' | 'contradicted' | 'askedAgain'> {
  /** How many handoffs lie between. */
  readonly depth: number;
  /** How many items were needed at this depth. */
  readonly needs: number;
}

export interface StrategyReport extends Measured {
  readonly toolTokensPerHandoff: number;
  readonly byWindow: readonly AtWindow[];
  readonly byDepth: readonly AtDepth[];
}

export interface Target {
  readonly measured: number;
  readonly wanted: string;
  readonly met: boolean;
}

export interface Report {
  readonly v: 1;
  readonly strategies: Readonly<Record<StrategyName, StrategyReport>>;
  /** How many were played. */
  readonly scenarios: number;
  readonly handoffs: number;
  /** Things that came up. */
  readonly items: number;
  /** Times that one of them was needed by a later agent. */
  readonly needs: number;
  /** The one-string summary, made shorter and longer. */
  readonly naiveLengths: readonly (Pick<Measured, 'extracted' | 'kept' | 'tokensPerHandoff'> & {
    readonly share: number;
  })[];
  readonly targets: Readonly<Record<'kept' | 'tokens', Target>>;
  readonly setup: {
    /** The writer of the summaries. */
    readonly sender: string;
    readonly countedBy: string;
    readonly seconds: number;
    readonly node: string;
  };
}

export function strategyReport({ needs, handoffs }: Observed): StrategyReport {
  const windows = distinct(needs.map(({ window }) => window));
  const depths = distinct(needs.map(({ depth }) => depth));
  return {
    ...measured({ needs, handoffs }),
    toolTokensPerHandoff: handoffs.reduce((sum, { toolTokens }) => sum + toolTokens, 0) / handoffs.length,
    byWindow: windows.map((window) => {
      const there = handoffs.filter((handoff) => handoff.window === window);
      return {
        window,
        ...measured({ needs: needs.filter((need) => need.window === window), handoffs: there }),
        largestRequest: Math.max(...there.map(({ tokens, toolTokens }) => tokens + toolTokens)),
      };
    }),
    byDepth: depths.map((depth) => {
      const there = needs.filter((need) => need.depth === depth);
      const { kept, redone, contradicted, askedAgain } = measured({ needs: there, handoffs });
      return { depth, needs: there.length, kept, redone, contradicted, askedAgain };
    }),
  };
}

/** Baton's targets: all that was named arrives, at every depth and in every window, for about the tokens of a string. */
export function targetsOf(baton: StrategyReport, naive: StrategyReport): Report['targets'] {
  const worst = Math.min(...[...baton.byWindow, ...baton.byDepth].map(({ kept }) => kept));
  const tokens = Math.max(
    ...[baton, ...baton.byWindow].map(({ tokensPerHandoff }, index) => {
      const other = [naive, ...naive.byWindow][index];
      return tokensPerHandoff / (other?.tokensPerHandoff ?? 0);
    }),
  );
  return {
    kept: { measured: worst, wanted: '1 at every depth and window', met: worst === 1 },
    tokens: { measured: tokens, wanted: "≤ 1.3 × the naive summary's, in every window", met: tokens <= 1.3 },
  };
}

/** The names of the targets that were not reached. */
export function missedTargets({ targets }: Pick<Report, 'targets'>): string[] {
  return Object.entries(targets).flatMap(([name, { met }]) => (met ? [] : [name]));
}

function distinct(values: readonly number[]): number[] {
  return [...new Set(values)].toSorted((a, b) => a - b);
}
