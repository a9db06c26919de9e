/**
 * Shortens a text by choosing sentences from it, like SumBasic (Nenkova and Vanderwende 2005). It always
 * chooses the sentence with the most frequent words next, and then halves the weight of these words. It
 * understands nothing and invents nothing.
 */
import { sentences } from './sentences.js';
import { listTerms } from './words.js';

/** Only the newest sentences are considered, because each choice weighs all of them again. */
const MOST_SENTENCES = 1_000;

/** The cost of a text, in the unit of the available room. */
export type Cost = (text: string) => number;

interface Candidate {
  readonly text: string;
  readonly index: number;
  readonly terms: readonly string[];
}

/**
 * Chooses sentences of the paragraphs while there is room, and returns them in their original order. It
 * chooses the first sentence before all others, because the rest refers to it.
 */
export function condense(paragraphs: readonly string[], room: number, cost: Cost): string {
  const candidates = listCandidates(paragraphs);
  const weights = countRepetitions(candidates);
  const chosen: Candidate[] = [];
  let left = room;
  let open = candidates;
  while (open.length > 0) {
    const next = open[0]?.index === 0 ? open[0] : findHeaviest(open, weights);
    open = open.filter((candidate) => candidate !== next);
    const price = cost(`${next.text}\n`);
    if (price > left) continue;
    if (chosen.some(({ terms: said }) => next.terms.every((term) => said.includes(term)))) continue;
    chosen.push(next);
    left -= price;
    for (const term of next.terms) weights.set(term, (weights.get(term) ?? 0) / 2);
  }
  return chosen
    .toSorted((a, b) => a.index - b.index)
    .map(({ text }) => text)
    .join('\n');
}

function listCandidates(paragraphs: readonly string[]): Candidate[] {
  const all = paragraphs
    .flatMap((text) => sentences(text))
    .filter(({ kind }) => kind !== 'heading')
    .map(({ text }, index) => ({ text, index, terms: [...new Set(listTerms(text))] }));
  return [...all.slice(0, 1), ...all.slice(1).slice(-MOST_SENTENCES)];
}

/** How often each word is repeated. */
function countRepetitions(candidates: readonly Candidate[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const term of candidates.flatMap((candidate) => candidate.terms))
    counts.set(term, (counts.get(term) ?? -1) + 1);
  return counts;
}

function findHeaviest(candidates: readonly Candidate[], weights: ReadonlyMap<string, number>): Candidate {
  const weightOf = (candidate: Candidate): number =>
    candidate.terms.reduce((sum, term) => sum + (weights.get(term) ?? 0), 0) /
    Math.max(1, candidate.terms.length);
  return candidates
    .map((candidate) => ({ candidate, weight: weightOf(candidate) }))
    .reduce((best, other) => (other.weight > best.weight ? other : best)).candidate;
}
