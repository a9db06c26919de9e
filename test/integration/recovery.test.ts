/** The steps after a task fails for good: each step of the declared policy, and the owner of the task meanwhile. */
import type { WorkflowHandle } from '@temporalio/client';
import type { ApprovalRequest, DecisionTicket, FailureReport, TimelineEvent } from '@batonhq/baton';
import { handoffCall } from '@batonhq/baton';
import { implement, ModelError } from '@batonhq/baton/worker';
import { scriptedModel, type ScriptedStep } from '@batonhq/baton/testing';
import { describe, expect, test } from 'vitest';
import { failureOf, firstRequest, timeline, until, view, withDesk } from '../fixtures/harness.js';
import { judgeOutput } from '../fixtures/strict-rules.js';
import { echo, pay } from '../fixtures/team.js';

const job = { what: 'mend the roof' };
const done = { result: 'mended' };
const refuses: ScriptedStep = { error: new ModelError('MODEL_REQUEST_REJECTED', 'I will not.', false) };
const tools = [implement(echo, ({ text }) => text), implement(pay, () => ({ receipt: 'r1' }))];

function decide(run: WorkflowHandle, decision: Record<string, unknown>): Promise<DecisionTicket> {
  return run.executeUpdate('decide', { args: [{ by: 'ada', ...decision }] });
}

/** The steps of the recovery, in their order. */
async function steps(run: WorkflowHandle): Promise<Extract<TimelineEvent, { kind: 'recovery' }>[]> {
  return (await timeline(run)).flatMap((event) => (event.kind === 'recovery' ? [event] : []));
}

/** The owner of the task according to the run, its search attribute and the last acceptance. */
async function owners(run: WorkflowHandle): Promise<unknown[]> {
  const { searchAttributes } = await run.describe();
  const accepted = (await timeline(run)).flatMap((event) => (event.kind === 'accepted' ? [event.owner] : []));
  return [(await view(run)).owner, searchAttributes['BatonAgent']?.[0], accepted.at(-1)];
}

function nextRequest(run: WorkflowHandle, before: string): Promise<ApprovalRequest> {
  return until(async () => {
    const pending = await run.query<ApprovalRequest[]>('pending');
    return pending.find(({ id }) => id !== before);
  });
}

describe('the steps of a recovery policy', () => {
  test('T3 alternative: the same task goes to the declared alternative with its failure, and the alternative owns it after accepting', async () => {
    const model = scriptedModel({ solver: [refuses], deputy: [{ output: done }] });
    await withDesk({ model, tools }, async (desk) => {
      const run = await desk.start('rescues', job);
      expect(await run.result()).toEqual(done);
      expect(await owners(run)).toEqual(['deputy', 'deputy', 'deputy']);
      expect(await steps(run)).toMatchObject([
        {
          step: 'alternative',
          agent: 'solver',
          to: 'deputy',
          cause: { code: 'MODEL_REQUEST_REJECTED', message: expect.stringContaining('I will not.') },
        },
      ]);
      const handoffs = (await timeline(run)).filter(({ kind }) => kind === 'handoff');
      expect(handoffs.at(-1)).toMatchObject({
        from: 'solver',
        to: 'deputy',
        trigger: 'error-recovery',
        by: 'recovery',
      });
      const [first] = model.calls.at(-1)?.request.messages ?? [];
      expect(first).toMatchObject({
        data: job,
        content: expect.stringMatching(/solver could not do this \(MODEL_REQUEST_REJECTED\)/),
      });
    });
  });

  test('T3 recovery agent: it gets every attempt with its cost, the findings and the state of the run; its result is checked', async () => {
    const model = scriptedModel({
      solver: [{ toolCalls: [{ name: 'echo', args: { text: 'tiles: 40' } }] }, refuses],
      medic: [{ output: { decision: 'resolved', output: done } }],
    });
    await withDesk({ model, tools }, async (desk) => {
      const run = await desk.start('rescuesByAgent', job);
      expect(await run.result()).toEqual(done);
      const report = model.calls.at(-1)?.request.input as FailureReport;
      expect(report).toMatchObject({
        task: { agent: 'solver', input: job, expected: { required: ['result'] } },
        attempts: [{ agent: 'solver', turn: 1, code: 'MODEL_REQUEST_REJECTED', cost: { modelCalls: 1 } }],
        results: [{ agent: 'solver', tool: 'echo', preview: expect.stringContaining('tiles: 40') }],
        carriedOut: [],
        state: { owner: 'rescuesByAgent' },
        candidates: [{ name: 'solver' }, { name: 'deputy' }],
      });
      expect(report.attempts[0]?.cost.inputTokens).toBeGreaterThan(0);
      expect(report.state.stepsLeft).toBeGreaterThan(400);
      expect(report.state.tokensLeft).toBeLessThan(1_000_000);
      expect(report.state.secondsLeft).toBeLessThanOrEqual(3_600);
      expect(report.state.costLeft).toBeUndefined();
      expect((await steps(run)).map(({ step }) => step)).toEqual(['agent', 'resolved']);
    });
  });

  test('T3 recovery agent: what it advises reaches whom it names, and nobody else can be named', async () => {
    const model = scriptedModel({
      solver: [refuses, { output: done }],
      medic: [{ output: { decision: 'retry', agent: 'solver', guidance: 'Count the tiles first.' } }],
    });
    await withDesk({ model, tools }, async (desk) => {
      const run = await desk.start('rescuesByAgent', job);
      expect(await run.result()).toEqual(done);
      const [first] = model.calls.at(-1)?.request.messages ?? [];
      expect(first).toMatchObject({ content: expect.stringContaining('Count the tiles first.') });
      expect(await steps(run)).toMatchObject([{ step: 'agent' }, { step: 'retry', to: 'solver' }]);
    });
  });

  test('T3 recovery agent: a decision for another task, or with keys of another decision, goes back to it', async () => {
    const model = scriptedModel({
      solver: [refuses],
      medic: [
        { output: { decision: 'resolved', output: { result: 7 } } },
        { output: { decision: 'retry', agent: 'zoe', guidance: 'Try.' } },
        { output: { decision: 'resolved', output: done } },
      ],
    });
    await withDesk({ model, tools }, async (desk) => {
      const run = await desk.start('rescuesByAgent', job);
      expect(await run.result()).toEqual(done);
      const asked = model.calls.filter(({ request }) => request.agent === 'medic');
      const told = asked.map(({ request }) => JSON.stringify(request.messages.at(-1)));
      expect(told[1]).toMatch(/does not fit the schema.*noutput\.result: /);
      expect(told[2]).toMatch(/does not fit the schema.*nagent: .*solver.*deputy/);
      // The schema belongs to this task, so a provider can enforce it for the model.
      const [{ request }] = asked as [(typeof asked)[number]];
      expect(judgeOutput(request.output ?? { name: 'none', schema: {} })).toEqual({
        strict: true,
        problems: [],
      });
      expect(JSON.stringify(request.output)).toContain('"enum":["solver","deputy"]');
    });
  });

  const mixed = { decision: 'escalate', reason: 'It is beyond me.', output: done };
  test.each([
    ['escalates', [{ decision: 'escalate', reason: 'It is beyond me.' }]],
    ['says three times what is of no one decision', [mixed, mixed, mixed]],
  ])(
    'T3 recovery agent: when it %s, the declared end follows with the first error',
    async (_what, outputs) => {
      const model = scriptedModel({ solver: [refuses], medic: outputs.map((output) => ({ output })) });
      await withDesk({ model, tools }, async (desk) => {
        const run = await desk.start('rescuesByAgent', job);
        expect(await failureOf(run)).toMatchObject({ code: 'MODEL_REQUEST_REJECTED' });
        expect((await steps(run)).map(({ step }) => step)).toEqual(['agent', 'end']);
      });
    },
  );

  test('T3 person: an unusable answer is reported once as such, and the agent that retries sees no tool that it lacks', async () => {
    const silent: ScriptedStep = { output: done };
    const script = {
      giver: [{ toolCalls: [handoffCall('solver', job)] }],
      solver: [silent, silent, silent, { output: done }],
      medic: [{ output: { decision: 'escalate', reason: 'It is beyond me.' } }],
    };
    const model = scriptedModel(script, { acknowledge: 'scripted' });
    await withDesk({ model, tools }, async (desk) => {
      const run = await desk.start('rescuesHanded', 'mend it');
      const request = await firstRequest(run);
      expect(request.attempted?.filter((line) => line.includes('did not say'))).toEqual([
        'solver, turn 1: an answer that cannot be used: It did not say whether it accepts the task.',
      ]);
      expect(request.attempted?.join()).toContain(
        'solver, turn 3: an answer that cannot be used (as before)',
      );
      expect(request.attempted?.join()).not.toContain('asked to repair');
      await decide(run, { request: request.id, option: 'retry', reason: 'Try.' });
      expect(await run.result()).toEqual(done);
      const [first] = model.calls.at(-1)?.request.messages ?? [];
      expect(first?.content).toContain('It did not say whether it accepts the task.');
      expect(first?.content).not.toMatch(/accept_handoff|accept and name/);
    });
  });

  test('T3 person: asked last, with every attempt; a retry with guidance reaches the agent, and an answer is the result', async () => {
    const model = scriptedModel({
      solver: [refuses, refuses],
      deputy: [refuses],
      medic: [{ output: { decision: 'escalate', reason: 'It is beyond me.' } }],
    });
    await withDesk({ model, tools }, async (desk) => {
      const run = await desk.start('rescues', job);
      const request = await firstRequest(run);
      expect(request).toMatchObject({
        reason: 'recovery-exhausted',
        askedOf: { roles: ['lead'] },
        details: expect.stringMatching(
          /It is beyond me[\s\S]*\*\*solver\*\*, turn 0: MODEL_REQUEST_REJECTED[\s\S]*\*\*deputy\*\*/,
        ),
        answerSchema: { required: ['result'] },
        redirectTo: expect.arrayContaining(['deputy']),
      });
      expect(request.options.map(({ id }) => id)).toEqual(['retry', 'answer', 'redirect', 'abort']);
      expect((await view(run)).owner).toBe('rescues');
      await decide(run, { request: request.id, option: 'retry', reason: 'Use the ladder.' });
      const again = await nextRequest(run, request.id);
      const last = model.calls.findLast(({ agent }) => agent === 'solver');
      expect(last?.request.messages[0]).toMatchObject({
        content: expect.stringContaining('Use the ladder.'),
      });
      await decide(run, { request: again.id, option: 'answer', answer: done });
      expect(await run.result()).toEqual(done);
      expect((await steps(run)).map(({ step, to }) => [step, to])).toEqual([
        ['alternative', 'deputy'],
        ['agent', 'medic'],
        ['person', undefined],
        ['retry', 'solver'],
        ['person', undefined],
        ['resolved', 'ada'],
      ]);
      // The recovery agent is asked once, and an alternative is tried once.
      expect(model.calls.map(({ agent }) => agent)).toEqual(['solver', 'deputy', 'medic', 'solver']);
    });
  });

  test('T3 P2 H5 H6 what was settled and instructed reaches the recovery agent, the person, and who stands in', async () => {
    const summary = { done: [], decisions: [], answered: [], open: [], needToKnow: ['K-77'] };
    const task = { goal: 'Mend the roof.', expected: 'A roof.', acceptance: ['it is dry'] };
    const model = scriptedModel({
      giver: [{ toolCalls: [handoffCall('solver', job, { task, summary })] }],
      solver: [refuses],
      medic: [{ content: 'no' }, { content: 'no' }, { content: 'no' }],
      deputy: [{ output: done }],
    });
    await withDesk({ model, tools }, async (desk) => {
      const run = await desk.start('rescuesHanded', 'the roof');
      const request = await firstRequest(run);
      const told = JSON.stringify(model.calls.find(({ agent }) => agent === 'medic')?.request.messages);
      for (const part of ['Mend the roof.', 'it is dry', 'Check the limit.', 'K-77']) {
        expect(told).toContain(part);
        expect(request.details).toContain(part);
      }
      // The failed agent is no longer shown as active.
      expect(await timeline(run)).toContainEqual(
        expect.objectContaining({
          kind: 'note',
          code: 'OUTPUT_INVALID',
          path: expect.stringContaining('medic'),
        }),
      );
      await decide(run, {
        request: request.id,
        option: 'redirect',
        to: 'deputy',
        reason: 'It has the ladder.',
      });
      expect(await run.result()).toEqual(done);
      const read = JSON.stringify(model.calls.at(-1)?.request.messages);
      for (const part of ['Check the limit.', 'K-77']) expect(read).toContain(part);
    });
  });

  test('T3 person: a person redirects the task to a fallback agent, which owns it after accepting', async () => {
    const model = scriptedModel({ solver: [refuses], deputy: [{ output: done }] });
    await withDesk({ model, tools }, async (desk) => {
      const run = await desk.start('rescuesByPerson', job);
      const { id } = await firstRequest(run);
      await decide(run, { request: id, option: 'redirect', to: 'deputy', reason: 'It has the ladder.' });
      expect(await run.result()).toEqual(done);
      expect(await owners(run)).toEqual(['deputy', 'deputy', 'deputy']);
      expect((await timeline(run)).filter(({ kind }) => kind === 'handoff').at(-1)).toMatchObject({
        to: 'deputy',
        trigger: 'error-recovery',
        by: 'person',
      });
    });
  });

  test('T3 person: an alternative may be a person, who is handed the task', async () => {
    await withDesk({ model: scriptedModel({ solver: [refuses] }), tools }, async (desk) => {
      const run = await desk.start('rescuesToPerson', job);
      const request = await firstRequest(run);
      expect(request).toMatchObject({
        reason: 'handoff',
        askedOf: { name: 'chief' },
        details: expect.stringMatching(/error-recovery[\s\S]*MODEL_REQUEST_REJECTED/),
      });
      await decide(run, { request: request.id, option: 'answer', answer: done });
      expect(await run.result()).toEqual(done);
      expect(await owners(run)).toEqual(['chief', 'chief', 'chief']);
    });
  });

  test('T3 person: the declared end follows when the request expires', async () => {
    await withDesk({ model: scriptedModel({ solver: [refuses] }), tools }, async (desk) => {
      const run = await desk.start('rescuesInTime', job);
      expect((await failureOf(run)).code).toBe('MODEL_REQUEST_REJECTED');
      expect((await steps(run)).map(({ step }) => step)).toEqual(['person', 'end']);
    });
  });

  test('T3 end: an agent’s own declared result stands for what it could not do', async () => {
    const model = scriptedModel({
      modest: [refuses],
      medic: [{ output: { decision: 'escalate', reason: 'no' } }],
    });
    await withDesk({ model, tools }, async (desk) => {
      const run = await desk.start('rescuesModest', job);
      expect(await run.result()).toEqual({ result: 'unsolved' });
      expect((await steps(run)).map(({ step }) => step)).toEqual(['agent', 'end']);
    });
  });
});

describe('what a recovery policy leaves alone', () => {
  test.each(['rescuesProud', 'unrescued'])('T3 none: %s fails with the error itself', async (workflow) => {
    const agent = workflow === 'unrescued' ? 'solver' : 'proud';
    await withDesk({ model: scriptedModel({ [agent]: [refuses] }), tools }, async (desk) => {
      const run = await desk.start(workflow, job);
      expect((await failureOf(run)).code).toBe('MODEL_REQUEST_REJECTED');
      expect(await steps(run)).toEqual([]);
    });
  });

  test('T3 abort: what a person ended is not recovered from', async () => {
    await withDesk({ model: scriptedModel({ solver: [refuses] }), tools }, async (desk) => {
      const run = await desk.start('rescuesByPerson', job);
      const { id } = await firstRequest(run);
      await decide(run, { request: id, option: 'abort', reason: 'No longer wanted.' });
      expect((await failureOf(run)).code).toBe('ABORTED');
      expect((await steps(run)).map(({ step }) => step)).toEqual(['person']);
    });
  });

  test('T3 effects: the agent that takes over sees the completed actions that it must not repeat', async () => {
    const model = scriptedModel({
      solver: [{ toolCalls: [{ name: 'pay', args: { to: 'bob', cents: 500 } }] }, refuses],
      deputy: [{ output: done }],
    });
    await withDesk({ model, tools }, async (desk) => {
      const run = await desk.start('rescues', job);
      const { id } = await firstRequest(run);
      await decide(run, { request: id, option: 'approve' });
      expect(await run.result()).toEqual(done);
      const [first] = model.calls.at(-1)?.request.messages ?? [];
      expect(first).toMatchObject({
        content: expect.stringMatching(/cannot be undone; do not repeat it:\n\s*- pay \(.*bob.*\)/),
      });
    });
  });

  test('T3 effects: a child agent that fails reports its completed actions and its usage', async () => {
    const model = scriptedModel({
      apart: [{ toolCalls: [{ name: 'pay', args: { to: 'bob', cents: 500 } }] }, refuses],
      medic: [{ output: { decision: 'resolved', output: done } }],
    });
    await withDesk({ model, tools }, async (desk) => {
      const run = await desk.start('rescuesApart', job);
      const { id } = await until(async () => (await view(run)).pending[0]);
      const child = desk.client.workflow.getHandle(id.slice(0, id.lastIndexOf('/')));
      await decide(child, { request: id, option: 'approve' });
      expect(await run.result()).toEqual(done);
      expect(model.calls.at(-1)?.request.input).toMatchObject({
        attempts: [{ agent: 'apart', code: 'MODEL_REQUEST_REJECTED', cost: { modelCalls: 1 } }],
        carriedOut: [expect.stringMatching(/^pay \(.*bob/)],
      });
      expect((await view(run)).counts).toMatchObject({ modelCalls: 2, toolCalls: 1 });
    });
  });
});
