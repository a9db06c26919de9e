/** Turns passages into findings: the statements that answer a subtask, best first, and the open questions. */
import { mayAskForCount, uncountable } from '../code/uncountable.js';
import type { Finding, Findings, SearchResult } from '../shapes.js';
import type { LookUp } from './look-up.js';
import { type Aim, aimOf, type Score, scoreOf } from './scoring.js';
import { type Passage, type Statement, statementsOf } from './statements.js';

const MAX_FINDINGS = 6;

interface Scored extends Score {
  readonly finding: Finding;
}

export function findingsFrom(assignment: LookUp, results: readonly SearchResult[]): Findings {
  const { subtask } = assignment;
  const aim = aimOf(assignment, results);
  const scored = distinctPassages(results)
    .flatMap((passage) =>
      statementsOf(passage).flatMap((statement): Scored[] => {
        const score = scoreOf(statement, passage, aim);
        return score === undefined ? [] : [{ ...score, finding: toFinding(statement, passage, score.value) }];
      }),
    )
    .sort((a, b) => b.value - a.value);
  const answers = scored.filter((one) => one.answers);
  const chosen = withoutOverlap(answers.length > 0 || aim.aspect ? answers : scored.slice(0, 2));
  return {
    subtask: subtask.id,
    findings: chosen.slice(0, MAX_FINDINGS).map(({ finding }) => finding),
    gaps: gapsOf(assignment, aim, answers, scored),
  };
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

/** The unanswered questions of a subtask, with its words and names that no finding mentions. */
function gapsOf(
  assignment: LookUp,
  aim: Aim,
  answers: readonly Scored[],
  scored: readonly Scored[],
): string[] {
  if (answers.length > 0) return [];
  const { question, subtask } = assignment;
  if (mayAskForCount(subtask.question)) return [uncountable(subtask.question)];
  const unknown = aim.core
    .filter(({ unknown: nowhere, base }) => nowhere && base === 1)
    .map(({ word }) => asWritten(word, question));
  if (unknown.length > 0) {
    const stands = unknown.length === 1 ? 'stands' : 'stand';
    return [`${subtask.question} (${listed(unknown)} ${stands} nowhere in the documents.)`];
  }
  if (scored.length > 0 || aim.names.length === 0) return [subtask.question];
  return [`${subtask.question} (Nothing on this speaks of ${listed(aim.names.map(({ word }) => word))}.)`];
}

function listed(words: readonly string[]): string {
  return words.map((word) => `“${word}”`).join(', ');
}

function asWritten(word: string, question: string): string {
  const at = question.toLowerCase().indexOf(word);
  return at < 0 ? word : question.slice(at, at + word.length);
}
