/**
 * The published package: it is packed and installed in an empty folder outside the repository, where the installed
 * command runs the first minute of the README.
 */
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { read } from '../architecture/source.js';
import { clientIn, testAddress, until, waitingIn } from '../fixtures/harness.js';
import { ownNamespace, pack, plainEnvironment, type Packed } from '../fixtures/packed.js';
import { documentProblems } from '../fixtures/published.js';

const run = promisify(execFile);

const scratch = mkdtempSync(join(tmpdir(), 'baton-pack-'));
const folder = join(scratch, 'empty');
let namespace: string;
let packed: Packed;

const environment = (): NodeJS.ProcessEnv =>
  plainEnvironment({ TEMPORAL_ADDRESS: testAddress(), TEMPORAL_NAMESPACE: namespace });

const npx = process.platform === 'win32' ? 'npx.cmd' : 'npx';

async function baton(...args: string[]): Promise<unknown> {
  const { stdout } = await run(npx, ['baton', ...args, '--json'], { cwd: folder, env: environment() });
  expect(documentProblems(args, stdout)).toEqual([]);
  return JSON.parse(stdout);
}

function start(args: readonly string[]): {
  child: ChildProcess;
  output: () => string;
  stdout: () => string;
  ended: Promise<number>;
} {
  // A separate process group, so that the processes of npx end with it.
  const child = spawn(npx, ['baton', ...args], { cwd: folder, env: environment(), detached: true });
  children.push(child);
  let all = '';
  let out = '';
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString();
    all += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    all += chunk.toString();
  });
  const ended = new Promise<number>((resolve) => child.on('close', (code) => resolve(code ?? -1)));
  return { child, output: () => all, stdout: () => out, ended };
}

const children: ChildProcess[] = [];

function end(child: ChildProcess, signal: NodeJS.Signals): void {
  const over = child.exitCode !== null || child.signalCode !== null;
  if (!over && child.pid !== undefined) process.kill(-child.pid, signal);
}

/** The first TypeScript block of the README that is a file of this name. */
function fileOfReadme(name: string): string {
  const block = new RegExp(`^\`\`\`ts\\n(// ${name.replace('.', '\\.')}\\b[\\s\\S]*?)^\`\`\`$`, 'm').exec(
    read('README.md'),
  );
  if (block?.[1] === undefined) throw new Error(`README.md has no block that begins with "// ${name}".`);
  return block[1];
}

beforeAll(async () => {
  mkdirSync(folder);
  packed = await pack(scratch);
  namespace = await ownNamespace('pack', testAddress());
}, 60_000);

afterAll(() => {
  for (const child of children) end(child, 'SIGKILL');
  rmSync(scratch, { recursive: true, force: true });
});

test('pack: the tarball holds what is run and what is read, and nothing else', () => {
  const paths = packed.files.map(({ path }) => path);
  const wanted =
    /^(?:dist\/src\/|dist\/examples\/|schemas\/|templates\/|examples\/(?:graph|crew|chat-desk)\/|docs\/|(?:README|ARCHITECTURE|CHANGELOG)\.md$|LICENSE$|package\.json$)/;
  expect(paths.filter((path) => !wanted.test(path))).toEqual([]);
  const unwanted = /\.test\.|\.test-d\.|\.map$|\.tsbuildinfo$|\/fixtures\/|(?<!\.d)\.ts$/;
  const compiled = paths.filter((path) => !/^(?:templates|examples)\//.test(path));
  expect(compiled.filter((path) => unwanted.test(path))).toEqual([]);
  expect(paths).toEqual(
    expect.arrayContaining([
      'LICENSE',
      'README.md',
      'ARCHITECTURE.md',
      'CHANGELOG.md',
      'docs/errors.md',
      'schemas/decision.json',
      'templates/desk/team.ts',
      'examples/graph/test/report.test.ts',
      'dist/src/index.js',
      'dist/src/index.d.ts',
      'dist/src/cli/main.js',
      'dist/src/workflows/orchestration/child-agent.js',
      'dist/examples/research-desk/workflows.js',
    ]),
  );
});

test('pack: hello.ts of the README runs from the tarball in an empty folder, paused until a person approves', async () => {
  const install = ['install', '--prefer-offline', '--no-audit', '--no-fund', join(scratch, packed.filename)];
  await run('npm', install, { cwd: folder, env: environment() });
  writeFileSync(join(folder, 'hello.ts'), fileOfReadme('hello.ts'));
  const dev = start(['dev', 'hello.ts']);
  try {
    await until(async () => {
      if (dev.child.exitCode !== null) throw new Error(`baton dev ended: ${dev.output()}`);
      return Promise.resolve(dev.output().includes('Baton is ready'));
    });
    expect(dev.output()).toContain('offline');

    const started = start([
      'start',
      'hello',
      '--id',
      'first',
      '--input',
      '"What is a baton?"',
      '--wait',
      '--json',
    ]);
    await waitingIn(await clientIn(namespace), 'first');
    const Listing = z.object({
      runs: z.array(z.object({ pending: z.array(z.object({ id: z.string(), question: z.string() })) })),
    });
    const request = await until(
      async () => Listing.parse(await baton('list', '--state', 'waiting')).runs[0]?.pending[0],
    );
    expect(request).toMatchObject({
      id: expect.stringMatching(/^first\/[0-9a-f]{24}$/),
      question: 'Publish?',
    });
    expect(started.child.exitCode).toBeNull();

    expect(await baton('approve', request.id, '--by', 'ada')).toMatchObject({
      request: request.id,
      option: 'approve',
      by: 'ada',
    });
    expect(await started.ended).toBe(0);
    const result: unknown = JSON.parse(started.stdout());
    expect(result).toMatchObject({
      workflowId: 'first',
      status: 'completed',
      result: expect.stringContaining('What is a baton?'),
    });
    expect(await baton('show', 'first')).toMatchObject({ workflowId: 'first' });
  } finally {
    end(dev.child, 'SIGINT');
    await dev.ended;
  }
  const installed = z
    .object({ version: z.string() })
    .parse(JSON.parse(readFileSync(join(folder, 'node_modules/@batonhq/baton/package.json'), 'utf8')));
  expect(read('CHANGELOG.md')).toContain(`## ${installed.version}`);
}, 240_000);
