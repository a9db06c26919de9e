/** Which destination its scores speak for, and whether that is sure enough. Pure: the run and its history judge alike. */

/** From when on a score decides. */
export interface Sureness {
  /** Below this score it has not decided. */
  readonly atLeast: number;
  /** The best must be better than the second by this. */
  readonly margin: number;
}

export interface Nearest {
  readonly to: string;
  readonly confidence: number;
  readonly decided: boolean;
}

/** The best of the scores; undefined where there are none. */
export function findNearest(
  scores: Readonly<Record<string, number>>,
  { atLeast, margin }: Sureness,
): Nearest | undefined {
  const [best, second] = Object.entries(scores).toSorted(([, a], [, b]) => b - a);
  if (!best) return undefined;
  const [to, confidence] = best;
  return { to, confidence, decided: confidence >= atLeast && confidence - (second?.[1] ?? 0) >= margin };
}
