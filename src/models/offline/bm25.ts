/**
 * Okapi BM25 over a few texts: ranks sentences by their relevance to a query. All numbers come from the given
 * texts, so the same texts and query give the same scores. For a large corpus, use the store's index.
 */
import { computeOverlap, listTerms } from './words.js';

/** A text with its position in the input and its score; higher is more relevant, 0 shares no term. */
export interface Ranked {
  readonly text: string;
  readonly index: number;
  readonly score: number;
}

const K1 = 1.2;
const B = 0.75;

/** The BM25 score of each document (a list of terms) for a query. Repeated query terms count once. */
export function scoreBm25(documents: readonly (readonly string[])[], query: readonly string[]): number[] {
  const averageLength =
    documents.reduce((sum, document) => sum + document.length, 0) / (documents.length || 1);
  const counts = documents.map(countTerms);
  const wanted = [...new Set(query)].map((term) => {
    const holders = counts.filter((count) => count.has(term)).length;
    return { term, weight: Math.log(1 + (documents.length - holders + 0.5) / (holders + 0.5)) };
  });
  return documents.map((document, index) => {
    const lengthNorm = K1 * (1 - B + (B * document.length) / (averageLength || 1));
    return wanted.reduce((score, { term, weight }) => {
      const frequency = counts[index]?.get(term) ?? 0;
      return score + (weight * frequency * (K1 + 1)) / (frequency + lengthNorm);
    }, 0);
  });
}

/** Ranks texts by a query, best first; equal scores keep their order. Texts that share no term are left out. */
export function rank(texts: readonly string[], query: string): Ranked[] {
  const scores = scoreBm25(texts.map(listTerms), listTerms(query));
  return texts
    .map((text, index) => ({ text, index, score: scores[index] ?? 0 }))
    .filter(({ score }) => score > 0)
    .sort((left, right) => right.score - left.score || left.index - right.index);
}

/**
 * Chooses at most `limit` texts that are relevant to a query and do not repeat each other. They keep their
 * original order, because an extract reads best that way.
 */
export function selectRelevant(texts: readonly string[], query: string, limit: number): Ranked[] {
  const chosen: Ranked[] = [];
  for (const candidate of rank(texts, query)) {
    if (chosen.length >= limit) break;
    if (!chosen.some(({ text }) => computeOverlap(candidate.text, text) > 0.8)) chosen.push(candidate);
  }
  return chosen.sort((left, right) => left.index - right.index);
}

/** How often each term occurs. */
export function countTerms(document: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const term of document) counts.set(term, (counts.get(term) ?? 0) + 1);
  return counts;
}

/**
 * The similarity of a text to others by shared words (TF-IDF): a score from 0 to 1 for each candidate, in
 * their order; 0 if no word is shared.
 */
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

/** From 0 to 1. A zero vector, or one with numbers too large to compute with, is similar to nothing. */
export function computeCosine(a: readonly number[], b: readonly number[]): number {
  const dot = a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);
  const found = dot / (Math.hypot(...a) * Math.hypot(...b));
  return Number.isFinite(found) ? Math.max(0, found) : 0;
}
