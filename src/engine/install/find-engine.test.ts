/** The order in which an engine is looked for, with executables, a Go and a download host that are small scripts. */
import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { resolveEngineFolder, SOURCE_DIGEST } from './engine-cache.js';
import { findEngine, type FindEngineOptions } from './find-engine.js';

const WORKS = '#!/bin/sh\necho "temporal version 9.9.9 (Server 1.29.1, UI 2.42.1)"\n';
const BROKEN = '#!/bin/sh\necho "cannot execute: wrong machine" >&2\nexit 126\n';
/** A port on which nothing listens: refused at once. */
const NO_HOST = 'http://127.0.0.1:2';

let root: string;
let servers: Server[] = [];

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'baton-find-'));
  // Only these of the machine's programs, so that an engine or a Go installed on it is not found.
  mkdirSync(join(root, 'tools'));
  for (const tool of ['tar', 'gzip', 'cp']) {
    symlinkSync(
      execFileSync('sh', ['-c', `command -v ${tool}`], { encoding: 'utf8' }).trim(),
      join(root, 'tools', tool),
    );
  }
});
afterEach(() => {
  for (const server of servers) server.closeAllConnections();
  for (const server of servers) server.close();
  servers = [];
  rmSync(root, { recursive: true, force: true });
});

function script(path: string, text: string): string {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text, { mode: 0o755 });
  return file;
}

function environment(...folders: string[]): NodeJS.ProcessEnv {
  const path = [...folders, 'tools'].map((folder) => join(root, folder));
  return { PATH: path.join(':'), HOME: root, BATON_CACHE_DIR: join(root, 'cache') };
}

/** A `go` that installs TEXT as the engine and leaves a line for each time it was run. */
function fakeGo(text = WORKS, source = SOURCE_DIGEST): void {
  const engine = script('engine-from-go', text);
  script(
    'go/go',
    `#!/bin/sh\nif [ "$1" = version ]; then echo "mod github.com/temporalio/cli v1.5.1 ${source}"; exit; fi\necho "$@" >> ${root}/go.log\necho "go: downloading" >&2\ncp ${engine} "$GOBIN/temporal"\n`,
  );
}

function find(env: NodeJS.ProcessEnv, options: FindEngineOptions = {}): ReturnType<typeof findEngine> {
  return findEngine({ env, downloadOrigin: NO_HOST, ...options });
}

function serve(answer: (url: string) => Buffer | undefined): Promise<string> {
  const server = createServer((request, response) => {
    const body = answer(request.url ?? '');
    if (body) response.end(body);
  });
  servers.push(server);
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(`http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`);
    });
  });
}

test('find-engine: takes the file that BATON_TEMPORAL_CLI names before one on PATH', async () => {
  script('bin/temporal', WORKS);
  const chosen = script('chosen', WORKS);
  expect(await find({ ...environment('bin'), BATON_TEMPORAL_CLI: chosen })).toEqual({
    path: chosen,
    version: '1.29.1',
    source: 'setting',
  });
});

test('find-engine: fails without looking further when the file that BATON_TEMPORAL_CLI names is broken', async () => {
  script('bin/temporal', WORKS);
  const chosen = script('chosen', BROKEN);
  await expect(find({ ...environment('bin'), BATON_TEMPORAL_CLI: chosen })).rejects.toMatchObject({
    code: 'ENGINE_NOT_FOUND',
    message: expect.stringMatching(/wrong machine[^]*unset BATON_TEMPORAL_CLI/),
  });
});

test('find-engine: skips a broken file on PATH and says so', async () => {
  const broken = script('broken/temporal', BROKEN);
  const stranger = script('stranger/temporal', '#!/bin/sh\necho "temporal table tool 3"\n');
  const works = script('works/temporal', WORKS);
  const said: string[] = [];
  const found = await find(environment('broken', 'stranger', 'works'), {
    onProgress: (line) => said.push(line),
  });
  expect(found).toMatchObject({ path: works, source: 'path' });
  expect(said).toEqual([
    `passed over ${broken}: cannot execute: wrong machine`,
    expect.stringContaining(`passed over ${stranger}: --version says "temporal table tool 3"`),
  ]);
});

test('find-engine: takes the cached engine when none is on PATH', async () => {
  const env = environment();
  const cached = script('cache/engine/v1.5.1/temporal', WORKS);
  expect(await find(env)).toMatchObject({ path: cached, source: 'cache' });
});

test('find-engine: downloads into an empty cache, and finds it there again', async () => {
  const env = environment();
  script('archive/temporal', WORKS);
  const asked: string[] = [];
  const archive = execFileSync('tar', ['-czf', '-', '-C', join(root, 'archive'), 'temporal']);
  const downloadDigest = createHash('sha256').update(archive).digest('hex');
  const downloadOrigin = await serve((url) => {
    asked.push(url);
    return archive;
  });
  const path = join(resolveEngineFolder(env), 'temporal');
  expect(await find(env, { downloadOrigin, downloadDigest })).toEqual({
    path,
    version: '1.29.1',
    source: 'download',
  });
  expect(asked).toEqual([
    expect.stringMatching(
      /^\/temporalio\/cli\/releases\/download\/v1\.5\.1\/temporal_cli_1\.5\.1_\w+\.tar\.gz$/,
    ),
  ]);
  expect(await find(env)).toMatchObject({ path, source: 'cache' });
  expect(readdirSync(resolveEngineFolder(env))).toEqual(['temporal']);
});

test('find-engine: builds with Go when the download host refuses, is silent, or delivers rubbish', async () => {
  fakeGo();
  const env = environment('go');
  const silent = await serve(() => undefined);
  const rubbish = await serve(() => Buffer.from('<html>please log in</html>'));
  for (const [downloadOrigin, reason] of [
    [NO_HOST, /ECONNREFUSED/],
    [silent, /did not deliver within 0\.2 s/],
    [rubbish, /delivered another file: its SHA-256 is [0-9a-f]{64}, not [0-9a-f]{64}/],
  ] as const) {
    rmSync(join(root, 'cache'), { recursive: true, force: true });
    const said: string[] = [];
    const found = await find(env, {
      downloadOrigin,
      downloadTimeoutMs: 200,
      onProgress: (line) => said.push(line),
    });
    expect(found).toMatchObject({ source: 'build', path: join(resolveEngineFolder(env), 'temporal') });
    expect(said.join('\n')).toMatch(reason);
    expect(said.join('\n')).toContain('building the Temporal dev server with Go, once: about 3–5 minutes');
    expect(readdirSync(resolveEngineFolder(env))).toEqual(['temporal']);
  }
  expect(readFileSync(join(root, 'go.log'), 'utf8').split('\n')[0]).toBe(
    'install github.com/temporalio/cli/cmd/temporal@v1.5.1',
  );
});

test('find-engine: leaves one working engine when two processes install at once', async () => {
  fakeGo();
  const env = environment('go');
  const both = await Promise.all([find(env), find(env)]);
  expect(both.map(({ path }) => path)).toEqual(Array(2).fill(join(resolveEngineFolder(env), 'temporal')));
  expect(readdirSync(resolveEngineFolder(env))).toEqual(['temporal']);
});

test('find-engine: names every way tried and what each said when all fail', async () => {
  script('go/go', '#!/bin/sh\necho "go: no route to module proxy" >&2\nexit 1\n');
  const error: unknown = await find(environment('go')).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: 'ENGINE_NOT_FOUND' });
  expect(String(error)).toMatch(
    /`temporal` on PATH: not there\n.*Baton's cache: .*temporal is not there\n.*download from http:\/\/127.0.0.1:2: .*ECONNREFUSED.*\n.*go install: .*no route to module proxy\n.*TEMPORAL_ADDRESS/,
  );
  expect(readdirSync(resolveEngineFolder(environment()))).toEqual([]);
});

test('find-engine: installs nothing when it may only look', async () => {
  fakeGo();
  const env = environment('go');
  await expect(find(env, { install: false })).rejects.toMatchObject({ code: 'ENGINE_NOT_FOUND' });
  expect(existsSync(join(root, 'cache'))).toBe(false);
});

test('find-engine: a binary that Go built from another source is refused', async () => {
  fakeGo(WORKS, 'h1:another=');
  await expect(find(environment('go'))).rejects.toMatchObject({
    code: 'ENGINE_NOT_FOUND',
    message: expect.stringContaining('is not of the source whose digest is pinned'),
  });
});
