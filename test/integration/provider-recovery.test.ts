/**
 * A declared recovery policy recovers from each fault of a provider that would fail the run: another agent does the
 * same task, with one more request.
 */
import { beforeAll, describe, expect, test } from 'vitest';
import { commit, type Outcome } from '../fixtures/faults/desk.js';
import { documentedMessage } from '../fixtures/faults/docs-table.js';
import type { FaultRow } from '../fixtures/faults/row.js';
import { ROWS } from '../fixtures/faults/rows.js';

const VERDICT = { category: 'refund', urgent: false };

interface Covered {
  readonly row: FaultRow;
  readonly run: FaultRow;
  readonly failed: 'writer' | 'judge';
  readonly instead: 'deputy' | 'juror';
  readonly result: unknown;
}

/** The same fault, where somebody takes over whose provider answers well. */
function cover(row: FaultRow): Covered {
  const judged = row.workflow === 'judged';
  const result = judged ? VERDICT : 'done';
  return {
    row,
    run: {
      ...row,
      fault: `mended: ${row.fault}`,
      workflow: judged ? 'judgedAnyway' : 'writtenAnyway',
      steps: [...row.steps.slice(0, row.requests), { content: judged ? JSON.stringify(result) : 'done' }],
    },
    failed: judged ? 'judge' : 'writer',
    instead: judged ? 'juror' : 'deputy',
    result,
  };
}

/** With a recovery policy, a fault that would otherwise wait fails at once. */
const COVERED = ROWS.filter(({ fails, rule }) => fails || rule === 'wait')
  .map((row) => (row.rule === 'wait' ? { ...row, requests: 1 } : row))
  .map(cover);

let outcomes = new Map<string, Outcome>();

beforeAll(async () => {
  outcomes = await commit(COVERED.map(({ run }) => run));
});

describe('provider faults, with a recovery policy', () => {
  test('recovery: every fault that fails a run is here', () => {
    const codes = new Set(COVERED.map(({ row }) => row.code ?? ''));
    expect([...codes].toSorted((a, b) => a.localeCompare(b))).toEqual([
      'MODEL_NOT_FOUND',
      'MODEL_QUOTA_EXHAUSTED',
      'MODEL_RATE_LIMITED',
      'MODEL_REFUSED',
      'MODEL_REQUEST_REJECTED',
      'MODEL_UNAUTHORIZED',
      'MODEL_UNAVAILABLE',
      'OUTPUT_INVALID',
    ]);
  });

  test.each(COVERED)(
    'T3 D2 $row.fault: somebody else does it, with one request more',
    ({ row, run, failed, instead, result }) => {
      const outcome = outcomes.get(run.fault);
      const { story, requests = [], page } = outcome ?? {};
      expect(story).toMatchObject({ state: 'completed', result });
      expect(requests).toHaveLength(row.requests + 1);
      expect(story?.timeline.filter(({ kind }) => kind === 'recovery')).toMatchObject([
        {
          step: 'alternative',
          agent: failed,
          to: instead,
          cause: { code: row.code, message: expect.stringMatching(documentedMessage(row.fault)) },
        },
      ]);
      expect(page).toContain(`failed [${row.code}]`);
      const messages = requests.at(-1)?.body['messages'] as { content: string }[] | undefined;
      const [system, task] = messages ?? [];
      expect(system?.content).toContain(`You are ${instead}.`);
      expect(task?.content).toContain(`${failed} could not do this (${row.code})`);
      // The replacement is asked once, and the failed agent no more often than without a policy.
      const asked = requests.filter(({ body }) => JSON.stringify(body).includes(`You are ${instead}.`));
      expect(asked).toHaveLength(1);
    },
  );
});
