/**
 * The researcher without a provider: searches, searches again in other words when little came of it, and takes from
 * the passages the statements that cover the question best, each with the lines on which it stands.
 */
import type { OfflineAnswer } from '@batonhq/baton/worker';
import { Assignment, type Finding, type Findings, searchDocs, SearchResult } from '../team.js';
import { stem, terms as stemsOf, tokenize } from '../text.js';
import { asJson } from './as-json.js';
import { ASPECT_WORDS } from './planner.js';
import { type Intent, readQuestion } from './question.js';
import { type CoreTerm, coreTerms, fitness, relevanceOf } from './relevance.js';
import { type Passage, type Statement, statementsOf } from './statements.js';

type Request = Parameters<OfflineAnswer>[0];

const PASSAGES = 10;
const MAX_FINDINGS = 6;
/** A best passage below this is worth another search. */
const POOR = 0.5;
/** A statement that covers less of the question does not answer it; down to the lower bound it is at least near. */
const ANSWERS = 0.55;
const NEAR = 0.4;
/** From this score on a finding answers; below, it comes near. Lead and writer go by it. */
export const SURE = 0.36;
/** What a statement can reach at most, nearly: scores end at 1 without many ties there. */
const FULL = 1.15;

export const research: OfflineAnswer = (request) => {
  const assignment = Assignment.parse(request.input);
  const results = resultsIn(request.messages);
  const best = Math.max(0, ...results.flatMap(({ passages }) => passages.map(({ score }) => score)));
  if (results.length === 0) return search(firstQuery(assignment));
  if (results.length === 1 && best < POOR && toolCalls(request.messages) === 1) {
    const again = secondQuery(assignment, results);
    if (again !== undefined) return search(again);
  }
  return { output: asJson(findingsFrom(assignment, results)) };
};

function search(query: string) {
  return { toolCalls: [{ name: 'search_docs', args: { query, limit: PASSAGES } }] };
}

/** The subtask's own words, then its keywords: the question keeps the hints at a package ("in zod", "the ws library"). */
export function firstQuery({ question, subtask }: Assignment): string {
  const aspect = ASPECT_WORDS.get(subtask.id) ?? [];
  if (aspect.length > 0) return `${readQuestion(question)[0]?.text ?? question} ${aspect.join(' ')}`;
  const asked = new Set(stemsOf(subtask.question));
  const extra = subtask.keywords.filter((word) => !stemsOf(word).every((part) => asked.has(part)));
  return [subtask.question.replace(/^What do the documents say about /, 'about '), ...extra].join(' ').trim();
}

/** Without the words that stand nowhere, or with the reader's own question when that says more. */
function secondQuery(
  { question, subtask }: Assignment,
  results: readonly SearchResult[],
): string | undefined {
  const unknown = new Set(
    results.flatMap(({ terms }) =>
      terms.filter(({ passages }) => passages === 0).map(({ term }) => stem(term)),
    ),
  );
  const words = [...new Set([...subtask.keywords, ...question.split(/[\s?,;:!]+/)])].filter((word) =>
    stemsOf(word).some((part) => !unknown.has(part)),
  );
  return words.length === 0 ? undefined : words.join(' ');
}

function resultsIn(messages: Request['messages']): SearchResult[] {
  return messages.flatMap((message) => {
    if (message.role !== 'tool' || message.name !== searchDocs.name || !message.ok) return [];
    const parsed = SearchResult.safeParse(parseJson(message.content));
    return parsed.success ? [parsed.data] : [];
  });
}

function toolCalls(messages: Request['messages']): number {
  return messages.reduce(
    (count, message) => count + (message.role === 'assistant' ? (message.toolCalls?.length ?? 0) : 0),
    0,
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

interface Scored {
  readonly finding: Finding;
  /** Whether it covers enough of the question to answer it; else it only comes near. */
  readonly answers: boolean;
  readonly score: number;
}

export function findingsFrom(assignment: Assignment, results: readonly SearchResult[]): Findings {
  const { subtask } = assignment;
  const aspect = ASPECT_WORDS.get(subtask.id);
  const core = coreTerms(coreText(assignment), results);
  const intent = intentOf(assignment);
  const packages = [...new Set(results.flatMap((result) => result.packages))];
  const scored = distinctPassages(results)
    .flatMap((passage) =>
      statementsOf(passage).map((statement) => score(statement, passage, core, intent, packages, aspect)),
    )
    .filter((one): one is Scored => one !== undefined)
    .sort((a, b) => b.score - a.score);
  const answers = scored.filter((one) => one.answers);
  const chosen = withoutOverlap(answers.length > 0 || aspect ? answers : scored.slice(0, 3));
  return {
    subtask: subtask.id,
    findings: chosen.slice(0, MAX_FINDINGS).map(({ finding }) => finding),
    gaps: gapsOf(assignment, core, answers),
  };
}

/** Parts of a question have forms of their own; whatever else is looked up serves the reader's form. */
function intentOf({ question, subtask }: Assignment): Intent {
  if (/-sides?$/.test(subtask.id)) return 'compare';
  return readQuestion(subtask.id.startsWith('part-') ? subtask.question : question)[0]?.intent ?? 'open';
}

/** An aspect is judged by the reader's own words; its own only single out the statements that speak of it. */
function coreText({ question, subtask }: Assignment): string {
  return ASPECT_WORDS.has(subtask.id)
    ? question
    : subtask.question.replace(/^What do the documents say about /, '');
}

function score(
  statement: Statement,
  passage: Passage,
  core: readonly CoreTerm[],
  intent: Intent,
  packages: readonly string[],
  aspect: readonly string[] | undefined,
): Scored | undefined {
  const { coverage, matched, inText } = relevanceOf(statement, passage, core, packages);
  const needed = Math.min(2, core.filter(({ partOf }) => partOf === undefined).length);
  const answers = coverage >= ANSWERS && matched >= needed;
  if (inText === 0 || (!answers && (coverage < NEAR || aspect !== undefined || mostlyUnknown(core))))
    return undefined;
  if (packages.length > 0 && !packages.includes(passage.package ?? '') && !names(statement, packages))
    return undefined;
  if (aspect !== undefined && !speaksOf(statement, aspect)) return undefined;
  const fit = fitness(statement, passage, intent, core) - (aspect === undefined ? 0 : 0.05);
  const value = (0.62 * coverage + 0.3 * passage.score + fit) / FULL;
  const shown = answers ? Math.max(value, SURE) : Math.min(value, SURE - 0.01);
  return { finding: toFinding(statement, passage, shown), answers, score: shown };
}

/** Where a question names a package, what stands in another one counts only if it speaks of that package. */
function names({ text }: Statement, packages: readonly string[]): boolean {
  const spelled = new Set(tokenize(text));
  return packages.some((name) => tokenize(name).every((part) => spelled.has(part)));
}

/** Where the words that matter stand nowhere, what shares the others is not even near. */
function mostlyUnknown(core: readonly CoreTerm[]): boolean {
  const total = core.reduce((sum, { weight }) => sum + weight, 0);
  return core.reduce((sum, { weight, unknown }) => sum + (unknown ? weight : 0), 0) > 0.34 * total;
}

function speaksOf({ text }: Statement, words: readonly string[]): boolean {
  const stems = new Set(stemsOf(text));
  return words.some((word) => stems.has(stem(word)));
}

function toFinding(
  { text, code, language, startLine, endLine }: Statement,
  passage: Passage,
  value: number,
): Finding {
  const topic = [passage.package ?? '', passage.heading].filter((part) => part !== '').join(' › ');
  return {
    claim: text,
    ...(code === undefined ? {} : { code }),
    ...(language === undefined ? {} : { language }),
    ...(topic === '' ? {} : { topic }),
    citation: { file: passage.file, startLine, endLine },
    score: Math.round(Math.min(1, Math.max(0, value)) * 1000) / 1000,
  };
}

function distinctPassages(results: readonly SearchResult[]): Passage[] {
  const found = new Map<string, Passage>();
  for (const passage of results.flatMap(({ passages }) => passages)) {
    const key = `${passage.file}:${passage.startLine}`;
    if ((found.get(key)?.score ?? -1) < passage.score) found.set(key, passage);
  }
  return [...found.values()];
}

function withoutOverlap(scored: readonly Scored[]): Scored[] {
  const kept: Scored[] = [];
  for (const one of scored)
    if (!kept.some((other) => overlaps(one.finding.citation, other.finding.citation))) kept.push(one);
  return kept;
}

export function overlaps(a: Finding['citation'], b: Finding['citation']): boolean {
  return a.file === b.file && a.startLine <= b.endLine && b.startLine <= a.endLine;
}

/** What the subtask asks and nothing answers; with the words of it that no document contains. */
function gapsOf(assignment: Assignment, core: readonly CoreTerm[], answers: readonly Scored[]): string[] {
  const { subtask } = assignment;
  const unknown = core
    .filter(({ unknown: nowhere, base }) => nowhere && base === 1)
    .map(({ word }) => `“${asWritten(word, assignment.question)}”`);
  if (answers.length > 0) return [];
  if (unknown.length === 0) return [subtask.question];
  return [
    `${subtask.question} (${unknown.join(', ')} ${unknown.length === 1 ? 'stands' : 'stand'} nowhere in the documents.)`,
  ];
}

function asWritten(word: string, question: string): string {
  const at = question.toLowerCase().indexOf(word);
  return at < 0 ? word : question.slice(at, at + word.length);
}
