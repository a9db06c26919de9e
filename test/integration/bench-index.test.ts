/** The bench of the index runs, and its exact counts match the promises. No test asserts its times. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const MAIN = fileURLToPath(new URL('../../dist/bench/index/main.js', import.meta.url));

test('bench:index: reads and indexes what changed and nothing else, and gives time, memory and passages', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [MAIN, '--megabytes', '0.5', '--json']);
  const report = JSON.parse(stdout) as { corpus: { files: number } };
  const { files } = report.corpus;
  expect(files).toBeGreaterThan(20);
  expect(report).toMatchObject({
    v: 1,
    passages: expect.any(Number),
    indexBytes: expect.any(Number),
    targets: { seconds: { wanted: '≤ 60 s for 50 MB' }, memory: { wanted: '≤ 400 MB' } },
    steps: {
      build: {
        documents: files,
        read: files,
        indexed: files,
        removed: 0,
        seconds: expect.any(Number),
        peakRssBytes: expect.any(Number),
      },
      unchanged: { documents: files, read: 0, indexed: 0, removed: 0 },
      touched: { documents: files, read: files, indexed: 0, removed: 0 },
      changed: { documents: files, read: 1, indexed: 1, removed: 0 },
      removed: { documents: files - 1, read: 0, indexed: 0, removed: 1 },
    },
  });
});
