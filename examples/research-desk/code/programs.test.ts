/** Counting questions: which program is chosen, and what it finds in a corpus that changes. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type TemporaryCorpus, temporaryCorpus } from '../fixtures/temporary-corpus.js';
import { runProgramImplementation } from './implementation.js';
import { ProgramOutcome } from './outcome.js';
import { Count } from './program-sources.js';
import { pickProgram } from './programs.js';

let corpus: TemporaryCorpus;

beforeEach(async () => {
  corpus = await temporaryCorpus({
    'package.json': JSON.stringify({ dependencies: { alpha: '1.0.0' } }),
    'node_modules/alpha/README.md':
      '# Alpha\n\nAn AbortSignal, and AbortSignal again.\nAbortSignals are others.\n',
    'node_modules/alpha/index.d.ts':
      '/** Takes an AbortSignal; see timeouts. */\nexport declare const a: AbortSignal;\n',
    'node_modules/beta/README.md': 'The abortsignal is not this.\nA timeout. AbortSignal.\n',
    'node_modules/@scope/gamma/README.md': 'Nothing of it. Timeout, timeouts: TIMEOUT.\n',
  });
});
afterEach(() => corpus.remove());

const tool = runProgramImplementation(() => `${corpus.root}/node_modules`);
const context = {
  idempotencyKey: 'k',
  agent: 'coder',
  signal: new AbortController().signal,
  progress: () => undefined,
};

async function ask(question: string): Promise<Count> {
  const picked = pickProgram(question);
  if (picked === undefined) throw new Error(`No program for ${question}`);
  const ended = ProgramOutcome.parse(await tool.run(picked.args, context));
  if (ended.outcome !== 'ok') throw new Error(JSON.stringify(ended));
  return Count.parse(ended.value);
}

describe('counting questions', () => {
  test.each([
    [
      'Which of my dependencies mention AbortSignal most?',
      4,
      'alpha mentions "AbortSignal" most, with 4 mentions',
    ],
    [
      'Which of my direct dependencies mentions AbortSignal most often?',
      4,
      '1 of 1 direct dependency mention',
    ],
    [
      'Which package mentions AbortSignal the least?',
      1,
      'beta mentions "AbortSignal" least, with 1 mention.',
    ],
    ['which two packages mention timeout most?', 3, '@scope/gamma mentions "timeout" most, with 3 mentions.'],
    ['Which package has the most lines about timeouts?', 1, 'with 1 line each'],
    ['How many packages mention "AbortSignal"?', 2, 'Of 3 packages, 2 mention "AbortSignal": alpha, beta.'],
    ['How many files do not mention AbortSignal?', 1, 'Of 4 files, 1 does not mention "AbortSignal".'],
    ['How many packages do not mention AbortSignal?', 1, '1 does not mention "AbortSignal": @scope/gamma'],
    ['Which packages never mention AbortSignal?', 1, '@scope/gamma'],
    ['Which packages mention AbortSignal?', 2, 'alpha, beta'],
    ['Which of my dependencies support AbortSignal?', 2, 'alpha, beta'],
    ['Which of my dependencies have the most type declarations?', 1, 'alpha (1)'],
    ['How many packages mention klingon?', 0, '0 mention "klingon".'],
    ['Which package mentions klingon most?', 0, 'Of 3 packages none mentions "klingon".'],
    ['Which file of alpha has the most lines about AbortSignal?', 2, 'index.d.ts has the most lines'],
    ['Which file mentions AbortSignal most?', 2, 'alpha/index.d.ts has the most lines'],
    ['In which file of @scope/gamma is the timeout mentioned most?', 1, '@scope/gamma'],
    ['How many files mention timeouts?', 3, 'Of 4 files, 3 mention'],
    ['How often is AbortSignal mentioned in alpha?', 4, 'stands in alpha 4 times, on 3 lines of 2 files'],
    ['How many times is AbortSignal mentioned?', 5, '5 times, on 4 lines of 3 files'],
    ['How many lines of alpha mention AbortSignal?', 3, 'on 3 lines'],
    ['How often does beta mention AbortSignal?', 1, 'stands in beta 1 time,'],
    ['How many mentions of AbortSignal are there in beta?', 1, 'in beta'],
    [
      'Is timeout mentioned more often than AbortSignal?',
      5,
      '"timeout" and "AbortSignal" are even, with 5 mentions each',
    ],
    [
      'Is timeout mentioned more than AbortSignal in alpha?',
      4,
      '"AbortSignal" is mentioned more than "timeout" in alpha: 4 mentions against 1',
    ],
    ['Do more packages mention timeout or AbortSignal?', 3, '3 packages against 2'],
    ['Which package has the most documentation?', 6, 'alpha has the most lines of documents: 6'],
    ['How many packages are there?', 3, 'There are 3 packages with documents: 4 files'],
    ['How many of my direct dependencies are installed?', 1, '1 direct dependency'],
    ['How often is AbortSignal mentioned in delta?', null, 'There is no package "delta"'],
    ['How many of my packages ship type declarations?', 1, 'Of 3 packages with documents, 1 ships type'],
    ['Which of my direct dependencies have typings?', 1, 'alpha (1)'],
    ['How many packages do not have types?', 2, '2 ship no type declarations, among them @scope/gamma, beta'],
    ['How many lines of scope mention timeout?', 1, 'in @scope/gamma'],
  ])('program: answers %j with %j', async (question, number, words) => {
    const count = await ask(question);
    expect(count.answer).toContain(words);
    expect(count.number).toBe(number);
  });

  test('program: its number changes with the corpus', async () => {
    expect(await ask('Which package mentions AbortSignal most?')).toMatchObject({
      number: 4,
      rows: [
        { name: 'alpha', number: 4 },
        { name: 'beta', number: 1 },
      ],
    });
    await corpus.write('node_modules/beta/guide.md', 'AbortSignal '.repeat(7));
    expect(await ask('Which package mentions AbortSignal most?')).toMatchObject({
      number: 8,
      rows: [
        { name: 'beta', number: 8 },
        { name: 'alpha', number: 4 },
      ],
    });
  });

  test('program: a pick has the name, a description and the parameters', () => {
    expect(pickProgram('Which three of my direct dependencies mention "safe parse" most?')).toMatchObject({
      program: 'rank-packages',
      says: 'Ranks the direct dependencies by mentions of "safe parse" in their documents, most first (program "rank-packages")',
      args: { facts: { terms: ['safe parse'] }, data: { top: 3, directOnly: true } },
    });
    expect(pickProgram('How often is the word “retry” mentioned in the zod package?')).toMatchObject({
      says: 'Counts the mentions of "retry", in the package zod (program "count-mentions")',
      args: { facts: { terms: ['retry'], package: 'zod' } },
    });
  });

  test.each([
    'How do I cancel an activity?',
    'How many retries does an activity have?',
    'How many times is an activity retried by default?',
    'How often does the worker send a heartbeat?',
    'How often is a heartbeat used?',
    'What is an AbortSignal?',
    'Which package should I use for retries?',
    'Which packages mention how to stop a worker safely?',
    'Which option of zod is used most?',
    'Is zod faster than ajv?',
    'How many',
    '',
  ])('program: none is picked for %j', (question) => {
    expect(pickProgram(question)).toBeUndefined();
  });

  test('program: code in a question is never executed', async () => {
    const count = await ask('How many packages mention "x"; while (true) {} //"?');
    expect(count).toMatchObject({ number: 0 });
    expect(pickProgram(`How many packages mention ${'x'.repeat(300)}?`)).toBeUndefined();
  });
});
