/** Output files: within their folder, whole, and through no link out of it. */
import {
  mkdtempSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createOutputFilesTool } from './output-files.js';

let base = '';
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'baton-outputs-'));
});
afterEach(() => {
  rmSync(base, { recursive: true, force: true });
});

const FILES = [
  'a/b.md',
  '..md',
  'key',
  'way/key',
  'way/deeper/key',
  'reports/{topic}.md',
  '{name}',
  'c/{name}',
];

async function write(path: string, content = 'text', files: readonly string[] = [...FILES, path]) {
  return createOutputFilesTool({ folder: join(base, 'out'), files }).run({ path, content }, {} as never);
}

describe('output files', () => {
  test('write: makes the folders, replaces the existing file, and leaves no other file there', async () => {
    await write('a/b.md', 'one');
    expect(await write('a/./b.md', 'twö')).toMatchObject({ ok: true, output: { path: 'a/b.md', bytes: 4 } });
    expect(readFileSync(join(base, 'out/a/b.md'), 'utf8')).toBe('twö');
    expect(readdirSync(join(base, 'out/a'))).toEqual(['b.md']);
    await write('..md');
    expect(readdirSync(join(base, 'out')).toSorted()).toEqual(['..md', '.baton-written', 'a']);
  });

  test.each(['../x', 'a/../../x', '/tmp/x', '.', '..', 'a/..', 'x\0y', '..\\x', 'x\ny', 'x\u0085y'])(
    'write: %j leads out of the folder, and is refused',
    async (path) => {
      await expect(write(path)).rejects.toThrow('is not below the folder for outputs');
      expect(readdirSync(base)).not.toContain('x');
    },
  );

  test('write: a folder that is a link out is refused, and a file that became one is replaced', async () => {
    mkdirSync(join(base, 'out'));
    mkdirSync(join(base, 'secret'));
    writeFileSync(join(base, 'secret/key'), 'key');
    symlinkSync(join(base, 'secret'), join(base, 'out/way'));
    await expect(write('way/key')).rejects.toThrow('is not below the folder');
    await expect(write('way/deeper/key')).rejects.toThrow('is not below the folder');
    await write('key', 'mine');
    rmSync(join(base, 'out/key'));
    symlinkSync(join(base, 'secret/key'), join(base, 'out/key'));
    await write('key', 'mine again');
    expect(readFileSync(join(base, 'secret/key'), 'utf8')).toBe('key');
    expect(readdirSync(join(base, 'secret'))).toEqual(['key']);
    expect(readFileSync(join(base, 'out/key'), 'utf8')).toBe('mine again');
  });

  test('write: a path that no crew declares is refused, and so is the list of written files', async () => {
    for (const path of [
      'baton.config.ts',
      '.git/hooks/pre-commit',
      'reports/x/y.md',
      'reports/.md',
      '.baton-written',
    ])
      await expect(write(path, 'text', ['reports/{topic}.md', '{name}/x'])).rejects.toThrow(
        'No task of a crew',
      );
    await expect(write('.baton-written', 'text', ['{name}'])).rejects.toThrow('No task of a crew');
    await expect(write('report.md', 'text', [])).rejects.toThrow('No task of a crew');
    expect(await write('reports/tea.md', 'text', ['reports/{topic}.md'])).toMatchObject({ ok: true });
  });

  test('write: a file that somebody else made stays as it is, a link and a folder too', async () => {
    mkdirSync(join(base, 'out/c/folder'), { recursive: true });
    writeFileSync(join(base, 'out/key'), 'theirs');
    symlinkSync('/nowhere', join(base, 'out/c/link'));
    for (const path of ['key', 'c/link', 'c/folder'])
      await expect(write(path)).rejects.toThrow('is there already, and Baton has not written it');
    expect(readFileSync(join(base, 'out/key'), 'utf8')).toBe('theirs');
  });
});
