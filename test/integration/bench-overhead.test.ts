/** The bench of Baton's own cost runs, and its exact counts match the promises. No test asserts its times. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from 'vitest';
import { required } from '../fixtures/harness.js';
import { BenchOverheadDocument } from '../../bench/overhead/report-schema.js';
import { misfits, reportSchema } from '../fixtures/published.js';

const MAIN = fileURLToPath(new URL('../../dist/bench/overhead/main.js', import.meta.url));

const spread = { median: expect.any(Number), quartiles: [expect.any(Number), expect.any(Number)], n: 2 };
const compared = {
  ratio: expect.any(Number),
  interval: [expect.any(Number), expect.any(Number)],
  bare: spread,
  baton: spread,
};

describe('bench:overhead', () => {
  let report: Record<string, unknown> = {};
  let exitCode: unknown;

  beforeAll(async () => {
    const run = promisify(execFile)(process.execPath, [MAIN, '--quick', '--json', '--check'], {
      env: { ...process.env, BATON_TEMPORAL_CLI: required('BATON_TEST_TEMPORAL') },
    });
    const ended: { stdout: string; code?: unknown } = await run.catch((error: typeof ended) => error);
    exitCode = ended.code ?? 0;
    report = JSON.parse(ended.stdout) as Record<string, unknown>;
  });

  test('bench: with --check it fails exactly when a target is missed', () => {
    const targets = Object.values(report['targets'] as Record<string, { met: boolean }>);
    expect(targets).toHaveLength(6);
    expect(exitCode).toBe(targets.every(({ met }) => met) ? 0 : 1);
  });

  test('bench: the report fits its schema, and holds nothing that the schema does not tell of', () => {
    expect(
      misfits('bench-overhead', report, 'closed', reportSchema('overhead', BenchOverheadDocument)),
    ).toEqual([]);
    const { properties } = reportSchema('overhead', BenchOverheadDocument) as unknown as {
      properties: object;
    };
    expect(Object.keys(report).toSorted()).toEqual(Object.keys(properties).toSorted());
  });

  test('bench: a step is exactly one model call, one activity and six events', () => {
    const { modelCallsPerStep, activitiesPerStep, eventsPerStep } = report;
    expect({ modelCallsPerStep, activitiesPerStep, eventsPerStep }).toEqual({
      modelCallsPerStep: 1,
      activitiesPerStep: 1,
      eventsPerStep: 6,
    });
  });

  test('bench: a history of five steps is hardly more than half as large again as without Baton', () => {
    // Half a kilobyte of it is the marker in which the run keeps the identity of its store, however long it is.
    expect(report['historyBytes']).toBeLessThanOrEqual(1.55);
    expect(report['storeBytesPerStep']).toBeGreaterThan(2_000);
  });

  test('bench: --json gives ratios, their intervals, medians with spread and the raw numbers', () => {
    expect(report).toMatchObject({
      v: 1,
      latency: expect.any(Number),
      throughput: expect.any(Number),
      workerCpu: expect.any(Number),
      targets: { latency: { measured: report['latency'], wanted: '≤ 1.25', met: expect.any(Boolean) } },
      chains: [{ steps: 5, latencyMs: compared, workerCpuMs: compared, historyBytes: compared }],
      parallel: { runs: 4, steps: 5, runsPerSecond: compared, workerCpuMs: compared },
      memoryBytesPerRun: { bare: spread, baton: spread },
      raw: { chains: { 5: { bare: [{}, {}], baton: [{}, {}] } } },
    });
    // A process this small may shrink while it is looked at, and then there is no ratio.
    expect(report).toHaveProperty('memoryPerRun');
  });
});
