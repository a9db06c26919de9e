/**
 * The researcher without a provider: searches, searches again in other words when little came of it, and takes from
 * the passages the statements that cover the question best, each with the lines on which it stands.
 */
import type { OfflineAnswer } from '@batonhq/baton/worker';
import { Assignment, searchDocs, SearchResult } from '../team.js';
import { stem, terms as stemsOf } from '../text.js';
import { asJson } from './as-json.js';
import { findingsFrom } from './findings.js';
import { ASPECT_WORDS } from './planner.js';
import { readQuestion } from './question.js';

type Request = Parameters<OfflineAnswer>[0];

const PASSAGES = 10;
/** A best passage below this is worth another search. */
const POOR = 0.5;

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
