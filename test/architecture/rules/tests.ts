/** Forbidden tests: vague ones, skipped ones, and those that depend on time. */
import { at, isCode, isTest, lines, spelled, type Rule } from './rule.js';

const planted = (text: string) => at('test/integration/x.test.ts', `${text}\n`);

const switched = /\b(?:describe|test|it)(?:\.\w+(?:\([^)]*\))?)*\.(?:only|skip|skipIf|runIf|todo|fails)\b/;
const vague = /\b(?:describe|test|it)(?:\.\w+(?:\(.*?\))?)*\(\s*(['"`])(?:(?!\1).)*\bshould\b/;
/** A title on the line after its call, as prettier breaks it. */
const vagueBelow = /^\s*(['"`])(?:(?!\1).)*\bshould\b(?:(?!\1).)*\1,\s*(?:async\s*)?\(/;
/** Calls that wait for time to pass, under any name. Only the fixtures wait, and for conditions. */
const sleeping = new RegExp(
  [
    'new Promise\\b.*\\bset(?:Timeout|Interval)\\(',
    `node:${'timers'}/promises`,
    'await (?:sleep|delay|pause|wait|scheduler\\.wait)\\(',
    'waitForTimeout',
    '\\bAtomics\\.wait\\(',
  ].join('|'),
);
const timed =
  /\b(?:Date|performance)\.now\(\)\s*-|-\s*\w*(?:[bB]egan|[sS]tarted|[bB]egin|[sS]ince|[bB]efore)(?:Ms)?\)\.to|process\.hrtime|\bexpect\((?:elapsed|took|duration)\w*\)/;

export const TEST_RULES: readonly Rule[] = [
  {
    says: 'titles tell what is, without "should"',
    of: isTest,
    find: (files) => [...lines(vague)(files), ...lines(vagueBelow)(files)],
    planted: {
      'a test': planted(spelled("test('run: it sh", "ould end', () => {});")),
      'a block': planted(spelled("describe('what sh", "ould be', () => {});")),
      'a table': planted(spelled("it.each([1, 2])('%s sh", "ould do', () => {});")),
      'a title on its own line': planted(
        spelled("  'run: sh", "ould end when asked',\n", '').trimEnd() + ' async () => {',
      ),
    },
    innocent: planted(spelled("test('names: one that sounds like shouldering is fine', () => {});")),
  },
  {
    says: 'none is left out, and none stands alone',
    of: isTest,
    find: lines(switched),
    planted: {
      'left out': planted(spelled('test.sk', "ip('a', () => {});")),
      alone: planted(spelled('describe.on', "ly('a', () => {});")),
      'left out here and there': planted(spelled('test.skip', "If(linux)('a', () => {});")),
      'for later': planted(spelled('it.to', "do('a');")),
    },
  },
  {
    says: 'none sleeps',
    of: isTest,
    find: lines(sleeping),
    planted: {
      'a timer': planted('await new Promise((resolve) => setTimeout(resolve, 500));'),
      'a timer by promise': planted(`import { setTimeout as delay } from 'node:${'timers'}/promises';`),
      'a named one': planted('await sleep(500);'),
    },
    innocent: planted("await until(() => found('asleep'));"),
  },
  {
    says: 'none asserts how long something took',
    of: isTest,
    find: lines(timed),
    planted: {
      'a difference': planted('expect(Date.now() - began).toBeLessThan(500);'),
      'a kept difference': planted('expect(end - startedMs).toBeLessThan(500);'),
      'a fine clock': planted('const began = process.hrtime.bigint();'),
      'what it took': planted('expect(elapsedMs).toBeLessThan(500);'),
    },
    innocent: planted('expect(Date.parse(deadline)).toBeGreaterThan(Date.now());'),
  },
  {
    says: 'the compiler is not told to look away',
    of: (path) => isCode(path) && !path.startsWith('test/types/'),
    find: lines(new RegExp(['@ts', '(?:ignore|nocheck|expect-error)'].join('-'))),
    planted: {
      ignored: planted(spelled('// @ts-', 'ignore')),
      unchecked: planted(spelled('// @ts-', 'nocheck')),
      expected: planted(spelled('// @ts-', 'expect-error')),
    },
  },
];
