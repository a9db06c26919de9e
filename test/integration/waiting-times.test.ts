/** P6: an undecided request sends reminders, escalates, and ends as declared: never in an approval. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { WorkflowUpdateFailedError, type WorkflowHandle } from '@temporalio/client';
import { beforeEach, describe, expect, test } from 'vitest';
import type { ApprovalRequest, TimelineEvent } from '@batonhq/baton';
import { implement } from '@batonhq/baton/worker';
import { scriptedModel } from '@batonhq/baton/testing';
import { Approvers } from '../fixtures/approvers.js';
import {
  failureOf,
  firstRequest,
  timeline,
  until,
  withDesk,
  withWorker,
  type Desk,
  type DeskOptions,
} from '../fixtures/harness.js';
import { payout } from '../fixtures/payout.js';

const WORKFLOWS = fileURLToPath(new URL('../fixtures/waiting-workflows.ts', import.meta.url));
const TWINS = fileURLToPath(new URL('../fixtures/twin-workflows.ts', import.meta.url));

let approvers: Approvers;
let paid: number[];
let told: string[];

beforeEach(() => {
  approvers = new Approvers(mkdtempSync(join(tmpdir(), 'baton-waiting-')));
  approvers.add('ada', 'finance');
  approvers.add('bob', 'finance');
  approvers.add('cat', 'board');
  paid = [];
  told = [];
});

function options(): DeskOptions {
  return {
    model: scriptedModel({}),
    workflows: WORKFLOWS,
    approvals: { mode: 'signed', registry: approvers.file },
    tools: [implement(payout, ({ cents }) => ({ receipt: `r-${paid.push(cents)}` }))],
    notify: [
      {
        name: 'list',
        send: ({ event, to }) => {
          told.push(`${event} to ${to.join(', ')}`);
          return Promise.resolve({ outcome: 'taken', detail: '' });
        },
      },
    ],
  };
}

function withTill<T>(body: (desk: Desk) => Promise<T>): Promise<T> {
  return withDesk(options(), body);
}

function decide(run: WorkflowHandle, request: ApprovalRequest, who: string, option: string, more = {}) {
  return run.executeUpdate('decide', { args: [approvers.signs(who, request, { option, ...more })] });
}

async function whyNot(deciding: Promise<unknown>): Promise<unknown> {
  const error: unknown = await deciding.catch((reason: unknown) => reason);
  if (!(error instanceof WorkflowUpdateFailedError)) throw new Error(`Not refused: ${JSON.stringify(error)}`);
  return (error.cause as { details?: { why?: string }[] }).details?.[0]?.why;
}

/** The request once it has gone on to others. */
function gonePast(run: WorkflowHandle): Promise<ApprovalRequest> {
  return until(async () => {
    const request = await firstRequest(run);
    return request.escalates === undefined && request;
  });
}

const kinds = (events: readonly TimelineEvent[]): string[] => events.map(({ kind }) => kind);

describe('P6 undecided', () => {
  test('people get reminders, others are asked, and the declared end is a rejection without further effects', async () => {
    await withTill(async (desk) => {
      const run = await desk.start('pays', { to: 'zoe', cents: 5 });
      const { deadline } = await firstRequest(run);
      expect(await run.result()).toEqual({
        outcome: 'rejected',
        by: 'the deadline',
        reason: `Nobody decided before ${deadline}.`,
      });
      expect(paid).toEqual([]);
      const events = await timeline(run);
      expect(kinds(events)).toEqual([
        'run-started',
        'asked',
        'reminded',
        'escalated',
        'expired',
        'tool',
        'run-ended',
      ]);
      expect(events.find(({ kind }) => kind === 'escalated')).toMatchObject({ roles: ['board'] });
      await until(() => Promise.resolve(told.length === 4));
      expect(told.toSorted()).toEqual(
        [
          'opened to finance',
          'reminded to finance',
          'escalated to finance, board',
          'expired to finance, board',
        ].toSorted(),
      );
    });
  });

  test('without another end it fails, and says what was asked', async () => {
    await withTill(async (desk) => {
      const run = await desk.start('asksInTime', { deadline: 1 });
      expect(await failureOf(run)).toMatchObject({
        code: 'APPROVAL_EXPIRED',
        message: expect.stringContaining('Go?'),
      });
    });
  });

  test('an approval of the orchestration is rejected where that is declared', async () => {
    await withTill(async (desk) => {
      const run = await desk.start('asksInTime', { deadline: 1, onExpiry: 'reject' });
      expect(await run.result()).toMatchObject({ outcome: 'rejected', by: 'the deadline' });
    });
  });

  test.each([
    [{ deadline: 'soon' }, 'approval, deadline'],
    [{ deadline: '1 day', remind: '2 days' }, 'remind is not before the deadline'],
    [{ deadline: 10, escalate: [{ after: 10, roles: ['board'] }] }, 'not before the deadline'],
    [{ escalate: [{ after: 10, roles: [] }] }, 'names no role'],
    [{ onExpiry: 'reject' }, 'onExpiry needs a deadline'],
    [{ deadline: 10, onExpiry: 'approve' }, '"fail" or "reject"'],
  ])('times that cannot be are refused before anybody is asked: %j', async (times, problem) => {
    await withTill(async (desk) => {
      const run = await desk.start('asksInTime', times);
      expect(await failureOf(run)).toMatchObject({
        code: 'BAD_DEFINITION',
        message: expect.stringContaining(problem),
      });
      expect(kinds(await timeline(run))).not.toContain('asked');
    });
  });
});

describe('P6 escalation', () => {
  test('approvers of an escalation may decide after it, and not before; the worker accepts their decisions too', async () => {
    await withTill(async (desk) => {
      const later = await desk.start('pays', { to: 'zoe', cents: 5_000 });
      const early = await firstRequest(later);
      expect(early.escalates).toMatchObject([{ roles: ['board'] }]);
      expect(await whyNot(decide(later, early, 'cat', 'approve'))).toBe('wrong-role');

      const run = await desk.start('pays', { to: 'zoe', cents: 500 });
      const request = await gonePast(run);
      expect(request.needs).toMatchObject({ policy: 'hasty', roles: ['finance', 'board'], quorum: 2 });
      await decide(run, request, 'cat', 'approve');
      await decide(run, request, 'ada', 'approve');
      expect(await run.result()).toMatchObject({ outcome: 'performed', approvedBy: 'cat and ada' });
      expect(paid).toEqual([500]);
      await decide(later, early, 'ada', 'reject', { reason: 'no' });
      await later.result();
    });
  });

  test('an edit for which another policy of the same name wants more people needs them', async () => {
    await withDesk({ ...options(), workflows: TWINS }, async (desk) => {
      const run = await desk.start('paysByTwins', { to: 'zoe', cents: 50 });
      const first = await firstRequest(run);
      expect(first.needs).toMatchObject({ policy: 'twin', quorum: 1 });
      await decide(run, first, 'ada', 'edit', { args: { to: 'zoe', cents: 500 } });
      const second = await firstRequest(run);
      expect(second.needs).toMatchObject({ policy: 'twin', quorum: 2 });
      await decide(run, second, 'ada', 'approve');
      await decide(run, await firstRequest(run), 'bob', 'approve');
      await run.result();
      expect(paid).toEqual([500]);
    });
  });

  test("an edit under the same policy keeps the eligible roles; one under another policy starts that policy's times", async () => {
    await withTill(async (desk) => {
      const run = await desk.start('pays', { to: 'zoe', cents: 500 });
      const first = await gonePast(run);
      await decide(run, first, 'ada', 'edit', { args: { to: 'zoe', cents: 600 } });
      const second = await firstRequest(run);
      expect(second.needs).toMatchObject({ policy: 'hasty', roles: ['finance', 'board'] });
      await decide(run, second, 'cat', 'edit', { args: { to: 'zoe', cents: 5_000 } });
      const third = await firstRequest(run);
      expect(third.needs).toEqual({ policy: 'patient', roles: ['finance'], quorum: 1, notRequester: false });
      expect(third.deadline).toBeDefined();
      expect(third.escalates).toHaveLength(1);
      expect(await whyNot(decide(run, third, 'cat', 'approve'))).toBe('wrong-role');
      await decide(run, third, 'ada', 'edit', { args: { to: 'zoe', cents: 5 } });
      // Those times have begun: nobody need say anything for them to end.
      expect(await run.result()).toMatchObject({ outcome: 'rejected', by: 'the deadline' });
      expect(paid).toEqual([]);
    });
  });

  test('an edit that brings others tells them that it waits for them; one that does not, nobody', async () => {
    await withTill(async (desk) => {
      const run = await desk.start('pays', { to: 'zoe', cents: 5_000 });
      const first = await firstRequest(run);
      await decide(run, first, 'ada', 'edit', { args: { to: 'zoe', cents: 5_001 } });
      await decide(run, await firstRequest(run), 'ada', 'edit', { args: { to: 'zoe', cents: 200_000 } });
      const large = await firstRequest(run);
      expect(large.needs).toMatchObject({ policy: 'grave', roles: ['board'] });
      await decide(run, large, 'cat', 'reject', { reason: 'no' });
      await run.result();
      await until(() => Promise.resolve(told.length >= 3));
      expect(told).toEqual(['opened to finance', 'opened to board', 'decided to board']);
    });
  });

  test('a task for a person escalates to others; a person without the role may not answer it', async () => {
    approvers.add('mallory', 'support');
    await withTill(async (desk) => {
      const run = await desk.start('manages', 'Decide.');
      const request = await gonePast(run);
      expect(request.askedOf).toEqual({ name: 'manager', roles: ['finance', 'board'] });
      expect(await whyNot(decide(run, request, 'mallory', 'answer', { answer: 'mine' }))).toBe('wrong-role');
      await decide(run, request, 'cat', 'answer', { answer: 'Done.' });
      expect(await run.result()).toBe('Done.');
    });
  });

  test('a person who accepts a task after its escalation gives its result', async () => {
    await withTill(async (desk) => {
      const run = await desk.start('managesLater', 'Decide.');
      const asked = await gonePast(run);
      await decide(run, asked, 'cat', 'accept');
      const result = await firstRequest(run);
      expect(result.askedOf).toEqual({ name: 'deputized', roles: ['finance', 'board'] });
      await decide(run, result, 'cat', 'answer', { answer: 'Done.' });
      expect(await run.result()).toBe('Done.');
    });
  });
});

describe('P6 what survives', () => {
  test('times pass while no worker is there; votes of before count on, and nobody is asked twice', async () => {
    const { client, taskQueue, folder, run, lapses, request } = await withTill(async (desk) => {
      const started = await desk.start('pays', { to: 'zoe', cents: 500 });
      const asked = await gonePast(started);
      await decide(started, asked, 'ada', 'approve');
      const small = await desk.start('pays', { to: 'zoe', cents: 5 });
      await firstRequest(small);
      return { ...desk, run: started, lapses: small, request: asked };
    });
    expect((await client.workflow.getHandle(run.workflowId).describe()).status.name).toBe('RUNNING');
    await withWorker(options(), { taskQueue, folder }, async () => {
      const again = await firstRequest(run);
      expect(again.id).toBe(request.id);
      expect(again.votes).toMatchObject([{ by: 'ada' }]);
      expect(again.needs?.roles).toEqual(['finance', 'board']);
      await decide(run, again, 'cat', 'approve');
      expect(await run.result()).toMatchObject({ outcome: 'performed', approvedBy: 'ada and cat' });
      expect(await lapses.result()).toMatchObject({ outcome: 'rejected', by: 'the deadline' });
    });
    expect(paid).toEqual([500]);
    expect(kinds(await withWorker(options(), { taskQueue, folder }, () => timeline(run)))).toEqual([
      'run-started',
      'asked',
      'escalated',
      'voted',
      'decided',
      'tool',
      'run-ended',
    ]);
  });

  test('a decision that is left with the server counts when a worker is back, also after its deadline', async () => {
    const { taskQueue, folder, run, word } = await withTill(async (desk) => {
      const started = await desk.start('asksInTime', { deadline: 3_000, onExpiry: 'reject' });
      const request = await firstRequest(started);
      return { ...desk, run: started, word: approvers.signs('ada', request, { option: 'approve' }) };
    });
    await run.signal('decide', word);
    await until(async () => {
      const { events = [] } = await run.fetchHistory();
      return events?.some((event) => event.timerFiredEventAttributes);
    });
    await withWorker(options(), { taskQueue, folder }, async () => {
      expect(await run.result()).toMatchObject({ outcome: 'approved', by: 'ada' });
      expect(kinds(await timeline(run))).toEqual(['run-started', 'asked', 'decided', 'run-ended']);
    });
  });

  test('a reset: the request is the same, what was signed for it counts, and it is paid once', async () => {
    await withTill(async (desk) => {
      const run = await desk.start('pays', { to: 'zoe', cents: 500 });
      const request = await gonePast(run);
      const word = approvers.signs('ada', request, { option: 'approve' });
      await run.executeUpdate('decide', { args: [word] });
      const { runId } = await desk.client.workflowService.resetWorkflowExecution({
        namespace: 'default',
        workflowExecution: { workflowId: run.workflowId, runId: run.firstExecutionRunId },
        workflowTaskFinishEventId: 4 as never,
        requestId: desk.taskQueue,
        reason: 'test',
      });
      const again = desk.client.workflow.getHandle(run.workflowId, runId);
      const same = await gonePast(again);
      expect([same.id, same.digest]).toEqual([request.id, request.digest]);
      // The server may have taken it to the new run; sent once more it counts once.
      await again.executeUpdate('decide', { args: [word] }).catch(() => undefined);
      expect((await firstRequest(again)).votes).toMatchObject([{ by: 'ada' }]);
      await decide(again, same, 'bob', 'approve');
      expect(await again.result()).toMatchObject({ outcome: 'performed', approvedBy: 'ada and bob' });
      expect(paid).toEqual([500]);
    });
  });
});
