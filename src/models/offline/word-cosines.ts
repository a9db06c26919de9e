/** How close a text is to others by the words they share: cosine of term counts weighted by rarity (TF-IDF). */
import { countTerms } from './bm25.js';
import { listTerms } from './words.js';

/** A score from 0 to 1 for each candidate, in their order; 0 where no word is shared. */
export function computeWordCosines(text: string, candidates: readonly string[]): number[] {
  const counted = candidates.map((candidate) => countTerms(listTerms(candidate)));
  const wanted = countTerms(listTerms(text));
  const terms = [...new Set([wanted, ...counted].flatMap((counts) => [...counts.keys()]))];
  const weights = terms.map((term) => {
    const holders = counted.filter((counts) => counts.has(term)).length;
    return Math.log(1 + candidates.length / (0.5 + holders));
  });
  const toVector = (counts: ReadonlyMap<string, number>): number[] =>
    terms.map((term, index) => (counts.get(term) ?? 0) * (weights[index] ?? 0));
  return counted.map((counts) => computeCosine(toVector(wanted), toVector(counts)));
}

/** From 0 to 1. Nothing, or what is too large to be reckoned with, is near to nothing. */
export function computeCosine(a: readonly number[], b: readonly number[]): number {
  const dot = a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);
  const found = dot / (Math.hypot(...a) * Math.hypot(...b));
  return Number.isFinite(found) ? Math.max(0, found) : 0;
}
