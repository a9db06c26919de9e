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

const write = (path: string, content = 'text') =>
  createOutputFilesTool(join(base, 'out')).run({ path, content }, {} as never);

describe('output files', () => {
  test('write: makes the folders, replaces what is there, and leaves nothing beside it', async () => {
    await write('a/b.md', 'one');
    expect(await write('a/./b.md', 'twö')).toMatchObject({ ok: true, output: { path: 'a/b.md', bytes: 4 } });
    expect(readFileSync(join(base, 'out/a/b.md'), 'utf8')).toBe('twö');
    expect(readdirSync(join(base, 'out/a'))).toEqual(['b.md']);
    await write('..md');
    expect(readdirSync(join(base, 'out')).toSorted()).toEqual(['..md', 'a']);
  });

  test.each(['../x', 'a/../../x', '/tmp/x', '.', '..', 'a/..', 'x\0y', '..\\x'])(
    'write: %j leads out of the folder, and is refused',
    async (path) => {
      await expect(write(path)).rejects.toThrow('is not below the folder for outputs');
      expect(readdirSync(base)).not.toContain('x');
    },
  );

  test('write: a folder that is a link out is refused, and a file that is one is replaced', async () => {
    mkdirSync(join(base, 'out'));
    mkdirSync(join(base, 'secret'));
    writeFileSync(join(base, 'secret/key'), 'key');
    symlinkSync(join(base, 'secret'), join(base, 'out/way'));
    symlinkSync(join(base, 'secret/key'), join(base, 'out/key'));
    await expect(write('way/key')).rejects.toThrow('is not below the folder');
    await expect(write('way/deeper/key')).rejects.toThrow('is not below the folder');
    await write('key', 'mine');
    expect(readFileSync(join(base, 'secret/key'), 'utf8')).toBe('key');
    expect(readdirSync(join(base, 'secret'))).toEqual(['key']);
    expect(readFileSync(join(base, 'out/key'), 'utf8')).toBe('mine');
  });
});
