import { defineConfig } from 'vitest/config';

const door = (file: string) => new URL(`./src/${file}`, import.meta.url).pathname;

export default defineConfig({
  resolve: {
    alias: [
      { find: /^@batonhq\/baton$/, replacement: door('index.ts') },
      { find: /^@batonhq\/baton\/workflow$/, replacement: door('workflows/index.ts') },
      { find: /^@batonhq\/baton\/worker$/, replacement: door('worker.ts') },
      { find: /^@batonhq\/baton\/client$/, replacement: door('client.ts') },
      { find: /^@batonhq\/baton\/testing$/, replacement: door('testing/index.ts') },
    ],
  },
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts', 'examples/**/*.test.ts'],
    globalSetup: ['test/fixtures/global-setup.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    pool: 'forks',
    maxWorkers: 2,
  },
});
