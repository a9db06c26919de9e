import { defineConfig } from 'vitest/config';

// Tests beside the source import it; tests of what crosses boundaries import the built package by its own name, so
// that workflows, worker and client are the very code that is published. `npm test` builds first.
export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts', 'examples/**/*.test.ts'],
    globalSetup: ['test/fixtures/global-setup.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    pool: 'forks',
    maxWorkers: 2,
  },
});
