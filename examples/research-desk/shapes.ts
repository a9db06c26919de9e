/** What the members of the desk pass to one another. Every field is described: models, command line and inbox read it. */
import { z } from 'zod';

export const Question = z.object({
  question: z.string().min(3).describe('What the reader wants to know, in their own words.'),
});
export type Question = z.infer<typeof Question>;

export const Subtask = z.object({
  id: z.string().describe('Short and unique within the plan, e.g. "retry-policy".'),
  question: z
    .string()
    .describe('One question that can be answered by itself, naming the package or subject it is about.'),
  keywords: z
    .array(z.string())
    .describe('Words that an answer is likely to contain: names, identifiers, technical terms.'),
});
export type Subtask = z.infer<typeof Subtask>;

export const Plan = z.object({
  subtasks: z
    .array(Subtask)
    .min(1)
    .max(6)
    .describe('Independent parts of the question, the most important first.'),
  rationale: z
    .string()
    .describe('How the question was understood and why it was divided this way, in one or two sentences.'),
});
export type Plan = z.infer<typeof Plan>;

export const Assignment = z.object({
  question: z.string().describe("The reader's question, for orientation."),
  subtask: Subtask.describe('The part that this researcher answers.'),
});
export type Assignment = z.infer<typeof Assignment>;

export const CitationRange = z.object({
  file: z.string().describe('The file as the search tool named it.'),
  startLine: z.number().int().describe('The first line, counted from 1.'),
  endLine: z.number().int().describe('The last line, included.'),
});
export type CitationRange = z.infer<typeof CitationRange>;

export const Finding = z.object({
  claim: z.string().describe('What the cited lines say, in one to three sentences.'),
  code: z
    .string()
    .optional()
    .describe('An example that stands in the cited lines, word for word, without its fence.'),
  language: z.string().optional().describe('The language of the example, as its fence names it.'),
  topic: z.string().optional().describe('Where it stands: the package and the headings above it.'),
  citation: CitationRange.describe('The lines that say it, as few as possible.'),
  score: z.number().optional().describe('How well it answers the question, from 0 to 1.'),
});
export type Finding = z.infer<typeof Finding>;

export const Findings = z.object({
  subtask: z.string().describe('The id of the subtask.'),
  findings: z
    .array(Finding)
    .describe('What was found, the most relevant first; empty when the documents say nothing.'),
  gaps: z.array(z.string()).describe('What the subtask asks and the documents do not answer.'),
});
export type Findings = z.infer<typeof Findings>;

export const Evidence = z.object({
  question: z.string().describe("The reader's question."),
  findings: z.array(Findings).describe('What the researchers brought, one entry for each subtask.'),
});
export type Evidence = z.infer<typeof Evidence>;

export const Brief = z.object({
  question: z.string().describe("The reader's question."),
  findings: z
    .array(Finding)
    .describe('The findings to write from, weighed, without repetition, the most important first.'),
  assessment: z
    .string()
    .describe('What the findings establish together, how far they carry, and where they disagree.'),
  missing: z.array(z.string()).describe('What the reader asked and no finding answers.'),
});
export type Brief = z.infer<typeof Brief>;

export const Report = z.object({
  answer: z.string().describe('The answer in Markdown; each statement ends with its mark, [file:start-end].'),
  citations: z.array(CitationRange).describe('Every range that a mark names, in the order of the marks.'),
  missing: z.array(z.string()).describe('What the documents do not answer; empty when nothing is missing.'),
});
export type Report = z.infer<typeof Report>;

export const Passage = CitationRange.extend({
  score: z.number().describe('0 to 1: the share of the query that the passage covers, close together.'),
  heading: z.string().describe('The titles above the passage.'),
  package: z.string().optional().describe('The package that the file belongs to.'),
  text: z.string().describe('The lines of the file, word for word.'),
});

export const SearchResult = z.object({
  passages: z.array(Passage).describe('The best passages, the best first.'),
  terms: z
    .array(
      z.object({
        term: z.string().describe('A word of the query.'),
        passages: z.number().int().describe('How many passages of the corpus hold it; 0: it stands nowhere.'),
        weight: z.number().describe('How much it counts: rare words count more.'),
      }),
    )
    .describe('What became of each word of the query.'),
  packages: z.array(z.string()).describe('The packages that the query was understood to name.'),
});
export type SearchResult = z.infer<typeof SearchResult>;

export const CheckedCitation = CitationRange.extend({
  text: z.string().describe('What stands in the file at those lines, read again.'),
});
