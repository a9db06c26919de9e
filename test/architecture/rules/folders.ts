/**
 * Folders are concerns, each above the next: what a folder may import follows from its place in its area. The files that
 * stand in an area itself are above all of its folders.
 */
import { posix } from 'node:path';
import { importsOf, type SourceFile } from '../source.js';
import { at, isPackageModule, type Rule } from './rule.js';

/** The folders of an area, from the highest to the lowest: each imports those after it, and none before it. */
export const ORDER: Readonly<Record<string, readonly string[]>> = {
  'src/workflows': [
    'shapes',
    'orchestration',
    'handoff',
    'recovery',
    'task',
    'agent',
    'tools',
    'approvals',
    'runtime',
    'requests',
  ],
  'src/contracts': ['crew', 'story', 'wire', 'proof', 'definitions', 'requests', 'handoff', 'data'],
};

const MOST_SIDE_BY_SIDE = 25;
/** A table of like things: one command a file. */
const TABLES = ['src/cli/commands'];

/** `src/workflows/shapes/crew/crew.ts` is of `shapes` in the area `src/workflows`. */
function placeIn(area: string, path: string): string | undefined {
  return path.startsWith(`${area}/`)
    ? path
        .slice(area.length + 1)
        .split('/')
        .slice(0, -1)[0]
    : undefined;
}

function upward(files: readonly SourceFile[]): string[] {
  return files.flatMap((file) =>
    importsOf(file).flatMap(({ from, target }) =>
      Object.entries(ORDER).flatMap(([area, order]) => {
        const own = placeIn(area, from);
        if (own === undefined || target === undefined || !target.startsWith(`${area}/`)) return [];
        const other = placeIn(area, target);
        // A single file of the area that all build on, as the table of errors, is below its folders.
        if (other === undefined)
          return target === `${area}/errors.ts` ? [] : [`${from}: imports up, ${target}`];
        if (!order.includes(own)) return [`${from}: folder ${own} has no place in the order of ${area}`];
        return order.indexOf(other) < order.indexOf(own) ? [`${from}: imports up, ${target}`] : [];
      }),
    ),
  );
}

/** Which folders import each other, by however many others between. */
function folderCycles(files: readonly SourceFile[]): string[] {
  const graph = new Map<string, Set<string>>();
  for (const { from, target } of files.flatMap(importsOf)) {
    const [a, b] = [posix.dirname(from), posix.dirname(target ?? '')];
    if (target === undefined || a === b || b === 'src' || target === 'src/contracts/errors.ts') continue;
    graph.set(a, (graph.get(a) ?? new Set()).add(b));
  }
  const reachedFrom = (folder: string): Set<string> => {
    const seen = new Set<string>();
    const left = [folder];
    for (let next = left.pop(); next !== undefined; next = left.pop()) {
      for (const target of graph.get(next) ?? []) {
        if (!seen.has(target)) left.push(target);
        seen.add(target);
      }
    }
    return seen;
  };
  return [...graph.keys()].filter((folder) => reachedFrom(folder).has(folder)).toSorted();
}

function crowded(files: readonly SourceFile[]): string[] {
  const counts = new Map<string, number>();
  for (const { path } of files) {
    const folder = posix.dirname(path);
    counts.set(folder, (counts.get(folder) ?? 0) + 1);
  }
  return [...counts].flatMap(([folder, count]) =>
    count > MOST_SIDE_BY_SIDE && !TABLES.includes(folder) ? [`${folder}: ${count} files`] : [],
  );
}

const many = (folder: string, count: number): SourceFile[] =>
  Array.from({ length: count }, (_, index) => ({
    path: `${folder}/x${index}.ts`,
    text: '/** Planted. */\n',
  }));

export const FOLDER_RULES: readonly Rule[] = [
  {
    says: 'no folder imports one that stands above it',
    of: isPackageModule,
    find: upward,
    planted: {
      'one step up': at('src/workflows/runtime/x.ts', "import { a } from '../approvals/a.js';"),
      'a type': at('src/workflows/tools/x.ts', "import type { T } from '../task/task.js';"),
      'the door': at('src/workflows/runtime/x.ts', "import { a } from '../index.js';"),
      'a folder of a folder': at('src/workflows/handoff/x.ts', "import { a } from '../shapes/crew/crew.js';"),
      'a new folder': at('src/workflows/elsewhere/x.ts', "import { a } from '../runtime/run.js';"),
      'among contracts': at('src/contracts/data/x.ts', "import { a } from '../wire/a.js';"),
    },
    innocent: at('src/workflows/shapes/crew/x.ts', "import { a } from '../../runtime/run.js';"),
  },
  {
    says: 'no folder imports itself by way of others',
    of: isPackageModule,
    find: folderCycles,
    planted: {
      'two folders, between four modules': [
        { path: 'src/cli/pages/a.ts', text: "import { b } from '../watch/b.js';" },
        { path: 'src/cli/watch/c.ts', text: "import { d } from '../pages/d.js';" },
      ],
      'a folder and what it stands in': [
        { path: 'src/cli/a.ts', text: "import { b } from './pages/b.js';" },
        { path: 'src/cli/pages/c.ts', text: "import type { D } from '../d.js';" },
      ],
    },
    innocent: [
      { path: 'src/cli/a.ts', text: "import { b } from './pages/b.js';" },
      { path: 'src/cli/pages/b.ts', text: "import { c } from '../terminal/c.js';" },
    ],
  },
  {
    says: `none has more than ${MOST_SIDE_BY_SIDE} modules side by side`,
    of: isPackageModule,
    find: crowded,
    planted: { 'one too many': many('src/cli/pages', MOST_SIDE_BY_SIDE + 1) },
    innocent: [
      ...many('src/cli/pages', MOST_SIDE_BY_SIDE),
      ...many('src/cli/commands', MOST_SIDE_BY_SIDE + 1),
    ],
  },
];
