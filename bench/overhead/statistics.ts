/** Medians, their spread, and how sure a ratio of two medians is. Pure. */

export interface Spread {
  readonly median: number;
  /** First and third quartile. */
  readonly quartiles: readonly [number, number];
  readonly n: number;
}

export interface Ratio {
  readonly ratio: number;
  /** The middle 95 % of the ratios of 2,000 resamples of the rounds. */
  readonly interval: readonly [number, number];
}

const RESAMPLES = 2_000;

export function spread(values: readonly number[]): Spread {
  return {
    median: quantile(values, 0.5),
    quartiles: [quantile(values, 0.25), quantile(values, 0.75)],
    n: values.length,
  };
}

/**
 * Median of `over` divided by the median of `under`. Rounds are resampled as pairs: what disturbed the machine in a
 * round disturbed both of its halves. The same values always give the same interval.
 */
export function ratioOfMedians(over: readonly number[], under: readonly number[]): Ratio {
  const random = sequence(0x5eed);
  const ratios = Array.from({ length: RESAMPLES }, () => {
    const rounds = over.map(() => Math.floor(random() * over.length));
    return median(rounds.map((round) => over[round] ?? 0)) / median(rounds.map((round) => under[round] ?? 0));
  });
  return {
    ratio: median(over) / median(under),
    interval: [quantile(ratios, 0.025), quantile(ratios, 0.975)],
  };
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const below = sorted[Math.floor(place)] ?? Number.NaN;
  const above = sorted[Math.ceil(place)] ?? Number.NaN;
  return below + (above - below) * (place - Math.floor(place));
}

/** Numbers in [0, 1) that look random and are the same every time (mulberry32). */
function sequence(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
