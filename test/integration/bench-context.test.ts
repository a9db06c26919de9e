/** The scenarios of the bench of lost context, and what is observed in them. */
import { describe, expect, test } from 'vitest';
import { messagesOf, textOf } from '../../bench/context/conversation.js';
import { generateScenarios } from '../../bench/context/generate.js';
import { present } from '../../bench/context/judge.js';
import { observe } from '../../bench/context/measure.js';
import { offlineSender } from '../../bench/context/sender.js';
import { truncatedHistory } from '../../bench/context/strategies/history.js';
import { naiveSummary } from '../../bench/context/strategies/naive-summary.js';
import { tokenCounter } from '../../bench/context/tokens.js';

describe('the scenarios', () => {
  const scenarios = generateScenarios(54);

  test('H6 H9 scenarios: 54 have each window with each number of hops once, and are the same every time', () => {
    const pairs = scenarios.map(({ window, hops }) => `${window} ${hops}`);
    expect(new Set(pairs).size).toBe(54);
    expect(new Set(scenarios.map(({ window }) => window))).toEqual(
      new Set([2_048, 4_096, 8_192, 12_288, 16_384, 32_768]),
    );
    expect(new Set(scenarios.map(({ hops }) => hops))).toEqual(new Set([2, 3, 4, 5, 6, 7, 8, 9, 10]));
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
