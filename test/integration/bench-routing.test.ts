/** The bench of the routers runs, and what it counts adds up. How often a router is right is asserted nowhere. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from 'vitest';
import { DEVELOPMENT } from '../../bench/routing/requests/development.js';
import { HELD_OUT } from '../../bench/routing/requests/held-out.js';
import { DESTINATIONS, requestsOf } from '../../bench/routing/requests/request.js';
import { required } from '../fixtures/harness.js';
import { BenchRoutingDocument } from '../../bench/routing/report-schema.js';
import { misfits, reportSchema } from '../fixtures/published.js';

const MAIN = fileURLToPath(new URL('../../dist/bench/routing/main.js', import.meta.url));

interface Split {
  readonly all: { readonly requests: number; readonly decided: number; readonly right: number };
  readonly easy: { readonly requests: number };
  readonly hard: { readonly requests: number };
  readonly confusion: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly decidedBy: Readonly<Record<string, number>>;
  readonly modelCallsPerDecision: number;
  readonly failures: number;
}
interface Report {
  readonly models: object;
  readonly routers: Readonly<Record<string, Readonly<Record<string, Split>>>>;
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

describe('the labelled requests', () => {
  const splits = { development: requestsOf(DEVELOPMENT), 'held out': requestsOf(HELD_OUT) };
  const all = Object.values(splits).flat();

  test('R1 R2 R3 requests: there are 300 or more of six kinds, and none stands there twice', () => {
    expect(all.length).toBeGreaterThanOrEqual(300);
    expect(DESTINATIONS).toHaveLength(6);
    expect(new Set(all.map(({ text }) => text.toLowerCase())).size).toBe(all.length);
  });

  test.each(['development', 'held out'] as const)(
    'R1 R2 R3 requests: three in ten or more are hard, in each of the three ways, in the split %s',
    (split) => {
      const hard = splits[split].filter((request) => request.hard !== undefined);
      expect(hard.length / splits[split].length).toBeGreaterThanOrEqual(0.3);
      expect(new Set(hard.map((request) => request.hard)).size).toBe(3);
    },
  );
});

describe('bench:routing', () => {
  let report: Report = { models: {}, routers: {} };

  beforeAll(async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [MAIN, '--quick', '--offline', '--json'], {
      env: { ...process.env, BATON_TEMPORAL_CLI: required('BATON_TEST_TEMPORAL') },
    });
    report = JSON.parse(stdout) as Report;
  });

  const splitsOf = (router: string): Split[] => Object.values(report.routers[router] ?? {});

  test('R1 R2 R3 R4 bench: the report fits its schema, and holds nothing that the schema does not tell of', () => {
    expect(misfits('bench-routing', report, 'closed', reportSchema('routing', BenchRoutingDocument))).toEqual(
      [],
    );
    const { properties } = reportSchema('routing', BenchRoutingDocument) as unknown as { properties: object };
    expect(Object.keys(report).toSorted()).toEqual(Object.keys(properties).toSorted());
  });

  test('R4 bench: every request is decided by a router or left to the fallback, and stands in the confusion table once', () => {
    const splits = Object.keys(report.routers).flatMap(splitsOf);
    expect(splits).toHaveLength(8);
    for (const { all, easy, hard, confusion, decidedBy, failures } of splits) {
      expect(all.requests).toBe(16);
      expect(easy.requests + hard.requests).toBe(all.requests);
      expect(sum(Object.values(decidedBy))).toBe(all.requests);
      expect(all.requests - (decidedBy['fallback'] ?? 0)).toBe(all.decided);
      expect(sum(Object.values(confusion).flatMap((row) => Object.values(row)))).toBe(all.requests);
      expect(sum(Object.entries(confusion).map(([label, row]) => row[label] ?? 0))).toBe(all.right);
      expect(failures).toBe(0);
    }
  });

  test('R1 R3 R2 bench: rules and offline similarity ask no model, a classifier asks one once, a chain only where it must', () => {
    const calls = (router: string) => splitsOf(router).map((split) => split.modelCallsPerDecision);
    expect([calls('rules'), calls('similarity'), calls('classifier')]).toEqual([
      [0, 0],
      [0, 0],
      [1, 1],
    ]);
    for (const { all, decidedBy, modelCallsPerDecision } of splitsOf('chain')) {
      const leftByOthers = (decidedBy['classifier'] ?? 0) + (decidedBy['fallback'] ?? 0);
      expect(modelCallsPerDecision).toBeCloseTo(leftByOthers / all.requests, 3);
      expect(modelCallsPerDecision).toBeLessThan(1);
    }
  });
});
