/**
 * Orders the passages that match a query. With BM25 alone, one rare word can win. Here a passage's score is
 * the share of the question that it covers, weighted by rarity, and higher if it covers it in one place. A
 * score is between 0 and 1 and comparable across corpora: near 1 all of the question occurs together, below
 * 0.3 little of it.
 */
import { singular, stem, STOP_WORDS, terms as stemsOf, tokenize } from '../text.js';
import type { PackageMention } from './package-mentions.js';
import type { WeightedTerm } from './term-weights.js';

export interface Candidate {
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
  readonly package: string;
  readonly heading: string;
  readonly name: string;
  readonly text: string;
  readonly weight: number;
  /** Positive, larger is better. */
  readonly bm25: number;
}

export interface Ranked extends Candidate {
  readonly score: number;
}

const WINDOW_STEMS = 32;
const SYNONYM_VALUE = 0.5;

export function rankCandidates(
  candidates: readonly Candidate[],
  terms: readonly WeightedTerm[],
  mentions: readonly PackageMention[],
): Ranked[] {
  const best = Math.max(...candidates.map(({ bm25 }) => bm25), 1e-9);
  return candidates
    .map((candidate) => ({ ...candidate, score: scoreOf(candidate, terms, mentions, candidate.bm25 / best) }))
    .sort((a, b) => b.score - a.score || a.path.localeCompare(b.path) || a.startLine - b.startLine);
}

function scoreOf(
  candidate: Candidate,
  terms: readonly WeightedTerm[],
  mentions: readonly PackageMention[],
  bm25: number,
): number {
  const mention = mentions.find((one) => one.package === candidate.package);
  const naming = new Set(mention?.words ?? []);
  const title = new Set(stemsOf(`${candidate.heading} ${ownName(candidate)}`));
  const body = stemsOf(candidate.text);
  const total = terms.reduce((sum, { weight }) => sum + weight, 0);
  if (total === 0) return 0;
  const within = new Set(body);
  const share = (value: (term: WeightedTerm) => number): number =>
    terms.reduce((sum, term) => sum + term.weight * value(term), 0) / total;
  const covered = share((term) =>
    naming.has(term.word) ? 1 : Math.max(found(term, within), 0.9 * found(term, title)),
  );
  const together = bestWindow(body, terms, naming, title) / total;
  const titled = share((term) => found(term, title));
  const raw =
    0.45 * covered +
    0.33 * together +
    0.1 * titled +
    0.12 * bm25 * covered +
    (isNamed(candidate, terms) ? 0.06 : 0);
  return round(raw * candidate.weight * packageFactor(candidate, mentions));
}

/** Folder and file, without the words of the package's name, which say nothing about one of its files. */
function ownName(candidate: Candidate): string {
  const owned = new Set(tokenize(candidate.package));
  return tokenize(candidate.name)
    .filter((word) => !owned.has(word))
    .join(' ');
}

/**
 * Whether the innermost title consists of words of the question. Then the passage is about them and does not
 * only contain them.
 */
function isNamed({ heading }: Candidate, terms: readonly WeightedTerm[]): boolean {
  const title = tokenize(heading.split(' › ').at(-1) ?? '').filter((word) => !STOP_WORDS.has(word));
  return (
    title.length > 0 &&
    title.length <= 6 &&
    title.every((word) => terms.some((term) => singular(term.word) === singular(word)))
  );
}

function found(term: WeightedTerm, stems: ReadonlySet<string>): number {
  if (stems.has(term.stem) || term.forms.some((form) => stems.has(stem(form)))) return 1;
  return term.synonyms.some((synonym) => stems.has(stem(synonym))) ? SYNONYM_VALUE : 0;
}

/** The most that a stretch of about two sentences covers; words in the title or package name count partly. */
function bestWindow(
  body: readonly string[],
  terms: readonly WeightedTerm[],
  naming: ReadonlySet<string>,
  title: ReadonlySet<string>,
): number {
  let given = 0;
  const values = new Map<string, { term: number; value: number }>();
  for (const [at, term] of terms.entries()) {
    if (naming.has(term.word)) {
      given += term.weight;
      continue;
    }
    const floor = found(term, title) * 0.6;
    given += floor * term.weight;
    for (const synonym of term.synonyms) {
      values.set(stem(synonym), { term: at, value: term.weight * Math.max(0, SYNONYM_VALUE - floor) });
    }
    for (const form of term.forms) values.set(stem(form), { term: at, value: term.weight * (1 - floor) });
    values.set(term.stem, { term: at, value: term.weight * (1 - floor) });
  }
  const hits = body.flatMap((word, place) => {
    const hit = values.get(word);
    return hit === undefined ? [] : [{ ...hit, place }];
  });
  let best = 0;
  for (const [first, { place }] of hits.entries()) {
    const inside = new Map<number, number>();
    for (let at = first; at < hits.length && (hits[at]?.place ?? 0) - place < WINDOW_STEMS; at++) {
      const hit = hits[at];
      if (hit) inside.set(hit.term, Math.max(inside.get(hit.term) ?? 0, hit.value));
    }
    best = Math.max(
      best,
      [...inside.values()].reduce((sum, value) => sum + value, 0),
    );
  }
  return given + best;
}

/** If a question names a package, others count less. The surer the package is meant, the less they count. */
function packageFactor(candidate: Candidate, mentions: readonly PackageMention[]): number {
  const strongest = mentions[0];
  if (strongest === undefined || candidate.package === '') return 1;
  const mention = mentions.find((one) => one.package === candidate.package);
  if (mention !== undefined && mention.strength >= strongest.strength * 0.9) {
    // "Temporal client" names all packages of a scope, and one of them twice.
    const most = Math.max(
      ...mentions.filter((one) => one.strength >= strongest.strength * 0.9).map((one) => one.words.length),
    );
    return mention.words.length >= most ? 1 : 0.96;
  }
  return 1 - 0.6 * strongest.strength;
}

function round(score: number): number {
  return Math.round(Math.min(1, score) * 1000) / 1000;
}

/** The best `limit` passages, without near copies, and with only a few from one place of one file. */
export function diversify(ranked: readonly Ranked[], limit: number): Ranked[] {
  const chosen: Ranked[] = [];
  const texts = new Set<string>();
  const open = [...ranked];
  while (chosen.length < limit && open.length > 0) {
    let best = 0;
    let bestScore = -1;
    for (const [at, candidate] of open.entries()) {
      const score = candidate.score * repetition(candidate, chosen);
      if (score > bestScore) [best, bestScore] = [at, score];
      if (candidate.score < bestScore) break;
    }
    const [next] = open.splice(best, 1);
    if (next === undefined) break;
    const text = next.text.replace(/\s+/g, ' ').slice(0, 300);
    if (texts.has(text)) continue;
    texts.add(text);
    chosen.push(next);
  }
  return chosen;
}

function repetition(candidate: Candidate, chosen: readonly Candidate[]): number {
  const sameFile = chosen.filter(({ path }) => path === candidate.path);
  const near = sameFile.filter((one) => Math.abs(one.startLine - candidate.startLine) < 30).length;
  return 0.96 ** sameFile.length * 0.88 ** near;
}
