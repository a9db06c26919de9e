/**
 * Picks the best destination by score, and whether the score is sure enough. Pure: the run and a reader of its history
 * get the same result.
 */

/** The thresholds for a decision. */
export interface Sureness {
  /** Below this score the router does not decide. */
  readonly atLeast: number;
  /** The minimum distance between the best score and the second. */
  readonly margin: number;
}

export interface Nearest {
  readonly to: string;
  readonly confidence: number;
  readonly decided: boolean;
}

/** The best score; undefined if there are no scores. */
export function findNearest(
  scores: Readonly<Record<string, number>>,
  { atLeast, margin }: Sureness,
): Nearest | undefined {
  const [best, second] = Object.entries(scores).toSorted(([, a], [, b]) => b - a);
  if (!best) return undefined;
  const [to, confidence] = best;
  return { to, confidence, decided: confidence >= atLeast && confidence - (second?.[1] ?? 0) >= margin };
}
