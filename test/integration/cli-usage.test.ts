/** The command line, where no run is needed: usage, input, servers that do not answer. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CliDesk } from '../fixtures/cli/desk.js';
import type { ErrorDocument } from '../fixtures/cli/documents.js';
import { publishedSchemas } from '../fixtures/published.js';

/** Each of its commands is a separate process. */
let desk: CliDesk;
/** Its commands are not: what is refused is the same, and a process a line takes long. */
let swift: CliDesk;
beforeAll(() => {
  desk = new CliDesk();
  swift = new CliDesk({ oneProcess: true });
});
afterAll(() => Promise.all([desk.close(), swift.close()]));

/** Nobody listens there. */
const NOWHERE = ['--address', '127.0.0.1:1'];

describe('usage', () => {
  test('help: lists the commands and the exit codes when nothing is asked', async () => {
    const { code, stdout } = await desk.run([]);
    expect(code).toBe(0);
    for (const name of [
      'demo',
      'dev',
      'worker',
      'engine',
      'start',
      'list',
      'show',
      'approve',
      'reject',
      'decide',
      'doctor',
    ]) {
      expect(stdout).toMatch(new RegExp(`^  ${name} `, 'm'));
    }
    expect(stdout).toContain('Exit codes: 0 done');
  });

  test('help: a command has examples', async () => {
    const { code, stdout } = await desk.run(['start', '--help']);
    expect(code).toBe(0);
    expect(stdout).toContain('$ baton start hello');
    expect(stdout).toContain('--namespace');
  });

  test.each([
    ['an unknown command', ['strat']],
    ['an unknown option', ['list', '--stat', 'waiting']],
    ['an unknown state', ['list', '--state', 'asleep']],
    ['a missing workflow', ['start']],
    ['a missing input', ['start', 'hello']],
    ['a missing request', ['approve']],
    ['a rejection without a reason', ['reject', 'run/0123456789abcdef01234567']],
    ['a decision without an option', ['decide', 'run/0123456789abcdef01234567']],
    ['an unknown action of the engine', ['engine', 'restart']],
    ['a demo with an empty question', ['demo', ' ']],
    ['a versioned worker without a build', ['worker', '--deployment', 'desk']],
    ['an unknown schema', ['schema', 'unheard-of']],
    ['a missing run to cancel', ['cancel']],
    ['a corpus that is not there', ['demo', 'What is known?', '--corpus', '/nonexistent/corpus']],
  ])('usage: %s is refused with exit code 2', async (_, args) => {
    const { code, document } = await swift.json<ErrorDocument>(args);
    expect(document.error.code).toBe('BAD_USAGE');
    expect(code).toBe(2);
  });

  test('usage: without --json the message stands on stderr, in one line, without a stack', async () => {
    const { code, stdout, stderr } = await desk.run(['list', '--state', 'asleep']);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stderr).toContain('running, waiting, stuck, completed, failed, terminated');
  });

  test('usage: an unknown command is named, and the nearest that there is', async () => {
    const { stderr } = await swift.run(['aprove', 'run/1']);
    expect(stderr).toContain('There is no command "aprove". Did you mean "approve"?');
  });

  test('usage: --verbose shows the stack', async () => {
    expect((await swift.run(['list', '--state', 'asleep', '--verbose'])).stderr).toMatch(/\n\s+at /);
  });
});

describe('schema', () => {
  test('schema: lists the published schemas, and prints one as it is packed', async () => {
    const { code, document } = await swift.json<{ schemas: { name: string }[] }>(['schema']);
    expect(code).toBe(0);
    expect(document.schemas.map(({ name }) => name).toSorted()).toEqual(
      [...publishedSchemas.keys()].toSorted(),
    );
    const { stdout } = await swift.run(['schema', 'decision']);
    expect(JSON.parse(stdout)).toEqual(publishedSchemas.get('decision'));
    expect((await swift.json(['schema', 'decision'])).document).toEqual(JSON.parse(stdout));
  });
});

describe('input', () => {
  test.each([
    ['text that is not JSON', ['--input', 'hello there'], `--input '"hello there"'`],
    ['a file that is not there', ['--input', '@missing.json'], 'missing.json'],
    ['standard input that is not JSON', ['--input', '-'], 'Standard input'],
  ])('input: %s is refused before a server is asked', async (_, args, hint) => {
    const stdin = args.includes('-') ? '{"half":' : undefined;
    const { code, document } = await swift.json<ErrorDocument>(
      ['start', 'hello', ...args, ...NOWHERE],
      stdin,
    );
    expect(document.error.code).toBe('BAD_INPUT');
    expect(document.error.message).toContain(hint);
    expect(code).toBe(2);
  });

  test('input: a file and standard input start the same run as text', async () => {
    writeFileSync(join(swift.folder, 'input.json'), '{"name": "file"}');
    const common = ['start', 'greet', '--task-queue', swift.queue];
    const fromFile = await swift.json([...common, '--input', '@input.json', '--id', `${swift.queue}-file`]);
    const fromStdin = await swift.json(
      [...common, '--input', '-', '--id', `${swift.queue}-stdin`],
      '{"name": "stdin"}',
    );
    expect([fromFile.code, fromStdin.code]).toEqual([0, 0]);
    expect(fromFile.document).toMatchObject({
      workflowId: `${swift.queue}-file`,
      status: 'running',
      worker: false,
    });
  });
});

describe('server', () => {
  test.each([
    ['list', ['list']],
    ['show', ['show', 'some-run']],
    ['start', ['start', 'hello', '--input', 'null']],
    ['approve', ['approve', 'run/0123456789abcdef01234567']],
    ['worker', ['worker', join(import.meta.dirname, '../fixtures/cli/baton.config.ts')]],
  ])('server: %s ends with 3 when none answers', async (_, args) => {
    const { code, document } = await desk.json<ErrorDocument>([...args, ...NOWHERE]);
    expect(document.error.code).toBe('ENGINE_UNREACHABLE');
    expect(document.error.message).toContain('127.0.0.1:1');
    expect(code).toBe(3);
  });

  test('server: an unknown namespace is a matter of configuration', async () => {
    const { code, document } = await desk.json<ErrorDocument>(['list', '--namespace', 'nowhere']);
    expect(document.error.code).toBe('BAD_CONFIG');
    expect(code).toBe(2);
  });

  test('server: an unknown run and an unknown file are named', async () => {
    const run = await desk.json<ErrorDocument>(['show', 'no-such-run']);
    expect([run.code, run.document.error.code]).toEqual([2, 'UNKNOWN_RUN']);
    const file = await desk.json<ErrorDocument>(['worker', 'missing.ts']);
    expect([file.code, file.document.error.code]).toEqual([2, 'BAD_CONFIG']);
  });

  test('worker: a definition that cannot be is named, with the place where it stands', async () => {
    const file = join(import.meta.dirname, '../fixtures/cli/bad-definition.ts');
    const { code, document } = await desk.json<ErrorDocument>(['worker', file]);
    expect([code, document.error.code]).toEqual([2, 'BAD_DEFINITION']);
    expect(document.error.message).toMatch(/^agent dated, input: .* at on,.*bad-definition\.ts:6:\d+\)$/s);
  });

  test('worker: without a provider it does not start, and names what to set', async () => {
    const file = join(import.meta.dirname, '../../dist/examples/graph/baton.config.js');
    const { code, document } = await desk.json<ErrorDocument>(['worker', file]);
    expect([code, document.error.code]).toEqual([2, 'MODEL_NOT_CONFIGURED']);
    for (const name of ['OPENAI_API_KEY', 'BATON_MODEL', 'BATON_OFFLINE=1'])
      expect(document.error.message).toContain(name);
  });

  test('doctor: reports an unavailable server with exit code 3, and still reports the rest', async () => {
    const { code, document } = await desk.json<{ ok: boolean; checks: { check: string; ok: boolean }[] }>([
      'doctor',
      ...NOWHERE,
    ]);
    expect(code).toBe(3);
    expect(document.ok).toBe(false);
    expect(document.checks.find(({ check }) => check === 'engine')?.ok).toBe(false);
    expect(document.checks.find(({ check }) => check === 'node')?.ok).toBe(true);
  });

  test('doctor: ends with 5 when all is well but the worker', async () => {
    const { code, document } = await desk.json<{ checks: { check: string; ok: boolean; remedy?: string }[] }>(
      ['doctor'],
    );
    expect(code).toBe(5);
    expect(document.checks.filter(({ ok }) => !ok)).toMatchObject([
      { check: 'worker', remedy: expect.stringContaining('baton worker') },
    ]);
  });
});
