/**
 * The pages are true as far as a compiler and a table can tell.
 *
 * Every ```ts block of README.md, CONTRIBUTING.md, ARCHITECTURE.md and docs/ is compiled against the package, by
 * these rules:
 * - A block whose first line is a comment with a file name (`// hello.ts`, or `// hello.ts: what it is`) is that
 *   file. Blocks of one page with the same name are one file, in order; the page's other blocks may import it as
 *   `./hello.js`. A folder in front of the name is fine.
 * - A block without a name is a separate file. A comment directly before it holds the lines that readers don't need:
 *   `<!-- prelude: import { agent } from '@batonhq/baton'; -->`, over several lines if needed.
 * - There is no way out: a fence says `ts` and nothing else, and no other name for the language.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { ERRORS } from '../../src/contracts/errors.js';
import { filesBelow, read, ROOT } from './source.js';

const PAGES = [
  ...['README.md', 'CONTRIBUTING.md', 'ARCHITECTURE.md', 'CHANGELOG.md'].filter((page) =>
    existsSync(join(ROOT, page)),
  ),
  // The reference is made of declarations, which the compiler has made.
  ...filesBelow('docs', (path) => path.endsWith('.md') && !path.startsWith('docs/reference/')),
];

interface Block {
  readonly page: string;
  /** Of the first line inside the fence, from 1. */
  readonly line: number;
  readonly info: string;
  readonly code: string;
  readonly prelude: string;
  readonly file: string | undefined;
}

const FENCE = /^(?<mark>`{3,}|~{3,})(?<info>.*)$/;
const PRELUDE = /<!--\s*prelude:(?<code>(?:(?!-->)[\s\S])*)-->\s*$/;
const FILE = /^\/\/ (?<file>[\w./-]+\.ts)\b/;

function blocksOf(page: string, text: string): Block[] {
  const lines = text.split('\n');
  const blocks: Block[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    const open = FENCE.exec(lines[index] ?? '')?.groups;
    if (open === undefined) continue;
    const start = index + 1;
    do index += 1;
    while (index < lines.length && lines[index]?.trimEnd() !== open['mark']);
    const code = lines.slice(start, index).join('\n');
    const before = lines.slice(0, start - 1).join('\n');
    blocks.push({
      page,
      line: start + 1,
      info: (open['info'] ?? '').trim(),
      code,
      prelude: PRELUDE.exec(before)?.groups?.['code']?.trim() ?? '',
      file: FILE.exec(code)?.groups?.['file'],
    });
  }
  return blocks;
}

interface Written {
  readonly page: string;
  /** Line of the page for each line of the file; undefined inside a prelude. */
  readonly lines: (number | undefined)[];
  text: string;
}

/** The files that a page's blocks make, by their names. */
function filesOf(blocks: readonly Block[]): Map<string, Written> {
  const files = new Map<string, Written>();
  for (const [index, block] of blocks.entries()) {
    const name = block.file ?? `block-${index + 1}.ts`;
    const file = files.get(name) ?? { page: block.page, lines: [], text: '' };
    const prelude = block.prelude === '' ? [] : block.prelude.split('\n');
    const code = block.code.split('\n');
    file.lines.push(...prelude.map(() => undefined), ...code.map((_line, at) => block.line + at));
    file.text += [...prelude, ...code, ''].join('\n');
    files.set(name, file);
  }
  return files;
}

const CONFIG = {
  extends: join(ROOT, 'tsconfig.json'),
  compilerOptions: {
    rootDir: ROOT,
    noEmit: true,
    moduleDetection: 'force',
    typeRoots: [join(ROOT, 'node_modules/@types')],
  },
  include: ['**/*.ts'],
  // By default what lies in outDir is left out.
  exclude: [],
};

/** Compiles pages as one program below dist/, from where the package finds itself by name; says what is wrong, by page and line. */
function compile(pages: Readonly<Record<string, string>>): string[] {
  mkdirSync(join(ROOT, 'dist'), { recursive: true });
  const folder = mkdtempSync(join(ROOT, 'dist', 'docs-'));
  try {
    const written = new Map<string, Written>();
    for (const [page, text] of Object.entries(pages)) {
      const blocks = blocksOf(page, text).filter(({ info }) => info === 'ts');
      for (const [name, file] of filesOf(blocks))
        written.set(join(page.replaceAll(/[^\w]+/g, '-'), name), file);
    }
    for (const [path, { text }] of written) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(CONFIG));
    if (written.size === 0) return [];
    const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
    const { stdout } = spawnSync(process.execPath, [tsc, '-p', '.', '--pretty', 'false'], {
      cwd: folder,
      encoding: 'utf8',
    });
    return stdout
      .split('\n')
      .filter((line) => /error TS\d+/.test(line))
      .map((line) => toPage(line, written));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function toPage(line: string, written: ReadonlyMap<string, Written>): string {
  const {
    path = '',
    row = '',
    rest = line,
  } = /^(?<path>.+?)\((?<row>\d+),\d+\): (?<rest>.*)$/.exec(line)?.groups ?? {};
  const file = written.get(path);
  if (file === undefined) return line;
  const at = file.lines[Number(row) - 1];
  return `${file.page}:${at ?? '(prelude)'}: ${rest}`;
}

describe('examples in the docs', () => {
  let problems: string[] = [];

  beforeAll(() => {
    problems = compile(Object.fromEntries(PAGES.map((page) => [page, read(page)])));
  });

  test('docs: every TypeScript block compiles against the package', () => {
    expect(PAGES.length).toBeGreaterThan(3);
    expect(problems).toEqual([]);
  });

  test('docs: a block cannot be kept from the compiler', () => {
    const evasions = PAGES.flatMap((page) =>
      blocksOf(page, read(page))
        .filter(
          ({ info }) => /^(?:ts|tsx|mts|typescript|js|jsx|mjs|javascript)\b/i.test(info) && info !== 'ts',
        )
        .map(({ line, info }) => `${page}:${line}: ${info}`),
    );
    expect(evasions).toEqual([]);
  });

  test('docs: the check finds what is wrong, in named files, in fragments and in preludes', () => {
    const page = [
      '```ts',
      '// team.ts: two of them',
      "import { agent } from '@batonhq/baton';",
      "export const writer = agent({ name: 'writer' });",
      '```',
      '',
      "<!-- prelude: import { writer } from './team.js'; -->",
      '',
      '```ts',
      'export const goal: number = writer.goal;',
      '```',
    ].join('\n');
    const found = compile({ 'docs/page.md': page });
    expect(found.map((line) => line.replace(/TS\d+.*/, ''))).toEqual([
      'docs/page.md:10: error ',
      'docs/page.md:4: error ',
    ]);
  });
});

describe('docs/errors.md', () => {
  const page = read('docs/errors.md');
  const sections = [...page.matchAll(/^### (?<code>\S+)\n(?<body>(?:(?!^#{2,3} )[\s\S])*)/gm)].map(
    ({ groups }) => ({
      code: groups?.['code'] ?? '',
      body: groups?.['body'] ?? '',
    }),
  );

  test('errors: every code has its section, in the order of the table', () => {
    expect(sections.map(({ code }) => code)).toEqual(Object.keys(ERRORS));
  });

  test('errors: each section has a cause, a state and a fix', () => {
    const lacking = sections.filter(
      ({ body }) => !['**Cause.**', '**State.**', '**Fix.**'].every((part) => body.includes(`\n${part} `)),
    );
    expect(lacking).toEqual([]);
  });

  test('errors: each section names the exit code of the table', () => {
    const wrong = sections.filter(({ code, body }) => {
      const named = /Exit\s+code\s+(?<exit>\d)/.exec(body)?.groups?.['exit'];
      return Number(named) !== Object.entries(ERRORS).find(([name]) => name === code)?.[1].exitCode;
    });
    expect(wrong.map(({ code }) => code)).toEqual([]);
  });
});

describe('links in the docs', () => {
  test('docs: every relative link leads to a file, and to a heading in it', () => {
    const dead = PAGES.flatMap((page) =>
      linksOf(page)
        .filter((link) => !leadsSomewhere(page, link))
        .map((link) => `${page}: ${link}`),
    );
    expect(dead).toEqual([]);
  });
});

function linksOf(page: string): string[] {
  const prose = read(page).replaceAll(/^(`{3,}|~{3,})[\s\S]*?^\1/gm, '');
  return [...prose.matchAll(/\]\((?<link>[^)\s]+)\)/g)]
    .map(({ groups }) => groups?.['link'] ?? '')
    .filter((link) => !/^[a-z]+:/.test(link));
}

function leadsSomewhere(page: string, link: string): boolean {
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? page : join(dirname(page), path);
  if (!existsSync(join(ROOT, target))) return false;
  if (anchor === undefined) return true;
  return headingsOf(readFileSync(join(ROOT, target), 'utf8')).includes(anchor);
}

/** Anchors as GitHub makes them. */
function headingsOf(text: string): string[] {
  return [...text.matchAll(/^#{1,6} (?<title>.+)$/gm)].map(({ groups }) =>
    (groups?.['title'] ?? '')
      .toLowerCase()
      .replaceAll(/[^\w\- ]/g, '')
      .replaceAll(' ', '-'),
  );
}
