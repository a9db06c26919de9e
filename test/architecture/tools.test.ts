/**
 * The gates of the tools, each seen to fail: the tests plant faulty sources in a separate project with this
 * repository's configuration, and the tool must find them.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { ROOT } from './source.js';

const CONFIGURATION = [
  '.oxlintrc.json',
  '.prettierrc.json',
  '.prettierignore',
  'package.json',
  'tsconfig.base.json',
  'tsconfig.json',
  'tsconfig.sandbox.json',
];

/** Each breaks one lint rule, in a folder where it holds. */
const LINT: readonly (readonly [rule: string, path: string, code: string])[] = [
  ['typescript(no-floating-promises)', 'src/client/a.ts', 'Promise.resolve(1);'],
  ['typescript(no-misused-promises)', 'src/client/b.ts', '[1].forEach(async () => {});'],
  ['typescript(no-explicit-any)', 'src/client/c.ts', 'export const c: any = 1;'],
  ['typescript(no-unsafe-assignment)', 'src/client/d.ts', "export const d: string = JSON.parse('1');"],
  ['typescript(no-non-null-assertion)', 'src/client/e.ts', 'export const e = [1].at(0)!;'],
  ['typescript(only-throw-error)', 'src/client/f.ts', "throw 'no';"],
  [
    'typescript(switch-exhaustiveness-check)',
    'src/client/g.ts',
    "export function g(x: 'a' | 'b'): number {\n  switch (x) {\n    case 'a':\n      return 1;\n  }\n  return 2;\n}",
  ],
  ['typescript(ban-ts-comment)', 'src/client/h.ts', `// @ts-${'expect'}-error\nexport const h = 1;`],
  ['import(no-default-export)', 'src/client/i.ts', 'export default 1;'],
  ['eslint(no-console)', 'src/client/j.ts', "console.log('x');"],
  ['eslint(eqeqeq)', 'src/client/k.ts', 'export const k = (x: unknown) => x == 1;'],
  ['eslint(no-restricted-globals)', 'src/contracts/l.ts', 'export const l = process.env;'],
  ['eslint(no-restricted-globals)', 'src/workflows/m.ts', 'export const m = new Intl.NumberFormat();'],
  ['eslint(no-restricted-properties)', 'src/workflows/n.ts', "export const n = 'a'.localeCompare('b');"],
  ['eslint(no-restricted-imports)', 'src/contracts/o.ts', "export * from 'node:fs';"],
  ['eslint(no-restricted-imports)', 'src/workflows/p.ts', "export * from '@temporalio/client';"],
  ['eslint(no-restricted-imports)', 'src/activities/q.ts', "export * from '../workflows/index.js';"],
  ['eslint(no-restricted-imports)', 'src/client/r.ts', "export * from '@temporalio/worker';"],
  ['eslint(no-restricted-imports)', 'src/schemas/s.ts', "export * from '@temporalio/common';"],
  [
    'eslint(max-lines-per-function)',
    'src/client/t.ts',
    `export function t(): void {\n${'  void 0;\n'.repeat(50)}}`,
  ],
  [
    'eslint(max-params)',
    'src/client/u.ts',
    'export const u = (a: 1, b: 1, c: 1, d: 1, e: 1, f: 1) => [a, b, c, d, e, f];',
  ],
];

/** Errors that the compilers must report: Node in the sandbox, and types that don't fit, in tests too. */
const SANDBOX = [
  ['src/contracts/v.ts', 'export const v = process.env;'],
  ['src/workflows/w.ts', "export const w = fetch('http://localhost');"],
  ['src/workflows/x.ts', "export * from 'node:fs';"],
] as const;
const TYPES = [
  ['src/client/y.ts', 'export enum Y {\n  A,\n}'],
  ['test/types/z.test-d.ts', `// @ts-${'expect'}-error nothing is wrong here\nexport const z: number = 1;`],
  ['test/integration/z.test.ts', "export const z: number = 'text';"],
] as const;

const Report = z.object({
  diagnostics: z.array(z.object({ code: z.string().optional(), message: z.string(), filename: z.string() })),
});

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A project under this repository's configuration, that holds what is planted and a module that is fine. */
function project(files: readonly (readonly [path: string, text: string])[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'baton-gates-'));
  folders.push(folder);
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'), 'dir');
  for (const file of CONFIGURATION) cpSync(join(ROOT, file), join(folder, file));
  for (const [path, text] of [['src/client/fine.ts', 'export const fine = 1;'], ...files] as const) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), path.endsWith('.ts') ? `/** Planted. */\n${text}\n` : text);
  }
  return folder;
}

interface GateEnd {
  readonly code: number | null;
  readonly output: string;
}

/** Runs a gate of `npm run check` in a project. */
async function gate(name: string, cwd: string, ...more: readonly string[]): Promise<GateEnd> {
  const path: string = '../../scripts/gates.mjs';
  const { GATES } = (await import(path)) as { GATES: readonly Gate[] };
  const found = GATES.find((each) => each.name === name);
  if (found === undefined) throw new Error(`There is no gate ${name}.`);
  const [command, args] = found.run;
  const { status, stdout, stderr } = spawnSync(command, [...args, ...more], { cwd, encoding: 'utf8' });
  return { code: status, output: `${stdout}${stderr}` };
}

interface Gate {
  readonly name: string;
  readonly run: readonly [command: string, args: readonly string[]];
}

describe('gates, each seen red', () => {
  test('lint: finds each planted breach by its rule, and nothing in sound code', async () => {
    const folder = project(LINT.map(([, path, text]) => [path, text]));
    const { code, output } = await gate('lint', folder, '--format', 'json');
    const { diagnostics } = Report.parse(JSON.parse(output));
    const found = new Set(diagnostics.map(({ filename, code: rule }) => `${filename} ${rule ?? ''}`));
    expect(LINT.map(([rule, path]) => `${path} ${rule}`).filter((breach) => !found.has(breach))).toEqual([]);
    expect(diagnostics.filter(({ filename }) => filename.endsWith('fine.ts'))).toEqual([]);
    expect(code).not.toBe(0);
  });

  test('lint: reports a disabled rule when it has nothing to report there', async () => {
    const unused = `// ${'oxlint'}-disable-next-line eqeqeq\nexport const a = 1;`;
    const { code, output } = await gate('lint', project([['src/client/unused.ts', unused]]));
    expect(output).toMatch(/[Uu]nused.*disable/);
    expect(code).not.toBe(0);
  });

  test.each([
    ['sandbox types', SANDBOX],
    ['types', TYPES],
  ])('%s: finds each planted breach', async (name, planted) => {
    const { code, output } = await gate(name, project(planted));
    const found = [...output.matchAll(/^(?<path>[^\s(]+)\(\d+,\d+\): error/gm)].map(
      ({ groups }) => groups?.['path'] ?? '',
    );
    expect(planted.map(([path]) => path).filter((path) => !found.includes(path))).toEqual([]);
    expect(found).not.toContain('src/client/fine.ts');
    expect(code).not.toBe(0);
  });

  test("sandbox types: Node's own do not come along by way of what is imported", () => {
    const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
    const { stdout } = spawnSync(process.execPath, [tsc, '-p', 'tsconfig.sandbox.json', '--listFilesOnly'], {
      cwd: ROOT,
      encoding: 'utf8',
    });
    const listed = stdout.split('\n');
    expect(listed.filter((file) => file.includes('/src/workflows/')).length).toBeGreaterThan(10);
    expect(listed.filter((file) => file.includes('/@types/node/'))).toEqual([]);
  });

  test('format: finds a page and a module that prettier would write otherwise', async () => {
    const folder = project([
      ['docs/page.md', '#    A page\n\n* one\n'],
      ['src/client/ugly.ts', 'export const  a = "1"'],
    ]);
    const { code, output } = await gate('format', folder);
    expect(output).toContain('docs/page.md');
    expect(output).toContain('src/client/ugly.ts');
    expect(output).not.toContain('fine.ts');
    expect(code).not.toBe(0);
  });
});
