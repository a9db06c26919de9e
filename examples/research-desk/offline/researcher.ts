/**
 * The researcher without a provider: it searches, and searches again in other words after a poor result. From
 * the passages it takes the statements that cover the question best, each with its lines.
 */
import type { OfflineAnswer } from '@batonhq/baton/worker';
import { searchDocs } from '../corpus/tool.js';
import { Counted } from '../code/computation.js';
import { Assignment, type Findings, SearchResult } from '../shapes.js';
import { fetchUrl } from '../web/tool.js';
import { CONTEXT } from './counting-plan.js';
import { addressIn, pageFrom, withoutAddresses } from './fetched-page.js';
import { toolResults } from './tool-results.js';
import { stem, terms as stemsOf } from '../text.js';
import { asJson } from './as-json.js';
import { findingsFrom } from './findings.js';
import { type LookUp, lookUpOf } from './look-up.js';
import { ASPECT_WORDS } from './planner.js';
import { readQuestion } from './question.js';

type Request = Parameters<OfflineAnswer>[0];

const PASSAGES = 10;
/** A best passage below this score leads to another search. */
const POOR = 0.5;

export const research: OfflineAnswer = (request) => {
  const assignment = aimedAt(Assignment.parse(request.input));
  const { messages } = request;
  const results = resultsIn(messages);
  const address = addressIn(assignment.question);
  const mayFetch = address !== undefined && request.tools.some(({ name }) => name === fetchUrl.name);
  const plain = mayFetch ? withoutAddress(assignment) : assignment;
  const best = Math.max(0, ...results.flatMap(({ passages }) => passages.map(({ score }) => score)));
  if (results.length === 0)
    return {
      toolCalls: [
        searching(firstQuery(plain)),
        ...(mayFetch ? [{ name: fetchUrl.name, args: { url: address } }] : []),
      ],
    };
  const pages = toolResults(messages, fetchUrl.name).map(pageFrom);
  if (results.length === 1 && best < POOR && pages.length === 0 && toolCalls(messages) === 1) {
    const again = secondQuery(plain, results);
    if (again !== undefined) return { toolCalls: [searching(again)] };
  }
  return { output: asJson(findings(plain, results, pages)) };
};

type Page = ReturnType<typeof pageFrom>;

/** A page that the reader names is the source; the corpus is used only if the page is unavailable. */
function findings(assignment: LookUp, results: readonly SearchResult[], pages: readonly Page[]): Findings {
  const problems = pages.flatMap(({ problem }) => problem ?? []);
  const terms = results.flatMap((result) => result.terms);
  const looked =
    pages.length > problems.length
      ? pages.map(({ found }) => ({ ...found, terms: terms.map((term) => ({ ...term, passages: 1 })) }))
      : results;
  const found = findingsFrom(assignment, looked);
  return {
    ...found,
    gaps: [...problems.map((problem) => `The page was not read: ${problem}`), ...found.gaps],
  };
}

function withoutAddress({ question, subtask }: LookUp): LookUp {
  return {
    question: withoutAddresses(question),
    subtask: { ...subtask, question: withoutAddresses(subtask.question) },
  };
}

function searching(query: string) {
  return { name: searchDocs.name, args: { query, limit: PASSAGES } };
}

/** The context of a count is looked up in the package that came first, once that is known. */
function aimedAt(assignment: Assignment): LookUp {
  const known = lookUpOf(assignment);
  const [first] = assignment.results.flatMap(
    ({ output }) => Counted.safeParse(output).data?.computations ?? [],
  );
  const [term] = known.subtask.keywords;
  if (known.subtask.id !== CONTEXT || term === undefined) return known;
  const [leader] = first?.rows ?? [];
  const question = leader === undefined ? `What is ${term}?` : `What is ${term} in ${leader.name}?`;
  return { question, subtask: { ...known.subtask, question } };
}

/**
 * The subtask's own words, then its keywords. The question keeps the hints at a package ("in zod", "the ws
 * library").
 */
export function firstQuery({ question, subtask }: LookUp): string {
  const aspect = ASPECT_WORDS.get(subtask.id) ?? [];
  if (aspect.length > 0) return `${readQuestion(question)[0]?.text ?? question} ${aspect.join(' ')}`;
  const asked = new Set(stemsOf(subtask.question));
  const extra = subtask.keywords.filter((word) => !stemsOf(word).every((part) => asked.has(part)));
  return [subtask.question.replace(/^What do the documents say about /, 'about '), ...extra].join(' ').trim();
}

/** Without the words that occur nowhere, or the reader's own question if that contains more. */
function secondQuery({ question, subtask }: LookUp, results: readonly SearchResult[]): string | undefined {
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
  return toolResults(messages, searchDocs.name).flatMap(
    (result) => SearchResult.safeParse(result).data ?? [],
  );
}

function toolCalls(messages: Request['messages']): number {
  return messages.reduce(
    (count, message) => count + (message.role === 'assistant' ? (message.toolCalls?.length ?? 0) : 0),
    0,
  );
}
