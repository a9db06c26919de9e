/** The bench of long conversations runs, and what it counts adds up. No number of it is asserted. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { required } from '../fixtures/harness.js';
import { BenchLongDocument } from '../../bench/long/report-schema.js';
import { misfits, reportSchema } from '../fixtures/published.js';

const MAIN = fileURLToPath(new URL('../../dist/bench/long/main.js', import.meta.url));

test('bench:long: a short conversation is reported as the schema says, and its calls are counted', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [MAIN, '--turns', '12', '--json'], {
    env: { ...process.env, BATON_TEMPORAL_CLI: required('BATON_TEST_TEMPORAL') },
  });
  const report: unknown = JSON.parse(stdout);
  expect(misfits('bench-long', report, 'closed', reportSchema('long', BenchLongDocument))).toEqual([]);
  // Each turn looks something up, and then answers.
  expect(report).toMatchObject({
    turns: 12,
    modelCalls: 24,
    continuedAsNew: 0,
    executions: [{ modelCalls: 24 }],
  });
});
