/**
 * The data of runs on a real server fits the published schemas. The harness checks every history, view, timeline and
 * request of every test against them. This test checks that no published kind is missed.
 */
import type { WorkflowHandle } from '@temporalio/client';
import { expect, test } from 'vitest';
import { handoffCall, type Json, type TimelineEvent } from '@batonhq/baton';
import { scriptedModel } from '@batonhq/baton/testing';
import { ModelError } from '@batonhq/baton/worker';
import { failureOf, firstRequest, timeline, until, view, withDesk, type Desk } from '../fixtures/harness.js';
import { withLimitsDesk } from '../fixtures/limits-desk.js';
import { published, publishedSchemas } from '../fixtures/published.js';
import { checkHistory } from '../fixtures/published-history.js';

/** The kinds of event that the published timeline knows. */
function publishedKinds(): string[] {
  const { $defs } = publishedSchemas.get('timeline') as unknown as {
    $defs: { TimelineEvent: { oneOf: { properties: { kind: { const: string } } }[] } };
  };
  return $defs.TimelineEvent.oneOf.map(({ properties }) => properties.kind.const);
}

function model() {
  const pay = { toolCalls: [{ name: 'pay', args: { to: 'bob', cents: 5 } }] };
  return scriptedModel({
    researcher: () => ({ content: 'facts' }),
    writer: () => ({ content: 'report' }),
    judge: [{ content: 'perhaps' }, { output: { verdict: 'yes', why: 'sure' } }],
    lead: [{ toolCalls: [handoffCall('author', { title: 'T', points: ['p'] })] }],
    author: () => ({ content: 'the report' }),
    hermit: [pay, { content: 'paid' }],
    planner: () => ({
      output: { subtasks: [{ id: 'a', kind: 'research', task: 'dig', dependsOn: [] }], rationale: 'one' },
    }),
    ...handoffs,
    digger: () => ({ content: 'dug' }),
    joiner: () => ({ content: 'joined' }),
    modest: () => ({ error: new ModelError('MODEL_REQUEST_REJECTED', 'no', false) }),
    medic: () => ({ output: { decision: 'escalate', reason: 'no' } }),
  });
}

const said = (name: string, args: Json) => ({ toolCalls: [{ name, args }] });
const handed = (to: string) => ({ toolCalls: [handoffCall(to, { order: 'A-1', cents: 500 })] });

/** Handoffs that are invalid, clarified, misrouted, and declined in the end. */
const handoffs = {
  greeter: [handed('narrow'), handed('clerk'), { output: { answers: ['Red.'] } }],
  clerk: [
    said('clarify_handoff', { questions: ['Which colour?'] }),
    said('misrouted_handoff', { to: 'elder', reason: 'hard' }),
  ],
  elder: [said('decline_handoff', { reason: 'too hard' })],
};

/** Starts a run whose decision comes by signal, after one that does not count. */
async function decidedBySignal(desk: Desk): Promise<WorkflowHandle> {
  const run = await desk.start('hello', 'q');
  const { id } = await firstRequest(run);
  await run.signal('decide', { request: id, option: 'maybe' });
  await run.signal('decide', { request: id, option: 'approve', by: 'ada' });
  await run.result();
  return run;
}

/** Starts a child agent that a person lets pay. */
async function paidByChild(desk: Desk): Promise<WorkflowHandle[]> {
  const run = await desk.start('remote', 'pay bob');
  const { id } = await until(async () => (await view(run)).pending[0]);
  published('run-memo', (await run.describe()).memo?.['baton']);
  const child = desk.client.workflow.getHandle(id.slice(0, id.lastIndexOf('/')));
  await child.executeUpdate('decide', { args: [{ request: id, option: 'approve', by: 'ada' }] });
  await run.result();
  return [run, child];
}

/** Starts a payment that a person edits before they approve it. */
async function editedAndPaid(desk: Desk): Promise<WorkflowHandle> {
  const run = await desk.start('pays', { to: 'bob', cents: 100 });
  const { id } = await firstRequest(run);
  const edit = { request: id, option: 'edit', args: { to: 'bob', cents: 50 }, reason: 'half', by: 'ada' };
  await run.executeUpdate('decide', { args: [edit] });
  const { digest } = await firstRequest(run);
  await run.executeUpdate('decide', { args: [{ request: id, option: 'approve', by: 'ada', digest }] });
  await run.result();
  return run;
}

/** Starts a question that is answered, and one that is redirected. */
async function answeredAndRedirected(desk: Desk): Promise<WorkflowHandle[]> {
  const [asked, passed] = [await desk.start('asksText', 'Why?'), await desk.start('routedByPerson', 'Who?')];
  const [question, matter] = [await firstRequest(asked), await firstRequest(passed)];
  await asked.executeUpdate('decide', {
    args: [{ request: question.id, option: 'answer', answer: 'because', by: 'ada' }],
  });
  await passed.executeUpdate('decide', {
    args: [{ request: matter.id, option: 'redirect', to: 'night-shift', by: 'ada' }],
  });
  await Promise.all([asked.result(), passed.result()]);
  return [asked, passed];
}

async function approvedByTwo(desk: Desk): Promise<WorkflowHandle> {
  const run = await desk.start('asksTwo', 'Go?');
  const { id } = await firstRequest(run);
  await run.executeUpdate('decide', { args: [{ request: id, option: 'claim', by: 'ada' }] });
  const asked = { request: id, option: 'ask-back', questions: ['When?'], by: 'ada' };
  await run.executeUpdate('decide', { args: [asked] });
  await until(async () => (await firstRequest(run)).conversation?.[0]?.answers);
  for (const by of ['ada', 'bob']) {
    await run.executeUpdate('decide', { args: [{ request: id, option: 'approve', by }] });
  }
  await run.result();
  return run;
}

/** The timeline of a task that gains a permission on its way. */
function granted(): Promise<TimelineEvent[]> {
  const agents = {
    clerk: [{ toolCalls: [handoffCall('cashier', { task: 'pay' })] }],
    cashier: [{ content: 'paid' }],
  };
  return withLimitsDesk({ model: scriptedModel(agents) }, async (desk) => {
    const run = await desk.start('pays', 'clerk');
    await run.result();
    return timeline(run);
  });
}

test('published: runs of every kind leave only what the schemas know, and every event that they know', async () => {
  await withDesk({ model: model() }, async (desk) => {
    const expired = await desk.start('asks', { question: 'Now?', deadlineMs: 1 });
    expect(await failureOf(expired)).toMatchObject({ code: 'APPROVAL_EXPIRED' });
    const declined = await desk.start('served', 'my kettle leaks');
    expect(await failureOf(declined)).toMatchObject({ code: 'HANDOFF_DECLINED' });
    const plain = await Promise.all([
      desk.start('judged', 'is it so?'),
      desk.start('weighed', { findings: ['f'] }),
      desk.start('fan', ['a', 'b']),
      desk.start('planned', 'a goal'),
      desk.start('routes', { text: 'I want a refund', vip: true }),
      desk.start('rescuesModest', { what: 'fails' }),
      desk.start('asksInVain', null),
    ]);
    await Promise.all(plain.map((run) => run.result()));
    const runs = [
      expired,
      declined,
      ...plain,
      await decidedBySignal(desk),
      await editedAndPaid(desk),
      ...(await answeredAndRedirected(desk)),
      await approvedByTwo(desk),
      ...(await paidByChild(desk)),
    ];

    const events: TimelineEvent[] = [...(await Promise.all(runs.map(timeline))).flat(), ...(await granted())];
    const views = await Promise.all(runs.map(view));
    expect([...new Set(events.map(({ kind }) => kind))].toSorted()).toEqual(publishedKinds().toSorted());
    expect(views.flatMap(({ plans = [] }) => plans)).toHaveLength(1);

    const histories = await Promise.all(runs.map((run) => checkHistory(desk.client, run.workflowId)));
    expect(histories.flatMap(({ problems }) => problems)).toEqual([]);
    const held = new Set(histories.flatMap(({ counts }) => Object.keys(counts)));
    expect([...held].toSorted()).toEqual([
      'child-agent-input',
      'decision',
      'decision-ticket',
      'envelope',
      'model-call',
      'run-memo',
    ]);
  });
}, 180_000);
