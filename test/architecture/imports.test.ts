/**
 * Folders are execution environments: what a module may import follows from where it stands. The rules are derived
 * again from the source here, types included, because a lint rule can be switched off in a comment.
 */
import { describe, expect, test } from 'vitest';
import { COMPUTED, importsOf, modules, read, specifiersOf } from './source.js';

interface Rule {
  /** Folders, or single modules, of src. */
  readonly own: readonly string[];
  /** Packages, each with everything below it. */
  readonly packages: readonly string[];
  readonly node: boolean;
}

const RULES: Readonly<Record<string, Rule>> = {
  contracts: { own: ['contracts'], packages: ['zod', '@noble/hashes', 'canonicalize'], node: false },
  workflows: {
    own: ['contracts', 'workflows'],
    packages: ['@temporalio/workflow', '@temporalio/common'],
    node: false,
  },
  activities: {
    own: ['contracts', 'activities', 'models', 'store'],
    packages: ['@temporalio/activity', 'zod'],
    node: true,
  },
  models: { own: ['contracts', 'models'], packages: ['openai', 'zod'], node: true },
  store: { own: ['contracts', 'store'], packages: ['@libsql/client'], node: true },
  engine: {
    own: ['contracts', 'engine'],
    packages: ['@temporalio/client', '@temporalio/common', '@temporalio/proto', 'zod'],
    node: true,
  },
  worker: {
    own: ['contracts', 'activities', 'models', 'store', 'worker'],
    packages: ['@temporalio/worker', 'jiti'],
    node: true,
  },
  client: {
    own: ['contracts', 'client'],
    packages: [
      '@temporalio/client',
      '@temporalio/common',
      '@temporalio/envconfig',
      '@temporalio/proto',
      'zod',
    ],
    node: true,
  },
  schemas: { own: ['contracts', 'client', 'schemas'], packages: ['zod'], node: false },
  cli: {
    own: ['contracts', 'client', 'engine', 'worker', 'schemas', 'cli'],
    packages: [
      '@temporalio/client',
      '@temporalio/worker',
      'commander',
      '@clack/prompts',
      'picocolors',
      'pino',
      'zod',
    ],
    node: true,
  },
  testing: { own: ['contracts', 'models', 'testing'], packages: [], node: true },
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

/** What is wrong with an import, or undefined. */
function objection(from: string, specifier: string, target: string | undefined): string | undefined {
  const area = areaOf(from);
  const rule = RULES[area];
  if (rule === undefined) return `there is no rule for src/${area}`;
  if (specifier === COMPUTED) {
    return LOADERS.includes(from) ? undefined : 'a computed import hides what is imported';
  }
  if (target !== undefined) {
    if (!target.startsWith('src/')) return `${specifier} leaves src`;
    return rule.own.includes(areaOf(target)) ? undefined : `${area} does not import ${areaOf(target)}`;
  }
  if (specifier.startsWith('node:')) return rule.node ? undefined : `${area} does not run in Node alone`;
  const allowed = rule.packages.some((name) => isBelow(specifier, name));
  return allowed ? undefined : `${area} does not import ${specifier}`;
}

const objections = modules.flatMap((module) =>
  importsOf(module).flatMap(({ from, specifier, target }) => {
    const problem = objection(from, specifier, target);
    return problem === undefined ? [] : [`${from}: ${problem}`];
  }),
);

/** A way from a module back to itself, types included; the shortest there is. */
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

describe('imports', () => {
  test('imports: every kind of statement is found, comments are not', () => {
    const text = [
      '/** import x from "in-doc" */',
      "// import x from 'in-comment'",
      "import a from 'a';",
      "import type { B } from 'b';",
      "import {\n  c,\n  type C,\n} from 'c';",
      "import * as d from 'd';",
      "import 'e';",
      "export { f } from 'f';",
      "export type { G } from 'g';",
      "export * from 'h';",
      "type I = import('i').I;",
      "const j = await import('j');",
      'const k = await import(name);',
      "import l, { m } from 'l';",
      'const from = (x) => x;',
      "export const n = { from: 'nowhere' };",
    ].join('\n');
    const found = ['a', 'b', 'c', 'd', 'f', 'g', 'h', 'l', 'e', 'i', 'j', COMPUTED];
    expect(specifiersOf(text)).toEqual(found);
  });

  test('imports: each module keeps to what its folder may touch', () => {
    expect(modules.length).toBeGreaterThan(50);
    expect(objections).toEqual([]);
  });

  test('imports: the rules refuse what they are there for', () => {
    const refused = [
      objection('src/contracts/x.ts', 'node:fs', undefined),
      objection('src/contracts/x.ts', '@temporalio/common', undefined),
      objection('src/contracts/x.ts', '../workflows/run.js', 'src/workflows/run.ts'),
      objection('src/workflows/x.ts', '@temporalio/client', undefined),
      objection('src/workflows/x.ts', '../activities/index.js', 'src/activities/index.ts'),
      objection('src/engine/x.ts', '@temporalio/worker', undefined),
      objection('src/worker/x.ts', '../workflows/specialist.js', 'src/workflows/specialist.ts'),
      objection('src/client.ts', './worker.js', 'src/worker.ts'),
      objection('src/cli/x.ts', '../../examples/research-desk/team.js', 'examples/research-desk/team.ts'),
      objection('src/index.ts', './workflows/index.js', 'src/workflows/index.ts'),
      objection('src/workflows/x.ts', '../schemas/catalog.js', 'src/schemas/catalog.ts'),
      objection('src/schemas/x.ts', 'node:fs', undefined),
      objection('src/cli/x.ts', COMPUTED, undefined),
      objection('src/unheard-of/x.ts', 'zod', undefined),
    ];
    expect(refused.filter((problem) => problem === undefined)).toEqual([]);
  });

  test('imports: no module imports itself by any way, types included', () => {
    const graph = new Map(
      modules.map((module) => [module, importsOf(module).flatMap(({ target }) => target ?? [])]),
    );
    const cycles = modules.flatMap((module) => cycleThrough(module, graph)?.join(' → ') ?? []);
    expect(cycles).toEqual([]);
  });

  test('imports: every relative import names a module that is there', () => {
    const lost = modules.flatMap((module) =>
      importsOf(module)
        .filter(({ target }) => target !== undefined && !modules.includes(target))
        .map(({ from, specifier }) => `${from}: ${specifier}`),
    );
    expect(lost).toEqual([]);
  });
});

describe('modules', () => {
  test('modules: none switches the rules on imports off', () => {
    const switches = modules.filter((module) =>
      /(?:oxlint|eslint)-disable(?:-next-line|-line)?(?!.*\bno-control-regex\b)/.test(read(module)),
    );
    expect(switches).toEqual([]);
  });

  test('modules: each opens by saying what it is for', () => {
    const silent = modules.filter((module) => !/^(?:#!.*\n)?(?:\/\*\*|\/\/)\s*\S/.test(read(module)));
    expect(silent).toEqual([]);
  });

  test('modules: none is longer than 280 lines', () => {
    const long = modules.filter((module) => read(module).split('\n').length > 281);
    expect(long).toEqual([]);
  });

  test('modules: none is named for being used by others', () => {
    expect(
      modules.filter((module) => /\/(?:utils?|helpers?|misc|common|shared|manager)\b/.test(module)),
    ).toEqual([]);
  });

  test('modules: names are kebab-case', () => {
    expect(modules.filter((module) => !/^[a-z0-9/-]+\.ts$/.test(module))).toEqual([]);
  });
});
