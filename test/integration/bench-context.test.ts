/** The bench of lost context runs, over real handoffs, and Baton loses nothing of what was named. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from 'vitest';
import { messagesOf, textOf } from '../../bench/context/conversation.js';
import { generateScenarios } from '../../bench/context/generate.js';
import { present } from '../../bench/context/judge.js';
import { observe } from '../../bench/context/measure.js';
import { FEWEST_HOPS, MOST_HOPS, WINDOWS } from '../../bench/context/scenario.js';
import { offlineSender } from '../../bench/context/sender.js';
import { truncatedHistory } from '../../bench/context/strategies/history.js';
import { naiveSummary } from '../../bench/context/strategies/naive-summary.js';
import { tokenCounter } from '../../bench/context/tokens.js';
import { required } from '../fixtures/harness.js';
import { BenchContextDocument } from '../../bench/context/report-schema.js';
import { misfits, reportSchema } from '../fixtures/published.js';

const MAIN = fileURLToPath(new URL('../../dist/bench/context/main.js', import.meta.url));

interface Part {
  readonly kept: number;
}
interface Strategy extends Part {
  readonly extracted: number;
  readonly tokensPerHandoff: number;
  readonly byWindow: readonly (Part & { readonly window: number; readonly largestRequest: number })[];
  readonly byDepth: readonly Part[];
}
interface Report {
  readonly strategies: Readonly<Record<string, Strategy>>;
  readonly targets: Readonly<Record<string, { readonly met: boolean }>>;
}

describe('the scenarios', () => {
  const scenarios = generateScenarios(54);

  test('H6 H9 scenarios: each window comes with each number of hops, and they are the same every time', () => {
    const hops = Array.from({ length: MOST_HOPS - FEWEST_HOPS + 1 }, (_, index) => FEWEST_HOPS + index);
    const pairs = WINDOWS.flatMap((window) => hops.map((many) => `${window} ${many}`));
    expect(scenarios.slice(0, pairs.length).map((each) => `${each.window} ${each.hops}`)).toEqual(
      expect.arrayContaining(pairs),
    );
    expect(generateScenarios(3)).toEqual(scenarios.slice(0, 3));
  });

  test('H6 H9 scenarios: each overflows its window, and says each item in its own agent’s words or tools only', async () => {
    const { count } = await tokenCounter();
    for (const { agents, items, window } of scenarios) {
      const talks = agents.map((turns) => messagesOf(turns, 'a').map(textOf).join('\n'));
      expect(talks.reduce((sum, talk) => sum + count(talk), 0)).toBeGreaterThan(window);
      for (const item of items) {
        const saying = talks.flatMap((talk, index) => (present(item, talk) ? [index] : []));
        expect(saying, `${item.subject}: ${item.value}`).toEqual([item.origin]);
      }
    }
  });
});

describe('what is observed', () => {
  const item = {
    kind: 'decision',
    origin: 0,
    subject: 'the Boiler in Milton House',
    value: 'start on 3 May',
  } as const;

  test('H6 judge: an item is there in any case and marks, and not when its parts are far from each other', () => {
    expect(present(item, 'So: "the boiler in\\nMilton House" is to START, on 3 May.')).toBe(true);
    expect(present(item, 'It is to start on 3 May.')).toBe(false);
    expect(present(item, 'The boiler in Milton House is to start on 31 May.')).toBe(false);
    expect(present(item, `The boiler in Milton House. ${'Nothing. '.repeat(60)} Start on 3 May.`)).toBe(
      false,
    );
  });

  test('H6 measure: what the sender did not name is not kept, and what a request lacks is lost at each receiver', () => {
    const said = 'The boiler in Milton House is to start on 3 May.';
    const scenario = { id: 's', hops: 2, window: 100, task: 't', agents: [[], []], items: [item] };
    const delivery = { tokens: 10, toolTokens: 0 };
    const { needs } = observe(scenario, [
      { ...delivery, receiver: 1, named: said, request: said },
      { ...delivery, receiver: 2, named: 'other', request: 'other' },
    ]);
    expect(needs.map(({ depth, named, present: there }) => [depth, named, there])).toEqual([
      [1, true, true],
      [2, true, false],
    ]);
  });

  test('H1 strategies: no request is larger than its window', async () => {
    const { count } = await tokenCounter();
    for (const scenario of generateScenarios(4)) {
      for (const strategy of [truncatedHistory(count), naiveSummary(offlineSender(count), count)]) {
        for (const { tokens } of await strategy(scenario))
          expect(tokens).toBeLessThanOrEqual(scenario.window);
      }
    }
  });
});

describe('bench:context', () => {
  let report: Report = { strategies: {}, targets: {} };
  let exitCode: unknown;

  beforeAll(async () => {
    const args = [MAIN, '--scenarios', '3', '--json', '--check'];
    const run = promisify(execFile)(process.execPath, args, {
      env: { ...process.env, BATON_TEMPORAL_CLI: required('BATON_TEST_TEMPORAL') },
      maxBuffer: 1e8,
    });
    const ended: { stdout: string; stderr: string; code?: unknown } = await run.catch(
      (error: typeof ended) => error,
    );
    exitCode = ended.code ?? 0;
    if (ended.stdout === '') throw new Error(ended.stderr);
    report = JSON.parse(ended.stdout) as Report;
  });

  test('H6 bench: the report fits its schema, and holds nothing that the schema does not tell of', () => {
    expect(misfits('bench-context', report, 'closed', reportSchema('context', BenchContextDocument))).toEqual(
      [],
    );
    const { properties } = reportSchema('context', BenchContextDocument) as unknown as { properties: object };
    expect(Object.keys(report).toSorted()).toEqual(Object.keys(properties).toSorted());
  });

  test('H6 H9 bench: with Baton all that a sender named stands in the request of every later receiver', () => {
    const { baton } = report.strategies;
    expect(baton).toMatchObject({
      kept: 1,
      extracted: expect.any(Number),
      tokensPerHandoff: expect.any(Number),
    });
    expect([...(baton?.byWindow ?? []), ...(baton?.byDepth ?? [])].map(({ kept }) => kept)).toEqual(
      Array.from({ length: 3 + 4 }, () => 1),
    );
    expect(baton?.extracted).toBeGreaterThan(0.5);
  });

  test('H1 bench: no request is larger than its window, the definitions of its tools included', () => {
    for (const { byWindow } of Object.values(report.strategies))
      for (const { window, largestRequest } of byWindow) expect(largestRequest).toBeLessThanOrEqual(window);
  });

  test('H1 bench: a history that does not fit loses something, whichever way it is cut', () => {
    for (const name of ['truncated-history', 'last-n']) {
      const strategy = report.strategies[name];
      expect(strategy?.extracted).toBe(1);
      expect(strategy?.kept).toBeLessThan(1);
    }
  });

  test('H6 bench: with --check it fails exactly when a target is missed', () => {
    const targets = Object.values(report.targets);
    expect(targets).toHaveLength(2);
    expect(exitCode).toBe(targets.every(({ met }) => met) ? 0 : 1);
  });
});
