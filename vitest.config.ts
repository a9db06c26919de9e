import { availableParallelism } from 'node:os';
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const CORES = availableParallelism();

/** What holds the bundle, which the server's tests have made. */
const BUNDLE = 'test/architecture/bundle*.test.ts';

/** What puts something in the place of a module: other files of the process would get it too. */
const MOCKED = [
  'src/workflows/{handoff,tools}/*.test.ts',
  'test/integration/{made-up-option,own-words}.test.ts',
];

/** What a file before them has read or left in the process would change what they see, or how long they take. */
const ALONE = ['test/integration/{desk-fetch,provider-faults}.test.ts'];

/** What takes long, first of all the longest: begun last, it would run alone at the end. */
const LONG = [
  /test\/(inbox|pack|faults)\/|ten-questions/,
  /test\/integration\/(cli-(chat|crew|demo|runs|without-worker)|engine-keeper|provider-faults|swarm-attacks|two-workers)/,
  /test\/(replay|integration\/(approvals|bench|cli|history|notices|proof|signed|waiting))/,
];

class LongestFirst extends BaseSequencer {
  override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => {
      const at = LONG.findIndex((pattern) => pattern.test(moduleId));
      return at < 0 ? LONG.length : at;
    };
    return Promise.resolve(files.toSorted((a, b) => rank(a) - rank(b)));
  }
}

// Tests beside the source import it; tests of what crosses boundaries import the built package by its own name, so
// that workflows, worker and client are the very code that is published. `npm test` builds first.
//
// A process runs many files, one after the other: to load the SDK, the schemas and the commands takes longer than most
// files do. What a file changes of its process (folder, environment) it changes back.
const common: TestProjectInlineConfiguration['test'] = {
  testTimeout: 60_000,
  hookTimeout: 120_000,
  pool: 'forks',
  isolate: false,
  server: { deps: { external: [/\/dist\//] } },
};

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          ...common,
          name: 'unit',
          include: ['src/**/*.test.ts', 'examples/**/*.test.ts', 'test/architecture/**/*.test.ts'],
          // Tests of the projects that `baton init` makes; they use Node's runner.
          exclude: [BUNDLE, ...MOCKED, 'examples/*/test/**'],
          maxWorkers: CORES,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          ...common,
          name: 'mocked',
          include: MOCKED,
          isolate: true,
          maxWorkers: CORES,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          ...common,
          name: 'alone',
          include: ALONE,
          globalSetup: ['test/fixtures/global-setup.ts'],
          hookTimeout: 300_000,
          isolate: true,
          maxWorkers: CORES * 3,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          ...common,
          name: 'server',
          include: ['test/**/*.test.ts'],
          exclude: ['test/architecture/!(bundle*).test.ts', ...MOCKED, ...ALONE],
          globalSetup: ['test/fixtures/global-setup.ts'],
          // They wait for the server, and for processes of their own, more than they compute.
          maxWorkers: CORES * 3,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
