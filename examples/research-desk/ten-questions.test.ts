/**
 * The packages of this project, indexed once: the ten questions of docs/research-desk.md, asked again, and others. `BATON_RECORD=1 npx vitest run
 * examples/research-desk/ten-questions.test.ts` writes the page's answers afresh.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SearchIndex } from './corpus/search-index.js';
import { expectHonest } from './fixtures/expect-honest.js';
import { type DeskRun, runOffline } from './fixtures/run-offline.js';
import { type AskedQuestion, tenQuestions } from './fixtures/ten-questions.js';
import { citationsIn } from './review/claims.js';
import { type TemporaryCorpus, temporaryCorpus } from './fixtures/temporary-corpus.js';

const PAGE = new URL('../../docs/research-desk.md', import.meta.url);
const BEGIN = '<!-- answers -->';
const END = '<!-- end of answers -->';
const LONGEST = 1_300;

let index: SearchIndex;
let corpus: TemporaryCorpus;
const runs = new Map<string, DeskRun>();

beforeAll(async () => {
  corpus = await temporaryCorpus();
  index = await SearchIndex.open({ root: path.resolve('node_modules'), cacheFolder: corpus.cacheFolder });
  await index.refresh();
  for (const { question } of tenQuestions) runs.set(question, await runOffline(index, question));
  if (process.env['BATON_RECORD'] !== undefined) writePage();
}, 300_000);
afterAll(async () => {
  index.close();
  await corpus.remove();
});

function runOf({ question }: AskedQuestion): DeskRun {
  const run = runs.get(question);
  if (run === undefined) throw new Error(`Not asked: ${question}`);
  return run;
}

describe('ten questions', () => {
  test.each(tenQuestions.map((asked) => [asked.question, asked] as const))('%s', (_, asked) => {
    const { answer, citations, refused, plan, brief } = runOf(asked);
    for (const fact of asked.says) expect(answer).toMatch(fact);
    expect(refused).toEqual([]);
    if (asked.cites !== undefined) expect(citations[0]?.file).toContain(asked.cites);
    if (asked.counts !== undefined) {
      expect(plan.subtasks.map(({ kind }) => kind)).toContain('code');
      expect(answer).toMatch(
        new RegExp(`Counted by the program "${asked.counts}" over \\d+ files\\. \\[count:count\\]`),
      );
    }
    expect(brief.missing.length > 0).toBe(!asked.found);
    expect(citations.length === 0 && asked.counts === undefined).toBe(!asked.found);
  });

  test('the page shows each of them with an answer that says the same', () => {
    const sections = answersOnPage().split(/^### /m).slice(1);
    expect(sections).toHaveLength(tenQuestions.length);
    for (const [at, { question, says }] of tenQuestions.entries()) {
      expect(sections[at]).toContain(question);
      for (const fact of says) expect(sections[at]).toMatch(fact);
    }
  });
});

describe('offline desk over the packages of this project', () => {
  test.each([
    ['What does z.strictObject do?', 'ZodObject<util.Writeable<T>, core.$strict>', 'zod/'],
    ['What is the difference between z.strictObject and z.looseObject?', 'Only `looseObject` has', 'zod/'],
    ['What is the difference between z.record and z.map?', 'Only `map` has', 'zod/'],
    ['How do I read a cookie in hono?', 'getCookie', 'hono/'],
    ['How do I retry a failed activity with a delay in Temporal?', 'nextRetryDelay', '@temporalio/'],
    ['What is the difference between safeParse and parse in zod?', '.safeParse()', 'zod/README.md'],
    ['How does commander handle unknown options?', 'allowUnknownOption', 'commander/'],
    ['Which SQLite pragma can I set with libsql?', 'foreign_keys', '@libsql/'],
    ['How do I abort a request in the openai client?', 'AbortSignal', 'openai/'],
    ['How do I send an attachment with nodemailer?', 'attachments', 'nodemailer/'],
    ['How many times does the openai client retry by default?', '2 times', 'openai/'],
    ['What does continueAsNew do?', 'Continues-As-New', '@temporalio/workflow'],
    ['How can I mock a module in vitest?', 'Mocks every import', 'vitest/'],
    ['How can I canonicalize JSON?', 'RFC8785', 'canonicalize/'],
    ['How do I prompt for a confirmation with clack?', 'import { confirm }', '@clack/prompts'],
    ['How do I use vi.useFakeTimers?', 'useFakeTimers', 'vitest/'],
    ['How do I define a required argument in commander?', 'argument', 'commander/'],
    ['What is picocolors?', 'ANSI colors', 'picocolors/'],
    ['How does zod report errors for nested objects?', 'ZodError', 'zod/README.md'],
    ['What happens when validation fails in zod?', 'ZodError', 'zod/README.md'],
    ['How many activities can a Temporal worker run at once?', 'maxConcurrentActivity', '@temporalio/worker'],
    ['Was ist ein Heartbeat bei Temporal?', 'heartbeat', '@temporalio/'],
    ['Wie lang ist der voreingestellte Timeout einer Anfrage mit openai?', '10 minutes', 'openai/'],
  ])('answers %j with %j', async (question, expected, where) => {
    const run = await runOffline(index, question);
    await expectHonest(run);
    expect(run.answer).toContain(expected);
    expect(citationsIn(run.answer)[0]?.file).toContain(where);
  });

  test.each([
    'What is the capital of France?',
    'How do I bake sourdough bread?',
    'What does handlebars-helpers do?',
    'How do I roll back a migration with Prisma?',
    'Does express have a built-in rate limiter?',
    'How does pino.final work?',
  ])('says that it does not know when asked %j', async (question) => {
    const run = await runOffline(index, question);
    expect(run.citations).toEqual([]);
    expect(run.answer).toContain('do not answer this question');
  });
});

function answersOnPage(): string {
  const page = readFileSync(PAGE, 'utf8');
  return page.slice(page.indexOf(BEGIN) + BEGIN.length, page.indexOf(END));
}

function writePage(): void {
  const sections = tenQuestions.map((asked, at) => {
    const { plan, answer } = runOf(asked);
    const parts = plan.subtasks.map(({ id, kind }) => `${id} (${kind})`).join(', ');
    return `### ${at + 1}. ${asked.kind}\n\n**${asked.question}** Plan: ${parts}.\n\n\`\`\`text\n${shortened(answer)}\n\`\`\`\n`;
  });
  const page = readFileSync(PAGE, 'utf8');
  const before = page.slice(0, page.indexOf(BEGIN) + BEGIN.length);
  writeFileSync(PAGE, `${before}\n\n${sections.join('\n')}\n${page.slice(page.indexOf(END))}`);
}

/** Without examples, and by whole paragraphs, so that no statement loses its second half. */
function shortened(answer: string): string {
  const plain = answer.replaceAll(/^([ \t]*)```.*\n[\s\S]*?^[ \t]*```$/gm, '$1(an example)');
  const paragraphs = plain.split('\n\n').flatMap((paragraph) => paragraph.split(/\n(?=- )/));
  const kept: string[] = [];
  for (const paragraph of paragraphs) {
    if (kept.length > 0 && kept.join('').length + paragraph.length > LONGEST)
      return `${withoutLastTitle(kept).join('\n\n')}\n\n…`;
    kept.push(paragraph);
  }
  return kept.join('\n\n');
}

function withoutLastTitle(paragraphs: readonly string[]): readonly string[] {
  return /^\*\*[^*]+\*\*$/.test(paragraphs.at(-1) ?? '') ? paragraphs.slice(0, -1) : paragraphs;
}
