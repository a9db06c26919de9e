/** Folders are execution environments: what a module may import follows from where it stands, types included. */
import { COMPUTED, importsOf, type Import, type SourceFile } from '../source.js';
import { at, isModule, isPackageModule, type Rule } from './rule.js';

interface Folder {
  /** Folders, or single modules, of src. */
  readonly own: readonly string[];
  /** Packages, each with everything below it. */
  readonly packages: readonly string[];
  readonly node: boolean;
}

const FOLDERS: Readonly<Record<string, Folder>> = {
  contracts: {
    own: ['contracts'],
    packages: ['zod', '@noble/ed25519', '@noble/hashes', 'canonicalize', 'rfc4648'],
    node: false,
  },
  workflows: {
    own: ['contracts', 'workflows'],
    packages: ['@temporalio/workflow', '@temporalio/common'],
    node: false,
  },
  activities: {
    own: ['contracts', 'activities', 'models', 'notices', 'store'],
    packages: ['@temporalio/activity', 'zod'],
    node: true,
  },
  project: { own: ['contracts', 'project'], packages: [], node: true },
  notices: { own: ['contracts', 'notices'], packages: ['nodemailer'], node: true },
  models: {
    own: ['contracts', 'models'],
    packages: ['openai', 'gpt-tokenizer', 'stemmer', 'zod'],
    node: true,
  },
  store: { own: ['contracts', 'store'], packages: ['libsql'], node: true },
  engine: {
    own: ['contracts', 'project', 'engine'],
    packages: ['@temporalio/client', '@temporalio/common', '@temporalio/proto', 'zod'],
    node: true,
  },
  worker: {
    own: ['contracts', 'project', 'activities', 'models', 'notices', 'store', 'worker'],
    packages: ['@temporalio/worker', 'jiti'],
    node: true,
  },
  client: {
    own: ['contracts', 'project', 'schemas', 'client'],
    packages: [
      '@temporalio/client',
      '@temporalio/common',
      '@temporalio/envconfig',
      '@temporalio/proto',
      'p-limit',
      'zod',
    ],
    node: true,
  },
  schemas: { own: ['contracts', 'schemas'], packages: ['zod'], node: false },
  inbox: {
    own: ['contracts', 'schemas', 'client', 'inbox'],
    packages: ['@hono/node-server', '@temporalio/client', 'diff', 'hono', 'jose', 'zod'],
    node: true,
  },
  cli: {
    own: ['contracts', 'project', 'client', 'engine', 'notices', 'worker', 'schemas', 'inbox', 'cli'],
    packages: [
      '@temporalio/client',
      '@temporalio/worker',
      'commander',
      'yaml',
      '@clack/prompts',
      'chokidar',
      'fast-string-truncated-width',
      'picocolors',
      'pino',
      'zod',
    ],
    node: true,
  },
  testing: {
    own: ['contracts', 'schemas', 'activities', 'models', 'engine', 'worker', 'client', 'testing'],
    packages: ['@temporalio/client', '@temporalio/worker'],
    node: true,
  },
  index: { own: ['contracts'], packages: [], node: false },
};

/** Where a specifier may be computed: what is loaded there is a user's file. */
const LOADERS = ['src/worker/load-config.ts'];

/** `src/worker/bundle.ts` and the door `src/worker.ts` are both of `worker`. */
function areaOf(module: string): string {
  return /^src\/([^/.]+)/.exec(module)?.[1] ?? module;
}

function isBelow(specifier: string, packageName: string): boolean {
  return specifier === packageName || specifier.startsWith(`${packageName}/`);
}

/** The problem with an import, or undefined. */
function objection({ from, specifier, target }: Import): string | undefined {
  const area = areaOf(from);
  const folder = FOLDERS[area];
  if (folder === undefined) return `there is no rule for src/${area}`;
  if (specifier === COMPUTED) {
    return LOADERS.includes(from) ? undefined : 'a computed import hides what is imported';
  }
  if (target !== undefined) {
    if (!target.startsWith('src/')) return `${specifier} leaves src`;
    return folder.own.includes(areaOf(target)) ? undefined : `${area} does not import ${areaOf(target)}`;
  }
  if (specifier.startsWith('node:')) return folder.node ? undefined : `${area} does not run in Node alone`;
  const allowed = folder.packages.some((name) => isBelow(specifier, name));
  return allowed ? undefined : `${area} does not import ${specifier}`;
}

function offences(files: readonly SourceFile[]): string[] {
  return files.flatMap((file) =>
    importsOf(file).flatMap((each) => {
      const problem = objection(each);
      return problem === undefined ? [] : [`${each.from}: ${problem}`];
    }),
  );
}

/** A way from a module back to itself; the shortest there is. */
function cycleThrough(module: string, graph: ReadonlyMap<string, readonly string[]>): string[] | undefined {
  const ways: string[][] = [[module]];
  const seen = new Set<string>();
  for (let way = ways.shift(); way !== undefined; way = ways.shift()) {
    for (const next of graph.get(way.at(-1) ?? '') ?? []) {
      if (next === module) return [...way, next];
      if (!seen.has(next)) ways.push([...way, next]);
      seen.add(next);
    }
  }
  return undefined;
}

function cycles(files: readonly SourceFile[]): string[] {
  const graph = new Map(
    files.map((file) => [file.path, importsOf(file).flatMap(({ target }) => target ?? [])]),
  );
  return files.flatMap(({ path }) => cycleThrough(path, graph)?.join(' → ') ?? []);
}

function lost(files: readonly SourceFile[]): string[] {
  const paths = new Set(files.map(({ path }) => path));
  return files.flatMap((file) =>
    importsOf(file)
      .filter(({ target }) => target !== undefined && !paths.has(target))
      .map(({ from, specifier }) => `${from}: ${specifier}`),
  );
}

/** One module with one import, for each that must be refused. */
function refused(...imports: readonly [path: string, statement: string][]): Rule['planted'] {
  return Object.fromEntries(
    imports.map(([path, statement]) => [
      `${path}: ${statement}`,
      at(path, `/** Planted. */\n${statement}\n`),
    ]),
  );
}

export const IMPORT_RULES: readonly Rule[] = [
  {
    says: 'each module keeps to what its folder may touch',
    of: isPackageModule,
    find: offences,
    planted: refused(
      ['src/contracts/x.ts', "import { readFileSync } from 'node:fs';"],
      ['src/contracts/x.ts', "import type { Payload } from '@temporalio/common';"],
      ['src/contracts/x.ts', "import { Run } from '../workflows/runtime/run.js';"],
      ['src/contracts/x.ts', "export * from '../schemas/catalog.js';"],
      ['src/workflows/x.ts', "import { Client } from '@temporalio/client';"],
      ['src/workflows/x.ts', "import { createActivities } from '../activities/index.js';"],
      ['src/workflows/x.ts', "type C = import('../schemas/catalog.js').DocumentName;"],
      ['src/workflows/x.ts', "import { webhook } from '../notices/webhook/webhook.js';"],
      ['src/notices/x.ts', "import { activityInfo } from '@temporalio/activity';"],
      ['src/notices/x.ts', "import { createActivities } from '../activities/index.js';"],
      ['src/engine/x.ts', "import { Worker } from '@temporalio/worker';"],
      ['src/worker/x.ts', "import { childAgent } from '../workflows/orchestration/child-agent.js';"],
      ['src/schemas/x.ts', "import { readFileSync } from 'node:fs';"],
      ['src/client.ts', "import { createWorker } from './worker.js';"],
      ['src/cli/x.ts', "import { planner } from '../../examples/research-desk/team.js';"],
      ['src/cli/x.ts', 'const later = await import(name);'],
      ['src/index.ts', "export * from './workflows/index.js';"],
      ['src/unheard-of/x.ts', "import { z } from 'zod';"],
      // A lint rule that is switched off does not switch this one off.
      ['src/contracts/x.ts', `// ${'oxlint'}-disable-next-line\nimport { readFileSync } from 'node:fs';`],
    ),
    innocent: [
      { path: 'src/contracts/x.ts', text: "import { z } from 'zod';\n" },
      { path: 'src/cli/x.ts', text: "// import x from 'left-pad';\nimport { z } from 'zod';\n" },
    ],
  },
  {
    says: 'no module imports itself by any way, types included',
    of: isModule,
    find: cycles,
    planted: {
      'two modules, one way by types': [
        { path: 'src/cli/a.ts', text: "import { b } from './b.js';" },
        { path: 'src/cli/b.ts', text: "import type { A } from './a.js';" },
      ],
      'three modules, by a type in an expression': [
        { path: 'src/cli/a.ts', text: "export { b } from './b.js';" },
        { path: 'src/cli/b.ts', text: "export * from './c.js';" },
        { path: 'src/cli/c.ts', text: "type A = import('./a.js').A;" },
      ],
    },
    innocent: [
      { path: 'src/cli/a.ts', text: "import { b } from './b.js';\nimport { c } from './c.js';" },
      { path: 'src/cli/b.ts', text: "import { c } from './c.js';" },
      { path: 'src/cli/c.ts', text: "// import { a } from './a.js';\n" },
    ],
  },
  {
    says: 'every relative import names a module that is there',
    of: isPackageModule,
    find: lost,
    planted: refused(['src/cli/x.ts', "import { y } from './y.js';"]),
  },
];
