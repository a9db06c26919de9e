/** A person decides: by update and by signal, once, from any client. An invalid decision changes nothing. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { WorkflowUpdateFailedError, type WorkflowHandle } from '@temporalio/client';
import { describe, expect, test } from 'vitest';
import type { TimelineEvent } from '@batonhq/baton';
import { scriptedModel } from '@batonhq/baton/testing';
import {
  failureOf,
  firstRequest,
  required,
  testAddress,
  timeline,
  until,
  view,
  withDesk,
  withWorker,
} from '../fixtures/harness.js';

const exec = promisify(execFile);
const model = scriptedModel({
  researcher: () => ({ content: 'facts' }),
  writer: () => ({ content: 'report' }),
});

async function refused(run: WorkflowHandle, decision: unknown): Promise<{ code: string; message: string }> {
  const error: unknown = await run
    .executeUpdate('decide', { args: [decision] })
    .catch((reason: unknown) => reason);
  if (!(error instanceof WorkflowUpdateFailedError)) throw new Error(`Not refused: ${JSON.stringify(error)}`);
  const cause = error.cause as { type?: string; message: string };
  return { code: cause.type ?? '', message: cause.message };
}

function notes(events: readonly TimelineEvent[]) {
  return events.flatMap((event) => (event.kind === 'note' ? [event.code] : []));
}

describe('decide by update', () => {
  test('P4 approve: the answer is a ticket that says who, what and when', async () => {
    await withDesk({ model }, async (desk) => {
      const run = await desk.start('asks', { question: 'Go?' });
      const { id } = await firstRequest(run);
      const ticket = await run.executeUpdate('decide', {
        args: [{ request: id, option: 'approve', by: 'ada', reason: 'fine' }],
      });
      expect(ticket).toMatchObject({
        request: id,
        option: 'approve',
        by: 'ada',
        identity: 'claimed',
        via: 'update',
      });
      expect(await run.result()).toEqual({ outcome: 'approved', by: 'ada', note: 'fine' });
    });
  });

  test('P4 reject: the reason reaches the orchestration, and fails it where it does not look', async () => {
    await withDesk({ model }, async (desk) => {
      const run = await desk.start('hello', 'q');
      const { id } = await firstRequest(run);
      await run.executeUpdate('decide', {
        args: [{ request: id, option: 'reject', by: 'ada', reason: 'too early' }],
      });
      expect(await failureOf(run)).toEqual({
        code: 'REJECTED',
        message: '"Publish?" was rejected by ada: too early',
      });
    });
  });

  test('a decision that cannot count is refused with its reason, and leaves nothing in the history', async () => {
    await withDesk({ model }, async (desk) => {
      const run = await desk.start('asks', { question: 'Go?' });
      const { id } = await firstRequest(run);
      const before = (await run.describe()).historyLength;
      expect(await refused(run, 'approve')).toMatchObject({ code: 'DECISION_MALFORMED' });
      expect(await refused(run, { request: id })).toMatchObject({
        code: 'DECISION_MALFORMED',
        message: expect.stringContaining('option: '),
      });
      expect(await refused(run, { request: id, option: 'approve', amount: 3 })).toMatchObject({
        code: 'DECISION_MALFORMED',
      });
      expect(await refused(run, { request: id, option: 'reject' })).toMatchObject({
        code: 'DECISION_MALFORMED',
        message: expect.stringContaining('needs a reason'),
      });
      expect(await refused(run, { request: id, option: 'maybe' })).toMatchObject({
        code: 'OPTION_NOT_OFFERED',
        message: expect.stringContaining('approve, reject'),
      });
      expect(await refused(run, { request: `${id}0`, option: 'approve' })).toMatchObject({
        code: 'UNKNOWN_REQUEST',
        message: expect.stringContaining(id),
      });
      expect((await run.describe()).historyLength).toBe(before);
      expect(await view(run)).toMatchObject({ state: 'waiting' });
      await run.executeUpdate('decide', { args: [{ request: id, option: 'approve' }] });
      await run.result();
    });
  });

  test('a second decision is refused: each request is decided once', async () => {
    await withDesk({ model }, async (desk) => {
      const run = await desk.start('pays', { to: 'bob', cents: 100 });
      const { id } = await firstRequest(run);
      const decisions = ['approve', 'reject', 'approve'].map((option) =>
        run.executeUpdate('decide', { args: [{ request: id, option, reason: 'r' }] }).then(
          () => 'counted',
          () => 'refused',
        ),
      );
      expect((await Promise.all(decisions)).toSorted()).toEqual(['counted', 'refused', 'refused']);
      await run.result();
    });
  });

  test('P6 an expired request is rejected, and a late decision is refused', async () => {
    await withDesk({ model }, async (desk) => {
      const run = await desk.start('asks', { question: 'Go?', deadlineMs: 300 });
      const failure = await failureOf(run);
      expect(failure).toMatchObject({
        code: 'APPROVAL_EXPIRED',
        message: expect.stringContaining('Nothing was done'),
      });
      expect((await timeline(run)).map((event) => event.kind)).toEqual([
        'run-started',
        'asked',
        'expired',
        'run-ended',
      ]);
      await expect(
        run.executeUpdate('decide', { args: [{ request: 'x', option: 'approve' }] }),
      ).rejects.toThrow();
    });
  });
});

describe('a request whose step was abandoned', () => {
  test('is withdrawn: it waits no longer, and a decision about it is refused', async () => {
    const failing = scriptedModel({ judge: () => ({ content: 'no JSON' }) });
    await withDesk({ model: failing }, async (desk) => {
      const run = await desk.start('givenUp', null);
      const second = await until(async () => {
        const request = await firstRequest(run);
        return request.question === 'Second?' && request;
      });
      const asked = (await timeline(run)).flatMap((event) => (event.kind === 'asked' ? [event.request] : []));
      expect(asked).toHaveLength(2);
      const decision = { request: asked[0], option: 'approve' };
      expect(await refused(run, decision)).toMatchObject({
        code: 'ALREADY_DECIDED',
        message: expect.stringContaining('was withdrawn'),
      });
      expect((await view(run)).pending.map(({ id }) => id)).toEqual([second.id]);
      await run.executeUpdate('decide', { args: [{ request: second.id, option: 'approve' }] });
      await run.result();
    });
  });
});

describe('decide by signal', () => {
  test('P3 a signal sent while no worker runs counts when one comes', async () => {
    await withDesk({ model }, async (desk) => {
      const elsewhere = { taskQueue: `${desk.taskQueue}-later`, folder: desk.folder };
      const run = await desk.client.workflow.start('asks', {
        taskQueue: elsewhere.taskQueue,
        workflowId: `signalled-${desk.taskQueue}`,
        args: [{ question: 'Go?' }],
      });
      let id = '';
      await withWorker({ model }, elsewhere, async () => {
        id = (await firstRequest(run)).id;
      });
      await run.signal('decide', { request: id, option: 'approve', by: 'ada' });
      await withWorker({ model }, elsewhere, async () => {
        expect(await run.result()).toMatchObject({ outcome: 'approved', by: 'ada' });
      });
    });
  });

  test('an invalid decision leaves a note in the timeline, and the run keeps waiting', async () => {
    await withDesk({ model }, async (desk) => {
      const run = await desk.start('asks', { question: 'Go?' });
      const { id } = await firstRequest(run);
      for (const junk of [
        undefined,
        null,
        7,
        'approve',
        [],
        { request: id },
        { request: 'other/0123456789ab', option: 'approve' },
        { request: id, option: 'x' },
      ]) {
        await run.signal('decide', junk);
      }
      await until(async () => notes(await timeline(run)).length === 8);
      expect(new Set(notes(await timeline(run)))).toEqual(
        new Set(['DECISION_MALFORMED', 'UNKNOWN_REQUEST', 'OPTION_NOT_OFFERED']),
      );
      expect(await view(run)).toMatchObject({ state: 'waiting' });
      await run.signal('decide', { request: id, option: 'approve' });
      expect(await run.result()).toMatchObject({ outcome: 'approved' });
    });
  });
});

describe('what outsiders see', () => {
  test('D4 a waiting run is found by its search attributes and read from its memo', async () => {
    await withDesk({ model }, async (desk) => {
      const run = await desk.start('pays', { to: 'bob', cents: 100 });
      const request = await firstRequest(run);
      expect(request).toMatchObject({
        reason: 'irreversible-effect',
        action: { tool: 'pay', args: { to: 'bob', cents: 100 } },
      });
      const query = `WorkflowId = '${run.workflowId}' and BatonState = 'waiting' and BatonReason = 'irreversible-effect' and BatonWaitsFor = 'anyone'`;
      const found = await until(async () => {
        for await (const execution of desk.client.workflow.list({ query })) return execution;
        return undefined;
      });
      expect(found.memo).toMatchObject({
        baton: { v: 1, pending: [{ id: request.id, tool: 'pay', digest: request.digest }] },
      });
      await run.executeUpdate('decide', { args: [{ request: request.id, option: 'approve' }] });
      await run.result();
      const { memo, searchAttributes } = await run.describe();
      expect(memo).toMatchObject({ baton: { pending: [] } });
      expect(searchAttributes).toMatchObject({ BatonState: ['running'] });
      expect(searchAttributes['BatonReason']).not.toContain('irreversible-effect');
      expect(searchAttributes['BatonWaitsFor']).not.toContain('person');
    });
  });

  test('P7 the temporal CLI alone can start a run, decide by update and decide by signal', async () => {
    await withDesk({ model }, async (desk) => {
      const temporal = (...args: string[]) =>
        exec(required('BATON_TEST_TEMPORAL'), [...args, '--address', testAddress()]);
      for (const how of ['update', 'signal']) {
        const id = `plain-${how}-${desk.taskQueue}`;
        const input = JSON.stringify({ question: 'Go?' });
        await temporal(
          'workflow',
          'start',
          '--type',
          'asks',
          '--task-queue',
          desk.taskQueue,
          '--workflow-id',
          id,
          '--input',
          input,
        );
        const run = desk.client.workflow.getHandle(id);
        const request = await firstRequest(run);
        const decision = JSON.stringify({ request: request.id, option: 'approve', by: 'shell' });
        const verb = how === 'update' ? ['workflow', 'update', 'execute'] : ['workflow', 'signal'];
        await temporal(...verb, '--name', 'decide', '--workflow-id', id, '--input', decision);
        expect(await run.result()).toEqual({ outcome: 'approved', by: 'shell' });
      }
    });
  });
});
