/**
 * The published `baton init`: the packed command makes projects outside the repository, which then compile, pass
 * their own tests on their own dev server, and serve a run. No network is needed.
 */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { stopEngine } from '../../dist/src/engine/index.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { read } from '../architecture/source.js';
import { clientIn, required, testAddress, until, waitingIn } from '../fixtures/harness.js';
import { ownNamespace, pack, plainEnvironment, unpackBeside } from '../fixtures/packed.js';

const run = promisify(execFile);

const scratch = mkdtempSync(join(tmpdir(), 'baton-init-'));
const project = join(scratch, 'letter-desk');
const OTHERS = ['approval', 'graph', 'crew', 'swarm'];
const folderOf = (template: string): string =>
  template === 'desk' ? project : join(scratch, `a-${template}`);
let server: string[];
let namespace: string;
/** Where the tests of the project find the dev server's executable; nothing else is set. */
const env = plainEnvironment({ BATON_TEMPORAL_CLI: required('BATON_TEST_TEMPORAL') });
let main: string;
let tarball: string;

interface Output {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function execute(file: string, args: readonly string[], cwd: string): Promise<Output> {
  try {
    return { code: 0, ...(await run(file, [...args], { cwd, env })) };
  } catch (error) {
    const { code, stdout = '', stderr = '' } = error as Partial<Output>;
    return { code: code ?? -1, stdout, stderr };
  }
}

const baton = (args: readonly string[], cwd = scratch): Promise<Output> =>
  execute(process.execPath, [main, ...args], cwd);

beforeAll(async () => {
  namespace = await ownNamespace('init', testAddress());
  server = ['--address', testAddress(), '--namespace', namespace];
  tarball = (await pack(scratch)).filename;
  main = await unpackBeside(join(scratch, tarball), scratch);
});

afterAll(async () => {
  for (const template of ['desk', ...OTHERS]) await stopEngine(join(folderOf(template), '.baton', 'test'));
  rmSync(scratch, { recursive: true, force: true });
});

describe('baton init', () => {
  test('init: writes the project, with the versions that this package was tested with', async () => {
    const { code, stdout } = await baton(['init', 'letter-desk', '--json']);
    expect(code).toBe(0);
    const { name, files } = JSON.parse(stdout) as { name: string; files: string[] };
    expect(name).toBe('letter-desk');
    const written = readdirSync(project, { recursive: true, encoding: 'utf8' });
    expect(written.filter((file) => !/^(?:test|vendor.*)$/.test(file)).toSorted()).toEqual(files);
    expect(readdirSync(join(project, 'vendor'))).toEqual([basename(tarball)]);
    expect(files).toEqual(expect.arrayContaining(['.gitignore', 'package.json', 'test/desk.test.ts']));
    expect(readFileSync(join(project, 'README.md'), 'utf8')).toMatch(/^# letter-desk\n/);
    const made = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')) as Record<string, unknown>;
    const own = JSON.parse(read('package.json')) as Record<string, Record<string, string> & string>;
    expect(made).toMatchObject({
      name: 'letter-desk',
      private: true,
      dependencies: {
        '@batonhq/baton': `file:vendor/${basename(tarball)}`,
        zod: own['dependencies']?.['zod'],
      },
      devDependencies: {
        jiti: own['dependencies']?.['jiti'],
        typescript: own['devDependencies']?.['typescript'],
      },
    });
  });

  test.each([
    ['a folder that holds something', 'letter-desk', 'holds .gitignore and'],
    ['a file', 'a-file', 'is a file'],
    ['a name that npm does not take', 'My Desk', 'lower-case'],
    ['the name of a package that the project needs', 'zod', 'another package'],
    [
      'an unknown template',
      'a-desk',
      'must be one of desk, approval, graph, crew, swarm',
      '--template',
      'dsk',
    ],
  ])('init: %s is refused, and nothing is written', async (_, folder, message, ...options) => {
    writeFileSync(join(scratch, 'a-file'), 'mine');
    const before = readdirSync(scratch, { recursive: true }).length;
    const { code, stdout } = await baton(['init', folder, ...options, '--json']);
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({
      error: { code: 'BAD_USAGE', message: expect.stringContaining(message) },
    });
    expect(readdirSync(scratch, { recursive: true })).toHaveLength(before);
  });

  test('init: an empty folder is taken, and the version is enough, when a registry has the package', async () => {
    const empty = join(scratch, 'empty');
    mkdirSync(empty);
    // A link to the lock of this repository, which must not be written through.
    const lock = join(scratch, 'node_modules', '.package-lock.json');
    rmSync(lock, { force: true });
    const resolved = 'https://registry.example/@batonhq/baton/-/baton-0.1.0.tgz';
    writeFileSync(lock, JSON.stringify({ packages: { 'node_modules/@batonhq/baton': { resolved } } }));
    const init = async (folder: string, registry: string): Promise<unknown> => {
      const settings = { ...env, npm_config_registry: registry };
      await run(process.execPath, [main, 'init', '.'], { cwd: folder, env: settings });
      const made = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
        dependencies: Record<string, string>;
      };
      return made.dependencies['@batonhq/baton'];
    };
    expect(await init(empty, 'https://registry.example')).toMatch(/^\d+\.\d+\.\d+$/);
    // Another registry may have another package of that name.
    const other = join(scratch, 'other');
    mkdirSync(other);
    expect(await init(other, 'https://npm.example')).toBe(`file:vendor/${basename(tarball)}`);
    rmSync(lock);
  });
});

describe('the project', { timeout: 240_000 }, () => {
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';

  test.each(['desk', ...OTHERS])('project: %s compiles and passes its own tests', async (template) => {
    const folder = folderOf(template);
    if (template !== 'desk')
      expect(await baton(['init', basename(folder), '--template', template])).toMatchObject({ code: 0 });
    expect(await execute(npm, ['run', '-s', 'typecheck'], folder)).toMatchObject({ code: 0, stdout: '' });
    const { code, stdout, stderr } = await execute(npm, ['test', '-s'], folder);
    expect(`${stdout}${stderr}`).toMatch(template === 'desk' ? /pass 2$/m : /pass 1$/m);
    expect(stderr).toMatch(/^Starting a Temporal dev server/);
    expect(code).toBe(0);
  });

  test('project: a run is served, waits for a person, and ends', async () => {
    const dev = run(process.execPath, [main, 'dev', ...server], { cwd: project, env });
    let said = '';
    dev.child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()));
    try {
      await until(async () => {
        if (dev.child.exitCode !== null) throw new Error(`baton dev ended: ${said}`);
        return Promise.resolve(said.includes('Baton is ready'));
      });
      const id = 'letter';
      const input = JSON.stringify({ from: 'ada@example.org', text: 'May I send the kettle back?' });
      await baton(['start', 'answerLetter', '--id', id, '--input', input, ...server], project);
      await waitingIn(await clientIn(namespace), id);
      const request = await until(async () => {
        const { stdout } = await baton(['inbox', '--json', ...server], project);
        const { requests } = JSON.parse(stdout) as { requests: { id: string; workflowId: string }[] };
        return requests.find(({ workflowId }) => workflowId === id);
      });
      expect((await baton(['approve', request.id, ...server], project)).code).toBe(0);
      const { code, stdout } = await baton(['show', id, '--watch', ...server], project);
      expect(stdout).toContain('sent: true');
      expect(code).toBe(0);
      expect(readdirSync(join(project, 'outbox'))).toHaveLength(1);
    } finally {
      dev.child.kill('SIGINT');
      await dev.catch(() => undefined);
    }
  });
});
