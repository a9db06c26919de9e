/** The data that the desk's members exchange. Every field has a description, because models, CLI and inbox show it. */
import { Subtask as PlannedSubtask } from '@batonhq/baton';
import { z } from 'zod';
import { Counted } from './code/computation.js';

export { PlannedSubtask };

export const Question = z.object({
  question: z.string().min(3).describe("The reader's question, in their own words."),
});
export type Question = z.infer<typeof Question>;

/** The kind of worker for a subtask: it looks something up, counts with a program, or writes up results. */
export const KINDS = ['research', 'code', 'writing'] as const;

export const Subtask = PlannedSubtask.extend({
  id: z.string().min(1).max(64).describe('Short and unique within the plan, e.g. "retry-policy".'),
  kind: z
    .enum(KINDS)
    .describe(
      'research: look it up in the documents. code: count or rank over all documents by a program. writing: set out the results of other subtasks in a section.',
    ),
  task: z
    .string()
    .min(1)
    .describe('One question or order, complete in itself, naming the package or subject it is about.'),
  keywords: z
    .array(z.string())
    .optional()
    .describe('For research: words that an answer is likely to contain, names, identifiers, terms.'),
});
export type Subtask = z.infer<typeof Subtask>;

export const Plan = z.object({
  subtasks: z
    .array(Subtask)
    .min(1)
    .max(6)
    .describe('The most important first; dependencies decide the order.'),
  rationale: z
    .string()
    .describe('How the question was understood and why it was divided this way, in one or two sentences.'),
});
export type Plan = z.infer<typeof Plan>;

/** The input of every worker. */
export const Assignment = z.object({
  goal: z.string().describe("The reader's question, for orientation."),
  subtask: PlannedSubtask.extend({ keywords: Subtask.shape.keywords }).describe('The part that is yours.'),
  results: z
    .array(
      z.object({
        id: z.string().describe('The subtask that brought it.'),
        task: z.string().describe('Its task.'),
        output: z.json().describe('Its result.'),
      }),
    )
    .describe('The results that the part depends on; often none.'),
});
export type Assignment = z.infer<typeof Assignment>;

export const CitationRange = z.object({
  file: z.string().describe('The file as the search tool named it.'),
  startLine: z.number().int().describe('The first line, counted from 1.'),
  endLine: z.number().int().describe('The last line, included.'),
});
export type CitationRange = z.infer<typeof CitationRange>;

export const Finding = z.object({
  claim: z.string().describe('The content of the cited lines, in one to three sentences.'),
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
    .describe('The findings, the most relevant first; empty when the documents say nothing.'),
  gaps: z.array(z.string()).describe('The parts of the subtask that the documents do not answer.'),
});
export type Findings = z.infer<typeof Findings>;

export const Section = z.object({
  subtask: z.string().describe('The id of the subtask.'),
  title: z.string().describe('The subject of the section, in a few words.'),
  text: z
    .string()
    .describe(
      'The section in Markdown, without its title; each statement ends with the mark of its finding.',
    ),
  gaps: z.array(z.string()).describe('The parts of the task for which the results give nothing.'),
});
export type Section = z.infer<typeof Section>;

export const Evidence = z.object({
  goal: z.string().describe("The reader's question."),
  results: z
    .array(
      z.object({
        id: z.string().describe('The subtask.'),
        kind: z.string().describe('research: findings. code: counts. writing: a section.'),
        task: z.string().describe('Its task.'),
        output: z.json().describe('Its result.'),
      }),
    )
    .describe("The workers' results, one for each subtask that was done."),
  missing: z
    .array(
      z.object({
        id: z.string().describe('The subtask.'),
        task: z.string().describe('Its task.'),
        why: z.string().describe('Why it was not done.'),
      }),
    )
    .describe('The subtasks that were not done, and why.'),
});
export type Evidence = z.infer<typeof Evidence>;

export const Objection = z.object({
  claim: z.string().describe('The statement as it stands in the draft.'),
  mark: z.string().describe('Its mark; empty without one.'),
  why: z.string().describe('Why it is not supported.'),
  evidence: z.string().nullable().describe('The text behind the mark; null when the place is empty.'),
});
export type Objection = z.infer<typeof Objection>;

export const Brief = z.object({
  question: z.string().describe("The reader's question."),
  findings: z
    .array(Finding)
    .describe('The findings to write from, weighed, without repetition, the most important first.'),
  counts: z
    .array(Counted.shape.computations.element.pick({ id: true, claim: true, says: true }))
    .describe('Numbers that were counted by a program; the mark of each is [count:id].'),
  sections: z
    .array(Section.pick({ title: true, text: true }))
    .describe('Sections that are written already, with their marks.'),
  assessment: z
    .string()
    .describe('The conclusion from all findings, its limits, and where the findings disagree.'),
  missing: z.array(z.string()).describe('The parts of the question that no finding answers.'),
  revision: z
    .object({
      draft: z.string().describe('The answer that was sent back.'),
      objections: z.array(Objection).describe('The statements that the reviewer does not let pass.'),
    })
    .optional()
    .describe('Present when the reviewer sent your answer back.'),
});
export type Brief = z.infer<typeof Brief>;

/** The review reads the answer as a whole, with its citations, and a tool's result has a size limit in a run. */
const LONGEST_ANSWER = 12_000;

export const Report = z.object({
  answer: z
    .string()
    .max(LONGEST_ANSWER)
    .describe('The answer in Markdown; each statement ends with its mark, [file:start-end] or [count:id].'),
  citations: z.array(CitationRange).describe('Every range that a mark names, in the order of the marks.'),
  missing: z
    .array(z.string())
    .describe('The parts that the documents do not answer; empty when nothing is missing.'),
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
    .describe('How many passages have each word of the query, and its weight.'),
  packages: z.array(z.string()).describe('The packages that the query was understood to name.'),
});
export type SearchResult = z.infer<typeof SearchResult>;

export const CheckedCitation = CitationRange.extend({
  text: z.string().describe('The text of those lines in the file, read again.'),
});
