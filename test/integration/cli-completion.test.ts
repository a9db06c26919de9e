/** The completion script, sourced in a real bash that is asked what it would offer. */
import { execFile } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadAllCommands } from '../../dist/src/cli/commands.js';
import { MAIN } from '../fixtures/cli/command.js';
import { CliDesk } from '../fixtures/cli/desk.js';

const COMMANDS = await loadAllCommands();

const run = promisify(execFile);

let desk: CliDesk;
beforeAll(async () => {
  desk = new CliDesk();
  await desk.serve();
  // As an installed command: found on PATH.
  const command = join(desk.folder, 'baton');
  writeFileSync(command, `#!/bin/sh\nexec '${process.execPath}' '${MAIN}' "$@"\n`);
  chmodSync(command, 0o755);
});
afterAll(() => desk.close());

/** The completions that bash offers for the last of these words, split as bash splits them. */
async function offered(...words: readonly string[]): Promise<string[]> {
  const broken = words.flatMap((word) => word.split(/(?=[:=])|(?<=[:=])/)).map((word) => `'${word}'`);
  // An empty last word stands for a space after the one before it.
  const last = words.at(-1) === '' ? [...broken, "''"] : broken;
  const script = `
    source <(baton completion bash)
    COMP_WORDS=(baton ${last.join(' ')})
    COMP_CWORD=$((\${#COMP_WORDS[@]} - 1))
    _baton
    ((\${#COMPREPLY[@]})) && printf '%s\\n' "\${COMPREPLY[@]}"
    exit 0`;
  const PATH = `${desk.folder}${delimiter}${process.env['PATH'] ?? ''}`;
  const { stdout } = await run('bash', ['--noprofile', '--norc', '-c', script], {
    cwd: desk.folder,
    env: { ...process.env, PATH },
  });
  return stdout.split('\n').filter((line) => line !== '');
}

test('bash: every command is offered, and a beginning narrows them down', async () => {
  expect(await offered('')).toEqual(COMMANDS.map(({ name }) => name));
  expect(await offered('sho')).toEqual(['show']);
});

test('bash: options of the command and of all are offered, and the words that one of them takes', async () => {
  expect(await offered('show', '--w')).toEqual(['--watch']);
  expect(await offered('show', '--j')).toEqual(['--json']);
  expect(await offered('list', '--state', 'w')).toEqual(['waiting']);
  expect(await offered('list', '--state=c')).toEqual(['completed']);
  expect(await offered('start', '--input', '')).toEqual([]);
});

test('bash: asks the named server for the ids of runs and of pending requests', async () => {
  const id = await desk.start('twice', null);
  const { id: request } = await desk.waiting(id);
  const server = ['--address', desk.address];
  expect(await offered(...server, 'show', id.slice(0, 8))).toEqual([id]);
  expect(await offered('approve', ...server, `${id}/`)).toEqual([request]);
});

test('bash: files are offered where a file is wanted', async () => {
  expect(await offered('dev', 'bat')).toEqual(['baton']);
});

test('live: nothing is said, and nothing fails, when no server answers', async () => {
  const { stdout, stderr } = await run(process.execPath, [
    MAIN,
    'completion',
    '--live',
    'runs',
    '--address',
    '127.0.0.1:1',
  ]);
  expect(stdout + stderr).toBe('');
});

test('completion: an unknown shell is refused with those that are known', async () => {
  const { code, stderr } = await desk.run(['completion', 'csh']);
  expect(code).toBe(2);
  expect(stderr).toContain('baton completion bash|zsh|fish');
  expect((await desk.json(['completion', 'fish'])).document).toMatchObject({ shell: 'fish' });
});
