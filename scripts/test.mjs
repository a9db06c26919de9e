/**
 * `npm test`: builds, runs the gates, runs vitest, and ends with the line `N passed, N failed`, in which every gate
 * counts as one and every test as one. Exit code 1 if anything failed or nothing ran.
 *
 *   npm test                      everything
 *   npm test -- test/replay       the build and these tests only; further words go to vitest as they are
 *   npm run test:unit             the build and the tests that need no Temporal server
 *   npm run check                 the build and the gates, without vitest
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { GATES } from './gates.mjs';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const count = { passed: 0, failed: 0 };
const failures = [];

const seconds = (since) => `${((Date.now() - since) / 1000).toFixed(1)} s`;

/** Runs a command to its end. With `show`, its output goes to the terminal as it comes. */
function execute(command, args, show) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: ROOT, stdio: show ? 'inherit' : ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout?.on('data', (chunk) => (output += chunk));
    child.stderr?.on('data', (chunk) => (output += chunk));
    child.on('error', (error) => resolve({ code: 1, output: `${output}${error.message}\n` }));
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

function tally(name, problem) {
  if (problem === undefined) count.passed += 1;
  else {
    count.failed += 1;
    failures.push(problem === '' ? name : `${name}: ${problem}`);
  }
}

async function gate({ name, means, run: [command, args] }) {
  const since = Date.now();
  const { code, output } = await execute(command, args, false);
  tally(name, code === 0 ? undefined : '');
  console.log(`${code === 0 ? '✓' : '✗'} ${name}: ${means} (${seconds(since)})`);
  if (code !== 0) console.log(output.trimEnd().replace(/^/gm, '    '));
  return code === 0;
}

/** Each computes and waits for nothing, so that as many run at once as there are cores. */
async function gates() {
  const left = [...GATES];
  const work = async () => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) await gate(next);
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
}

/** What remains of a log is often its end alone: the reason of each failure stands there too, in characters. */
const LONGEST_REASON = 1500;

/** Counts from vitest's own report, and trusts neither the report nor the exit code alone. */
async function vitest(words) {
  const folder = mkdtempSync(join(tmpdir(), 'baton-report-'));
  const report = join(folder, 'report.json');
  const args = ['node_modules/vitest/vitest.mjs', 'run', '--reporter=default', '--reporter=json'];
  try {
    const { code } = await execute(
      process.execPath,
      [...args, `--outputFile.json=${report}`, ...words],
      true,
    );
    const before = count.failed;
    const counted = countTests(report);
    if (code !== 0 && count.failed === before) tally('vitest', `ended with exit code ${code}`);
    else if (counted === 0) tally('vitest', 'no test ran');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function countTests(report) {
  let files;
  try {
    files = JSON.parse(readFileSync(report, 'utf8')).testResults;
  } catch {
    return 0;
  }
  let counted = 0;
  for (const { name, status, message, assertionResults: tests } of files) {
    for (const { fullName, status: outcome, failureMessages: [why = ''] = [] } of tests) {
      if (outcome !== 'passed' && outcome !== 'failed') continue;
      counted += 1;
      tally(fullName, outcome === 'passed' ? undefined : why.slice(0, LONGEST_REASON));
    }
    // A file that does not load has no tests to fail.
    const told = tests.some((test) => test.status === 'failed');
    if (status === 'failed' && !told) tally(name, message || 'failed outside its tests');
  }
  return counted;
}

const words = process.argv.slice(2);
const gatesOnly = words.includes('--gates');
const build = {
  name: 'build',
  means: 'the package compiles into dist/',
  run: [process.execPath, ['scripts/build.mjs']],
};

const since = Date.now();
await gate(build);
if (gatesOnly || words.length === 0) await gates();
if (!gatesOnly) await vitest(words);

for (const failure of failures) console.log(`✗ ${failure}`);
console.log(`\nin ${seconds(since)}`);
console.log(`${count.passed} passed, ${count.failed} failed`);
process.exitCode = count.failed > 0 ? 1 : 0;
