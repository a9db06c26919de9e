/**
 * The effect of each fault of a provider. The runs and the server are real, and a faulty provider answers over HTTP.
 * docs/provider-faults.md has the same rows, and the test compares both sides.
 */
import { tmpdir } from 'node:os';
import { beforeAll, describe, expect, test } from 'vitest';
import type { TimelineEvent } from '@batonhq/baton';
import { baton } from '../fixtures/cli/command.js';
import { testAddress } from '../fixtures/harness.js';
import { commit, pageOf, type Outcome } from '../fixtures/faults/desk.js';
import { documentedFaults, documentedMessage } from '../fixtures/faults/docs-table.js';
import type { FaultRow } from '../fixtures/faults/row.js';
import { ROWS } from '../fixtures/faults/rows.js';

let outcomes = new Map<string, Outcome>();

// All at once, or each row would wait for the pauses of the others.
beforeAll(async () => {
  outcomes = await commit(ROWS);
});

function outcomeOf({ fault }: FaultRow): Outcome {
  const outcome = outcomes.get(fault);
  if (outcome === undefined) throw new Error(`Nothing came of ${fault}.`);
  return outcome;
}

const TOLD = ['turn', 'repair', 'run-ended'];
const told = ({ story }: Outcome): string[] =>
  story.timeline.map(({ kind }) => kind).filter((kind) => TOLD.includes(kind));

const problems = ({ story }: Outcome): string[] =>
  story.timeline.flatMap((event: TimelineEvent) => (event.kind === 'repair' ? [event.problem] : []));

/** The messages of a request after the system prompt and the task. */
function talk({ requests }: Outcome, index: number): { role: string; content: string }[] {
  const messages = requests[index]?.body['messages'] as { role: string; content: string }[] | undefined;
  return messages?.slice(2) ?? [];
}

/** The message that the docs promise; the actual text must match it. */
const said = ({ fault }: FaultRow): unknown => expect.stringMatching(documentedMessage(fault));

/** The run ends with the failure, and every place where a person may look says so. */
function expectFailed(row: FaultRow, outcome: Outcome): void {
  const { story, page } = outcome;
  expect(story).toMatchObject({ state: 'failed', failure: { code: row.code, message: said(row) } });
  expect(story.timeline.at(-1)).toMatchObject({
    kind: 'run-ended',
    outcome: 'failed',
    code: row.code,
    message: said(row),
  });
  expect(page).toContain(`✗ ${story.failure?.message}  [${row.code}]`);
  expect(page).toContain(`See docs/errors.md#${row.code?.toLowerCase()}`);
}

function expectTriedAgain(row: FaultRow, outcome: Outcome): void {
  const { requests, attempt, waiting, story } = outcome;
  expect(attempt).toMatchObject({ code: row.code, message: said(row) });
  if (typeof row.waitMs === 'object') {
    expect(attempt?.waitMs).toBeGreaterThan(0);
    expect(attempt?.waitMs).toBeLessThanOrEqual(row.waitMs.atMost);
  } else {
    expect(attempt?.waitMs).toBe(row.waitMs);
  }
  for (const { body } of requests) expect(body).toEqual(requests[0]?.body);
  expect(waiting !== undefined).toBe(row.long === true || row.workflow === 'called');
  if (waiting) {
    expect(waiting.retries).toMatchObject([{ attempt: 2, code: row.code, message: said(row) }]);
    expect(pageOf(waiting)).toMatch(/! callModel is tried again \(attempt 2, since \d\d:\d\d:\d\d, next at /);
    expect(pageOf(waiting)).toContain(`${attempt?.message} [${row.code}]`);
  }
  if (row.fails) return expectFailed(row, outcome);
  const routed = row.workflow === 'routed';
  expect(story).toMatchObject({ state: 'completed', result: routed ? 'writer by similarity' : 'done' });
  expect(told(outcome)).toEqual([...(routed ? [] : ['turn']), 'run-ended']);
}

function expectRepaired(row: FaultRow, outcome: Outcome): void {
  const turns = Array.from({ length: row.fails ? 3 : 1 }, () => ['turn', 'repair']).flat();
  expect(told(outcome)).toEqual([...turns, ...(row.fails ? [] : ['turn']), 'run-ended']);
  for (const problem of problems(outcome)) {
    expect(outcome.page).toContain(`gave an answer that cannot be used: ${problem}`);
  }
  if (row.fails) return expectFailed(row, outcome);
  expect(problems(outcome)).toEqual([said(row)]);
  expect(outcome.story.state).toBe('completed');
  // The model reads the same, as the result of each call that was not carried out or as a message.
  const [answer, ...reasons] = talk(outcome, 1);
  expect(answer?.role).toBe('assistant');
  expect(reasons.at(-1)?.content.replaceAll(/\s+/g, ' ')).toContain(problems(outcome)[0]);
}

const CHECKS: Readonly<Record<string, (row: FaultRow, outcome: Outcome) => void>> = {
  retry: expectTriedAgain,
  wait: expectTriedAgain,
  fail: (row, outcome) => {
    expect(outcome.attempt).toMatchObject({ code: row.code, message: said(row), waitMs: undefined });
    expect(told(outcome)).toEqual(['run-ended']);
    expectFailed(row, outcome);
  },
  repair: expectRepaired,
  report: (row, outcome) => {
    expect(told(outcome)).toEqual(['turn', 'turn', 'run-ended']);
    expect(outcome.story.counts.toolCalls).toBe(1);
    expect(talk(outcome, 1).filter(({ role }) => role === 'tool')).toEqual([
      expect.objectContaining({ tool_call_id: 'b', content: said(row) }),
      expect.objectContaining({ tool_call_id: 'a', content: 'order 17 is on its way' }),
    ]);
  },
  fall: (row, outcome) => {
    expect(outcome.story).toMatchObject({ state: 'completed', result: 'keep by fallback' });
    const event = outcome.story.timeline.find(({ kind }) => kind === 'routed');
    expect(event).toMatchObject({ by: 'fallback', tried: [{ router: 'nearest', problem: said(row) }] });
    expect(outcome.page).toContain('nearest failed');
  },
  accept: (row, outcome) => {
    expect(outcome.story.state).toBe('completed');
    expect(told(outcome)).toEqual([...outcome.requests.map(() => 'turn'), 'run-ended']);
    const calls = talk(outcome, outcome.requests.length - 1).filter(({ role }) => role === 'tool');
    expect(calls.every(({ content }) => /^order 1[78] is on its way$/.test(content))).toBe(true);
    expect(outcome.story.counts.toolCalls).toBe(calls.length);
    expect(outcome.story.counts.outputTokens).toBeGreaterThan(0);
  },
};

describe('provider faults', () => {
  test('docs: the page and the tests have the same rows', () => {
    expect(
      documentedFaults().map(({ fault, rule, requests, code }) => ({ fault, rule, requests, code })),
    ).toEqual(
      ROWS.map(({ fault, rule, requests, code = '' }) => ({ fault, rule, requests: `${requests}`, code })),
    );
    expect(new Set(ROWS.map(({ fault }) => fault)).size).toBe(ROWS.length);
  });

  test.each(ROWS)('D2 $fault: $rule, with $requests request(s)', (row) => {
    const outcome = outcomeOf(row);
    expect(outcome.requests).toHaveLength(row.requests);
    const check = CHECKS[row.rule.split(/[ ,]/)[0] ?? ''];
    if (check === undefined) throw new Error(`There is no rule ${row.rule}.`);
    check(row, outcome);
  });

  test.each([
    'nothing is sent before the time-out',
    'the body drips past the time-out',
    'the body never ends',
  ])('D2 %s: the connection is cut', async (fault) => {
    const [first, second] = outcomes.get(fault)?.requests ?? [];
    expect(await first?.completed).toBe(false);
    expect(await second?.completed).toBe(true);
  });

  test('D2 baton show: shows the failure from the history alone, when the worker is gone', async () => {
    const { story } = outcomes.get('400') ?? {};
    const args = ['show', story?.workflowId ?? '', '--address', testAddress()];
    const { stdout } = await baton(args, { cwd: tmpdir() });
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain(`✗ ${story?.failure?.message} [MODEL_REQUEST_REJECTED]`);
    expect(stdout).toContain('See docs/errors.md#model_request_rejected');
  });

  test('D2 no run’s failure, timeline or page holds the key', () => {
    for (const { story, page } of outcomes.values()) {
      expect(JSON.stringify(story) + page).not.toContain('sk-test');
    }
  });
});
