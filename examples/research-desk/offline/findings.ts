/** From passages to findings: the statements that answer a subtask, the best first, and what stays open. */
import type { Assignment, Finding, Findings, SearchResult } from '../team.js';
import { stem, terms as stemsOf, tokenize } from '../text.js';
import { fitness } from './fitness.js';
import { ASPECT_WORDS } from './planner.js';
import { type Intent, readQuestion } from './question.js';
import { type CoreTerm, coreTerms, relevanceOf } from './relevance.js';
import { type Passage, type Statement, statementsOf } from './statements.js';

const MAX_FINDINGS = 6;
/** A statement that covers less of the question does not answer it; down to the lower bound it is at least near. */
const ANSWERS = 0.55;
const NEAR = 0.4;
/** From this score on a finding answers; below, it comes near. Lead and writer go by it. */
export const SURE = 0.36;
/** What a statement can reach at most, nearly: scores end at 1 without many ties there. */
const FULL = 1.15;
/** What another package says about the one in question. */
const FOREIGN = 0.75;

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
  const { coverage, matched, inText, first } = relevanceOf(statement, passage, core, packages);
  const needed = Math.min(2, core.filter(({ partOf }) => partOf === undefined).length);
  const counted = intent !== 'fact' || first;
  const answers = coverage >= ANSWERS && matched >= needed && counted;
  const spoken = inText > 0 || speaksByTitle(passage, core);
  if (!spoken || (!answers && (coverage < NEAR || aspect !== undefined || mostlyUnknown(core))))
    return undefined;
  const foreign = packages.length > 0 && !packages.includes(passage.package ?? '');
  if (foreign && !names(statement, packages)) return undefined;
  if (aspect !== undefined && !speaksOf(statement, aspect)) return undefined;
  const fit = fitness(statement, passage, intent, core) - (aspect === undefined ? 0 : 0.05);
  const value = ((0.62 * coverage + 0.3 * passage.score + fit) / FULL) * (foreign ? FOREIGN : 1);
  const shown = answers ? Math.max(value, SURE) : Math.min(value, SURE - 0.01);
  return { finding: toFinding(statement, passage, shown), answers, score: shown };
}

/** Where a question names a package, what stands in another one counts only if it speaks of that package. */
function names({ text }: Statement, packages: readonly string[]): boolean {
  const spelled = new Set(tokenize(text));
  return packages.some((name) => tokenize(name).every((part) => spelled.has(part)));
}

/** A section of prose speaks of what its title names, also in sentences that do not repeat it. */
function speaksByTitle({ file, heading }: Passage, core: readonly CoreTerm[]): boolean {
  if (/\.d\.[mc]?ts$/.test(file)) return false;
  const title = new Set(stemsOf(heading.split(' › ').at(-1) ?? ''));
  return core.some((term) => term.base === 1 && title.has(term.stem));
}

/** Where the words that matter stand nowhere, what shares the others is not even near. */
function mostlyUnknown(core: readonly CoreTerm[]): boolean {
  const total = core.reduce((sum, { weight }) => sum + weight, 0);
  return core.reduce((sum, { weight, unknown }) => sum + (unknown ? weight : 0), 0) > 0.45 * total;
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
