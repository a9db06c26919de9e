/** Every public name of the package's entry points has a docstring. */
import { posix } from 'node:path';
import type { SourceFile } from '../source.js';
import { isPackageModule, type Rule } from './rule.js';

const DOORS = [
  'src/index.ts',
  'src/workflows/index.ts',
  'src/worker.ts',
  'src/client.ts',
  'src/testing/index.ts',
];

const NAMED = /^export\s+(?:type\s+)?\{(?<names>[^}]*)\}\s*from\s*'(?<source>[^']+)'/gm;
const STAR = /^export\s+\*\s+from\s+'(?<source>[^']+)'/gm;
const DECLARED =
  /^(?<doc>[^\n]*\*\/\n)?export\s+(?:declare\s+)?(?:async\s+)?(?:abstract\s+)?(?:const|let|function\*?|class|interface|type)\s+(?<name>\w+)/gm;

interface Exported {
  readonly name: string;
  readonly documented: boolean;
}

/** Every name that a module exports, its own and those it passes on, each with whether it is explained. */
function exported(module: string, texts: ReadonlyMap<string, string>): Exported[] {
  const text = texts.get(module) ?? '';
  const from = (source: string): Exported[] =>
    exported(posix.join(posix.dirname(module), source).replace(/\.js$/, '.ts'), texts);
  const own = [...text.matchAll(DECLARED)].map(({ groups }) => ({
    name: groups?.['name'] ?? '',
    documented: groups?.['doc'] !== undefined,
  }));
  const passed = [...text.matchAll(NAMED)].flatMap(({ groups }) => {
    const wanted = (groups?.['names'] ?? '').split(',').map(
      (name) =>
        name
          .trim()
          .replace(/^type /, '')
          .split(' as ')[0] ?? '',
    );
    return from(groups?.['source'] ?? '').filter(({ name }) => wanted.includes(name));
  });
  return [
    ...own,
    ...passed,
    ...[...text.matchAll(STAR)].flatMap(({ groups }) => from(groups?.['source'] ?? '')),
  ];
}

/** A schema and its type share one name and one explanation. */
function unexplained(files: readonly SourceFile[]): string[] {
  const texts = new Map(files.map(({ path, text }) => [path, text]));
  return DOORS.flatMap((door) => {
    const all = exported(door, texts);
    const explained = new Set(all.flatMap(({ name, documented }) => (documented ? [name] : [])));
    const silent = new Set(all.map(({ name }) => name).filter((name) => !explained.has(name)));
    return [...silent].map((name) => `${door}: ${name}`);
  });
}

const door = {
  path: 'src/index.ts',
  text: "export { agent, type Agent } from './contracts/definitions/agent.js';\n",
};

export const DOOR_RULES: readonly Rule[] = [
  {
    says: 'every public name has a docstring',
    of: isPackageModule,
    find: unexplained,
    planted: {
      'a function': [
        door,
        {
          path: 'src/contracts/definitions/agent.ts',
          text: '/** It. */\nexport interface Agent {}\nexport function agent() {}\n',
        },
      ],
      'a type': [
        door,
        {
          path: 'src/contracts/definitions/agent.ts',
          text: '/** It. */\nexport function agent() {}\n\nexport type Agent = 1;\n',
        },
      ],
      'by way of another module': [
        { path: 'src/worker.ts', text: "export * from './models/index.js';\n" },
        { path: 'src/models/index.ts', text: "export { stem } from './stem.js';\n" },
        { path: 'src/models/stem.ts', text: 'export const stem = 1;\n' },
      ],
    },
    innocent: [
      door,
      {
        path: 'src/contracts/definitions/agent.ts',
        text: '/** It. */\nexport const agent = 1;\nexport type agent = 1;\n/**\n * It.\n */\nexport interface Agent {}\nexport const inner = 1;\n',
      },
    ],
  },
];
