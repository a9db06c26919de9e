/**
 * The handoff itself, on a real dev server: its payload, its acceptance, and its owner when the receiver does not
 * accept.
 */
import type { WorkflowHandle } from '@temporalio/client';
import { handoffCall, digest, type HandoffSaid, type Json, type TimelineEvent } from '@batonhq/baton';
import { scriptedModel, type Script, type ScriptedModel } from '@batonhq/baton/testing';
import { describe, expect, test } from 'vitest';
import { failureOf, firstRequest, timeline, until, view, withDesk, type Desk } from '../fixtures/harness.js';

const CASE = { order: 'A-1', cents: 500 };
const SAID: HandoffSaid = {
  task: { goal: 'Settle A-1.', expected: 'A letter.', acceptance: ['it names the amount'] },
  summary: {
    done: ['looked A-1 up'],
    decisions: [{ decision: 'no voucher', reason: 'policy 4' }],
    answered: [{ question: 'Which card?', answer: 'Visa' }],
    open: ['the amount'],
    needToKnow: ['the kettle leaks'],
  },
};
const item = (name: string, value: Json): string => `${name}@${digest(value).slice(0, 8)}`;
const ITEMS = [item('order', 'A-1'), item('cents', 500)];
const say = (name: string, args: Json) => ({ toolCalls: [{ name, args }] });
const accept = (items: readonly string[] = ITEMS, answer?: string) => ({
  name: 'accept_handoff',
  args: { items: [...items], ...(answer === undefined ? {} : { answer }) },
});
const hand = (to: string, said: HandoffSaid = SAID, payload: Json = CASE) => ({
  toolCalls: [handoffCall(to, payload, said)],
});
/** A model of which only the script speaks, also of acknowledgements. */
const plainly = (script: Script): ScriptedModel => scriptedModel(script, { acknowledge: 'scripted' });

async function started(desk: Desk, workflow: string): Promise<WorkflowHandle> {
  return desk.start(workflow, 'my kettle leaks');
}

async function eventsOf<K extends TimelineEvent['kind']>(
  run: WorkflowHandle,
  kind: K,
): Promise<Extract<TimelineEvent, { kind: K }>[]> {
  const is = (event: TimelineEvent): event is Extract<TimelineEvent, { kind: K }> => event.kind === kind;
  return (await timeline(run)).filter(is);
}

describe('what travels', () => {
  test('H2 H5 H6 H7 T5 envelope: the receiver is sent the task, the contract’s instructions, the summary and the items to name', async () => {
    const model = scriptedModel({ greeter: [hand('clerk')], clerk: [{ content: 'settled' }] });
    await withDesk({ model }, async (desk) => {
      const run = await started(desk, 'served');
      expect(await run.result()).toBe('settled');
      const sent = JSON.stringify(model.calls[1]?.request.messages);
      for (const part of [
        'Settle A-1.',
        'A letter.',
        'it names the amount',
        'Look the order up first.',
        ...ITEMS,
        'looked A-1 up',
        'no voucher',
        'policy 4',
        'Which card?',
        'Visa',
        'the amount',
        'the kettle leaks',
      ])
        expect(sent).toContain(part);
      expect(await eventsOf(run, 'handoff')).toMatchObject([
        { from: 'served', to: 'greeter', by: 'code', contract: 'input-of-greeter@1', owner: 'served' },
        {
          from: 'greeter',
          to: 'clerk',
          by: 'agent',
          trigger: 'domain-completion',
          contract: 'greeter-to-clerk@1',
          schema: expect.stringMatching(/^[0-9a-f]{16}$/),
          owner: 'greeter',
          manifest: expect.stringMatching(/^[0-9a-f]{12}$/),
        },
      ]);
    });
  });

  test('H6 what was settled travels on: the third has what the first one decided, answered and named', async () => {
    const onward: HandoffSaid = { summary: { decisions: [{ decision: 'pay half', reason: 'it was late' }] } };
    const model = scriptedModel({
      greeter: [hand('clerk')],
      clerk: [hand('elder', onward)],
      elder: [{ content: 'settled' }],
    });
    await withDesk({ model }, async (desk) => {
      const run = await started(desk, 'served');
      expect(await run.result()).toBe('settled');
      const sent = JSON.stringify(model.calls[2]?.request.messages);
      for (const part of ['pay half', 'no voucher', 'Visa', 'the kettle leaks', 'looked A-1 up'])
        expect(sent).toContain(part);
      expect(await view(run)).toMatchObject({ owner: 'elder', counts: { modelCalls: 3, handoffs: 3 } });
    });
  });

  test('H7 code continues an agent’s work over their contract, in one activity', async () => {
    const model = scriptedModel({ greeter: [{ content: 'leaks' }], clerk: [{ content: 'settled' }] });
    await withDesk({ model }, async (desk) => {
      const run = await started(desk, 'goesOn');
      expect(await run.result()).toBe('settled');
      expect(model.calls.map(({ agent }) => agent)).toEqual(['greeter', 'clerk']);
      expect(await eventsOf(run, 'handoff')).toMatchObject([
        {
          from: 'greeter',
          to: 'clerk',
          by: 'code',
          contract: 'greeter-to-clerk@1',
          trigger: 'domain-completion',
        },
      ]);
      expect(await failureOf(await desk.start('undeclaredFrom', null))).toMatchObject({
        code: 'BAD_INPUT',
        message: expect.stringContaining('no contract from elder to greeter'),
      });
    });
  });
});

test('T3 T4 a trigger is what is so: code cannot say that it recovers, or that permissions change', async () => {
  await withDesk({ model: scriptedModel({}) }, async (desk) => {
    expect(await failureOf(await desk.start('pretends', null))).toMatchObject({
      code: 'BAD_INPUT',
      message: expect.stringContaining('"error-recovery"'),
    });
  });
});

describe('acknowledgement', () => {
  test('H8 H11 accept: names every item in its version, together with the first move, and moves ownership', async () => {
    const look = { name: 'echo', args: { text: 'A-1' } };
    const model = plainly({
      greeter: [hand('clerk')],
      clerk: [{ toolCalls: [accept(), look] }, { content: 'settled' }],
    });
    await withDesk({ model }, async (desk) => {
      const run = await started(desk, 'served');
      expect(await run.result()).toBe('settled');
      expect(await eventsOf(run, 'accepted')).toMatchObject([
        { by: 'greeter', items: [], owner: 'greeter' },
        { by: 'clerk', items: ITEMS, owner: 'clerk' },
      ]);
      expect(await view(run)).toMatchObject({ owner: 'clerk', counts: { modelCalls: 3, toolCalls: 1 } });
    });
  });

  test('H8 a missing item or acknowledgement is repaired, and no call next to it is carried out', async () => {
    const look = { name: 'echo', args: { text: 'A-1' } };
    const model = plainly({
      greeter: [hand('clerk')],
      clerk: [
        { toolCalls: [accept(['order@00000000']), look] },
        { toolCalls: [look] },
        { toolCalls: [accept(ITEMS, 'settled')] },
      ],
    });
    await withDesk({ model }, async (desk) => {
      const run = await started(desk, 'served');
      expect(await run.result()).toBe('settled');
      expect((await eventsOf(run, 'repair')).map(({ problem }) => problem)).toEqual([
        expect.stringContaining(ITEMS[0] ?? ''),
        'It did not say whether it accepts the task.',
      ]);
      expect(await eventsOf(run, 'tool')).toEqual([]);
    });
  });

  test('H8 decline: no call next to it is carried out, the sender still owns the task, and the reason ends the run', async () => {
    const look = { name: 'echo', args: { text: 'A-1' } };
    const decline = { name: 'decline_handoff', args: { reason: 'I have no access to A-1' } };
    const model = plainly({ greeter: [hand('clerk')], clerk: [{ toolCalls: [decline, look] }] });
    await withDesk({ model }, async (desk) => {
      const run = await started(desk, 'served');
      expect(await failureOf(run)).toMatchObject({
        code: 'HANDOFF_DECLINED',
        message: expect.stringContaining('I have no access to A-1'),
      });
      expect(await eventsOf(run, 'declined')).toMatchObject([{ by: 'clerk' }]);
      expect(await eventsOf(run, 'tool')).toEqual([]);
      expect(await view(run)).toMatchObject({ owner: 'greeter' });
    });
  });

  test('H8 misrouted: the task goes once to whom the receiver names, if the sender’s contract allows it', async () => {
    const elsewhere = (to: string) => say('misrouted_handoff', { to, reason: 'it is a hard case' });
    const model = plainly({
      greeter: [hand('clerk')],
      clerk: [elsewhere('elder')],
      elder: [{ toolCalls: [accept(ITEMS, 'settled')] }],
    });
    await withDesk({ model }, async (desk) => {
      const run = await started(desk, 'served');
      expect(await run.result()).toBe('settled');
      expect((await eventsOf(run, 'handoff')).at(-1)).toMatchObject({
        from: 'greeter',
        to: 'elder',
        by: 'misrouted',
        contract: 'greeter-to-elder@1',
      });
      expect(JSON.stringify(model.calls.at(-1)?.request.messages)).toContain('the kettle leaks');
    });
    const circling = plainly({
      greeter: [hand('clerk')],
      clerk: [elsewhere('elder')],
      elder: [elsewhere('clerk')],
    });
    await withDesk({ model: circling }, async (desk) => {
      const run = await started(desk, 'served');
      expect(await failureOf(run)).toMatchObject({ code: 'HANDOFF_MISROUTED' });
      expect(await view(run)).toMatchObject({ owner: 'greeter' });
    });
  });
});

describe('clarification', () => {
  const QUESTION = 'Which colour has the kettle?';
  const ask = say('clarify_handoff', { questions: [QUESTION] });

  test('H8 the sender’s conversation is resumed for the answer, and the receiver continues with it', async () => {
    const model = plainly({
      greeter: [hand('clerk'), { output: { answers: ['Red.'] } }],
      clerk: [ask, { toolCalls: [accept(ITEMS, 'settled')] }],
    });
    await withDesk({ model }, async (desk) => {
      const run = await started(desk, 'served');
      expect(await run.result()).toBe('settled');
      const [, , resumed, told] = model.calls.map(({ request }) => request);
      expect(resumed?.tools).toEqual([]);
      expect(JSON.stringify(resumed?.messages)).toContain('my kettle leaks');
      expect(told?.messages.at(-1)).toMatchObject({
        role: 'tool',
        content: `1. "${QUESTION}": "Red.", answered by "greeter" (an agent)`,
      });
      expect(await eventsOf(run, 'clarification')).toMatchObject([
        { by: 'clerk', round: 1, answers: [{ question: QUESTION, answer: 'Red.', by: 'greeter' }] },
      ]);
      expect(await view(run)).toMatchObject({ owner: 'clerk' });
    });
  });

  test('H6 H8 answers are settled facts for the next owner after the receiver, and after a re-route', async () => {
    const moved: HandoffSaid = { ...SAID, summary: { ...SAID.summary, answered: [] } };
    for (const clerk of [
      [ask, { toolCalls: [accept(), handoffCall('elder', CASE, moved)] }],
      [ask, say('misrouted_handoff', { to: 'elder', reason: 'hard' })],
    ]) {
      const model = plainly({
        greeter: [hand('clerk', moved), { output: { answers: ['Red.'] } }],
        clerk,
        elder: [{ toolCalls: [accept(ITEMS, 'settled')] }],
      });
      await withDesk({ model }, async (desk) => {
        const run = await started(desk, 'served');
        expect(await run.result()).toBe('settled');
        const read = model.calls.find(({ agent }) => agent === 'elder')?.request.messages;
        expect(JSON.stringify(read)).toContain(`${QUESTION}`);
        expect(JSON.stringify(read)).toContain('Red.');
      });
    }
  });

  test('H8 a sender with an unreadable answer gets repair turns, before any other agent is asked', async () => {
    const model = plainly({
      greeter: [
        hand('clerk'),
        { content: 'It is red.' },
        { toolCalls: [handoffCall('elder', CASE, SAID)] },
        { output: { answers: ['Red.'] } },
      ],
      clerk: [ask, { toolCalls: [accept(ITEMS, 'settled')] }],
    });
    await withDesk({ model }, async (desk) => {
      const run = await started(desk, 'served');
      expect(await run.result()).toBe('settled');
      expect(await eventsOf(run, 'clarification')).toMatchObject([
        { answers: [{ answer: 'Red.', by: 'greeter' }] },
      ]);
      expect(await eventsOf(run, 'repair')).toMatchObject([{ agent: 'greeter' }, { agent: 'greeter' }]);
    });
  });

  test('H8 P1 what the sender does not know a person is asked, and a third round fails', async () => {
    const model = plainly({
      greeter: [hand('clerk'), { output: { answers: [null] } }, { output: { answers: ['Yes.'] } }],
      clerk: [ask, ask, ask],
    });
    await withDesk({ model }, async (desk) => {
      const run = await started(desk, 'served');
      const request = await firstRequest(run);
      expect(request).toMatchObject({ reason: 'clarification', question: QUESTION, askedBy: 'clerk' });
      await run.executeUpdate('decide', {
        args: [{ request: request.id, option: 'answer', answer: 'Blue.', by: 'ada' }],
      });
      expect(await failureOf(run)).toMatchObject({ code: 'HANDOFF_UNCLEAR' });
      expect((await eventsOf(run, 'clarification')).map(({ answers }) => answers[0])).toMatchObject([
        { answer: 'Blue.', by: 'ada' },
        { answer: 'Yes.', by: 'greeter' },
      ]);
      expect(await view(run)).toMatchObject({ owner: 'greeter' });
    });
  });
});

describe('the receiver’s end', () => {
  test('H7 what does not fit there goes back to the sender as text, at most twice, and the receiver’s model is not asked', async () => {
    const model = scriptedModel({
      greeter: [hand('narrow'), hand('narrow'), { content: 'kept it' }],
      narrow: [{ content: 'never' }],
    });
    await withDesk({ model }, async (desk) => {
      const run = await started(desk, 'served');
      expect(await run.result()).toBe('kept it');
      expect(model.calls.map(({ agent }) => agent)).toEqual(['greeter', 'greeter', 'greeter']);
      expect(model.calls[1]?.request.messages.at(-1)).toMatchObject({
        role: 'tool',
        ok: false,
        content: expect.stringContaining('is not a small case'),
      });
      expect(await eventsOf(run, 'sent-back')).toHaveLength(2);
      expect(await view(run)).toMatchObject({ owner: 'greeter' });
    });
    const stubborn = scriptedModel({ greeter: () => hand('narrow') });
    await withDesk({ model: stubborn }, async (desk) => {
      expect(await failureOf(await started(desk, 'served'))).toMatchObject({ code: 'CONTRACT_VIOLATED' });
      expect(stubborn.calls).toHaveLength(3);
    });
  });

  test('H8 H11 a child agent owns the task from its acknowledgement on', async () => {
    let settle: (step: { content: string }) => void = () => {};
    const held = new Promise<{ content: string }>((resolve) => (settle = resolve));
    const model = scriptedModel({
      greeter: [hand('filer')],
      filer: (_request, call) => (call === 0 ? { toolCalls: [accept()] } : held),
    });
    await withDesk({ model }, async (desk) => {
      const run = await started(desk, 'served');
      await until(async () => ((await view(run)).owner === 'filer' ? true : undefined));
      settle({ content: 'filed' });
      expect(await run.result()).toBe('filed');
      expect(await eventsOf(run, 'accepted')).toMatchObject([
        { by: 'greeter' },
        { by: 'filer', items: ITEMS },
      ]);
    });
  });
});

describe('several handoffs at once', () => {
  const both = { toolCalls: [handoffCall('elder', CASE, SAID), handoffCall('clerk', CASE, SAID)] };
  const refused = (reason: string) => [say('decline_handoff', { reason })];
  const unusable = [{ content: '' }, { content: '' }, { content: '' }];

  test.each([
    ['declines', refused('not mine'), /elder failed: HANDOFF_DECLINED: .*not mine/],
    ['fails', unusable, /elder failed: OUTPUT_INVALID: /],
  ])(
    'T2 H8 fan-out: where one %s, its sender reads why, with the result of the other',
    async (_what, elder, why) => {
      const model = plainly({
        greeter: [both, { content: 'joined' }],
        clerk: [{ toolCalls: [accept(ITEMS, 'the clerk’s')] }],
        elder,
      });
      await withDesk({ model }, async (desk) => {
        const run = await started(desk, 'served');
        expect(await run.result()).toBe('joined');
        const [first, second] = model.calls.at(-1)?.request.messages.slice(-2) ?? [];
        expect(first).toMatchObject({ role: 'tool', ok: false, content: expect.stringMatching(why) });
        expect(second).toMatchObject({ role: 'tool', ok: true, content: '"the clerk’s"' });
        expect(await view(run)).toMatchObject({ owner: 'greeter' });
      });
    },
  );

  test('T2 H8 fan-out: one asks its sender for clarification, and continues with the answer while the other works', async () => {
    const model = plainly({
      greeter: [both, { output: { answers: ['the red one'] } }, { content: 'joined' }],
      clerk: [{ toolCalls: [accept(ITEMS, 'the clerk’s')] }],
      elder: [say('clarify_handoff', { questions: ['Which?'] }), { toolCalls: [accept(ITEMS, 'red')] }],
    });
    await withDesk({ model }, async (desk) => {
      const run = await started(desk, 'served');
      expect(await run.result()).toBe('joined');
      const results = model.calls.at(-1)?.request.messages.slice(-2);
      expect(results?.map(({ content }) => content)).toEqual(['"red"', '"the clerk’s"']);
      expect(await eventsOf(run, 'clarification')).toMatchObject([
        { by: 'elder', round: 1, answers: [{ question: 'Which?', answer: 'the red one', by: 'greeter' }] },
      ]);
    });
  });

  test('T2 H4 fan-out: they run in parallel where their contracts say so, and the results come back in order', async () => {
    const model = scriptedModel({
      greeter: [both, { content: 'joined' }],
      clerk: [{ content: 'the clerk’s' }],
      elder: [{ content: 'the elder’s' }],
    });
    await withDesk({ model }, async (desk) => {
      const run = await started(desk, 'served');
      expect(await run.result()).toBe('joined');
      const results = model.calls.at(-1)?.request.messages.slice(-2);
      expect(results?.map(({ content }) => content)).toEqual(['"the elder’s"', '"the clerk’s"']);
      expect((await eventsOf(run, 'delegated')).map(({ to, trigger }) => [to, trigger])).toEqual([
        ['elder', 'parallelization'],
        ['clerk', 'parallelization'],
      ]);
      expect(await view(run)).toMatchObject({ owner: 'greeter' });
    });
  });
});
