/** A child agent. */
import { expect, test } from 'vitest';
import { scriptedModel } from '@batonhq/baton/testing';
import { findRequest } from '../../dist/src/client/story/find-request.js';
import { failureOf, firstRequest, timeline, until, view, withDesk } from '../fixtures/harness.js';

const script = {
  hermit: [{ toolCalls: [{ name: 'pay', args: { to: 'bob', cents: 5 } }] }, { content: 'paid' }],
};

test('a child’s request shows at the root with its path, the child gets the decision, and its work continues there', async () => {
  await withDesk({ model: scriptedModel(script) }, async (desk) => {
    const run = await desk.start('remote', 'pay bob');
    const mirrored = await until(async () => (await view(run)).pending[0]);
    expect(mirrored).toMatchObject({
      askedBy: 'hermit',
      tool: 'pay',
      path: expect.stringMatching(/^hermit-0\/pay-/),
    });
    const childId = mirrored.id.slice(0, mirrored.id.lastIndexOf('/'));
    expect(childId).toMatch(new RegExp(`^${run.workflowId}/hermit-[0-9a-f]{8}$`));
    expect((await run.describe()).memo).toMatchObject({ baton: { pending: [{ id: mirrored.id }] } });

    const child = desk.client.workflow.getHandle(childId);
    expect((await firstRequest(child)).id).toBe(mirrored.id);
    await child.executeUpdate('decide', { args: [{ request: mirrored.id, option: 'approve', by: 'ada' }] });
    expect(await run.result()).toBe('paid');
    expect(await view(run)).toMatchObject({ pending: [], counts: { modelCalls: 2, toolCalls: 1 } });
    expect((await timeline(child)).map((event) => event.kind)).toEqual([
      'context',
      'turn',
      'asked',
      'decided',
      'tool',
      'turn',
      'run-ended',
    ]);
    // The child belongs to its root: a list of runs shows the root only.
    expect((await child.describe()).searchAttributes).not.toHaveProperty('BatonState');
  });
});

test('a child that answers at once says so with its result alone', async () => {
  await withDesk({ model: scriptedModel({ hermit: [{ content: 'done' }] }) }, async (desk) => {
    const run = await desk.start('remote', 'pay bob');
    expect(await run.result()).toBe('done');
    const { events } = await run.fetchHistory();
    const [childId = ''] = (events ?? []).flatMap(
      (event) => event.startChildWorkflowExecutionInitiatedEventAttributes?.workflowId ?? [],
    );
    const child = await desk.client.workflow.getHandle(childId).fetchHistory();
    // Two workflow tasks, one question to the model, and nothing besides.
    expect((child.events ?? []).filter((event) => event.workflowTaskCompletedEventAttributes)).toHaveLength(
      2,
    );
    expect((child.events ?? []).filter((event) => event.activityTaskScheduledEventAttributes)).toHaveLength(
      1,
    );
    expect(
      (child.events ?? []).filter((event) => event.signalExternalWorkflowExecutionInitiatedEventAttributes),
    ).toEqual([]);
  });
});

test('P4 a child’s request that is claimed, or given back, shows so at the root and in the memo', async () => {
  await withDesk({ model: scriptedModel(script) }, async (desk) => {
    const run = await desk.start('remote', 'pay bob');
    const { id: request } = await until(async () => (await view(run)).pending[0]);
    const child = desk.client.workflow.getHandle(request.slice(0, request.lastIndexOf('/')));
    const say = (option: string) => child.executeUpdate('decide', { args: [{ request, option, by: 'ada' }] });
    await say('claim');
    await until(async () => (await view(run)).pending[0]?.claim?.by === 'ada');
    expect((await run.describe()).memo).toMatchObject({ baton: { pending: [{ claim: { by: 'ada' } }] } });
    await say('release');
    await until(async () => (await view(run)).pending[0]?.claim === undefined);
    await say('approve');
    expect(await run.result()).toBe('paid');
  });
});

test('P7 a child’s request is shown without a worker too, as far as its run’s memo keeps it', async () => {
  const { client, request } = await withDesk({ model: scriptedModel(script) }, async (desk) => {
    const run = await desk.start('remote', 'pay bob');
    return { ...desk, request: await until(async () => (await view(run)).pending[0]) };
  });
  expect(await findRequest(client, request.id)).toMatchObject({
    id: request.id,
    tool: 'pay',
    digest: request.digest,
    whole: false,
  });
});

test('a child’s failure reaches the root with its code', async () => {
  await withDesk({ model: scriptedModel({ hermit: () => ({ content: '' }) }) }, async (desk) => {
    expect(await failureOf(await desk.start('remote', 'x'))).toMatchObject({
      code: 'OUTPUT_INVALID',
      message: expect.stringContaining('hermit'),
    });
  });
});

test('a signal about pending requests of a child agent is accepted only from a running child, and only when it is valid', async () => {
  await withDesk({ model: scriptedModel(script) }, async (desk) => {
    const run = await desk.start('remote', 'pay bob');
    const mirrored = await until(async () => (await view(run)).pending[0]);
    const childId = mirrored.id.slice(0, mirrored.id.lastIndexOf('/'));
    for (const signal of [
      { workflowId: childId, pending: [null, 7, { ...mirrored, deadline: 'soon' }, mirrored] },
      { workflowId: 'elsewhere', pending: [{ ...mirrored, id: 'elsewhere/0123456789ab' }] },
      { workflowId: childId, pending: [{ ...mirrored, id: 'elsewhere/0123456789ab' }, mirrored] },
      // Larger than the server takes in a search attribute, or in a memo: the run's task would fail for ever.
      { workflowId: childId, pending: [{ ...mirrored, reason: 'r'.repeat(3_000) }, mirrored] },
      { workflowId: childId, pending: [{ ...mirrored, options: ['o'.repeat(1_900_000)] }, mirrored] },
      null,
    ]) {
      await run.signal('mirror', signal);
      expect((await view(run)).pending).toEqual([mirrored]);
    }
    await desk.client.workflow
      .getHandle(childId)
      .executeUpdate('decide', { args: [{ request: mirrored.id, option: 'approve', by: 'ada' }] });
    expect(await run.result()).toBe('paid');
  });
});
