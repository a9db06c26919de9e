/** How close a text is to others by the words they share: cosine of term counts weighted by rarity (TF-IDF). */
import { listTerms } from './words.js';

/** A score from 0 to 1 for each candidate, in their order; 0 where no word is shared. */
export function computeWordCosines(text: string, candidates: readonly string[]): number[] {
  const counted = candidates.map((candidate) => countWords(listTerms(candidate)));
  const wanted = countWords(listTerms(text));
  const weight = (term: string): number => {
    const holders = counted.filter((counts) => counts.has(term)).length;
    return Math.log(1 + candidates.length / (0.5 + holders));
  };
  return counted.map((counts) => computeCosine(wanted, counts, weight));
}

function computeCosine(
  a: ReadonlyMap<string, number>,
  b: ReadonlyMap<string, number>,
  weight: (term: string) => number,
): number {
  let dot = 0;
  for (const [term, times] of a) dot += times * (b.get(term) ?? 0) * weight(term) ** 2;
  const length = computeNorm(a, weight) * computeNorm(b, weight);
  return length === 0 ? 0 : dot / length;
}

function computeNorm(counts: ReadonlyMap<string, number>, weight: (term: string) => number): number {
  return Math.hypot(...[...counts].map(([term, times]) => times * weight(term)));
}

function countWords(words: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}
