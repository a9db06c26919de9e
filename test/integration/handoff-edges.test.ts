/** Edge cases of handoffs, on a real dev server: whose work the receiver continues, and which agent sees a refusal. */
import type { WorkflowHandle } from '@temporalio/client';
import { digest, handoffCall, type ApprovalRequest, type Json, type TimelineEvent } from '@batonhq/baton';
import { scriptedModel, type ScriptedModel } from '@batonhq/baton/testing';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { failureOf, firstRequest, timeline, until, view, withDesk, type Desk } from '../fixtures/harness.js';

const workflows = fileURLToPath(new URL('../fixtures/handoff-edge-workflows.ts', import.meta.url));
const CASE = { order: 'A-1' };

const serving = <T>(model: ScriptedModel, body: (desk: Desk) => Promise<T>): Promise<T> =>
  withDesk({ model, workflows }, body);

const hand = (to: string, payload: Json, summary = {}) => ({
  toolCalls: [handoffCall(to, payload, { summary })],
});

function shown(model: ScriptedModel, agent: string): string {
  return JSON.stringify(model.calls.filter((call) => call.agent === agent).map(({ request }) => request));
}

async function eventsOf(run: WorkflowHandle, kind: TimelineEvent['kind']): Promise<TimelineEvent[]> {
  return (await timeline(run)).filter((event) => event.kind === kind);
}

/** The request that waits after another one has been decided. */
function nextRequest(run: WorkflowHandle, before: string): Promise<ApprovalRequest> {
  return until(async () => {
    const pending = await run.query<ApprovalRequest[]>('pending');
    return pending.find(({ id }) => id !== before);
  });
}

describe('the work that a receiver continues', () => {
  const scouts = () => [{ content: 'seen' }, { content: 'seen' }, { content: 'seen' }];

  test('H6 from: a branch continues its own agent’s work, even when another branch ended later', async () => {
    const model = scriptedModel({ scout: scouts(), bob: [{ content: 'settled' }] });
    await serving(model, async (desk) => {
      expect(await (await desk.start('ownBranch', null)).result()).toBe('settled');
      expect(shown(model, 'bob')).toContain('the roof');
      expect(shown(model, 'bob')).not.toContain('the cellar');
    });
  });

  test('H6 from: an agent that ended in two branches names nobody; the failure says where both are', async () => {
    const model = scriptedModel({ scout: scouts(), bob: [{ content: 'settled' }] });
    await serving(model, async (desk) => {
      const run = await desk.start('eitherBranch', ['the roof', 'the cellar']);
      expect(await failureOf(run)).toMatchObject({
        code: 'BAD_INPUT',
        message: expect.stringMatching(/parallel-0\/0\/scout-0.*parallel-0\/1\/scout-0/),
      });
      expect(shown(model, 'bob')).toBe('[]');
    });
  });

  test('H6 from: after branches of which one asked the agent, its work there is meant', async () => {
    const model = scriptedModel({ scout: scouts(), bob: [{ content: 'settled' }] });
    await serving(model, async (desk) => {
      expect(await (await desk.start('eitherBranch', ['', 'the cellar'])).result()).toBe('settled');
      expect(shown(model, 'bob')).toContain('the cellar');
      expect(shown(model, 'bob')).not.toContain('the house');
    });
  });

  test('H6 from: what the agent does after the branches is meant, and no longer theirs', async () => {
    const model = scriptedModel({ scout: scouts(), bob: [{ content: 'settled' }] });
    await serving(model, async (desk) => {
      expect(await (await desk.start('afterBranches', null)).result()).toBe('settled');
      expect(shown(model, 'bob')).toContain('the house');
      expect(shown(model, 'bob')).not.toContain('the cellar');
    });
  });

  test('H6 from: a receiver can continue a person’s work too, with the facts that were settled before', async () => {
    const model = scriptedModel({
      scout: [hand('boss', CASE, { needToKnow: ['the customer is a VIP'] })],
      bob: [{ content: 'settled' }],
    });
    await serving(model, async (desk) => {
      const run = await desk.start('fromPerson', null);
      const { id } = await firstRequest(run);
      await run.executeUpdate('decide', {
        args: [{ by: 'ada', request: id, option: 'answer', answer: 'ok' }],
      });
      expect(await run.result()).toBe('settled');
      expect(shown(model, 'bob')).toContain('the customer is a VIP');
    });
  });

  test("O1 H6 from: a receiver can continue the work of a plan's worker after the plan", async () => {
    const subtask = { id: 'a', kind: 'dig', task: 'the cellar', dependsOn: [] };
    const model = scriptedModel({
      planner: [{ output: { subtasks: [subtask], rationale: 'because' } }],
      digger: [{ content: 'dug' }],
      bob: [{ content: 'settled' }],
    });
    await serving(model, async (desk) => {
      expect(await (await desk.start('afterPlan', 'dig')).result()).toBe('settled');
      expect(shown(model, 'bob')).toContain('the cellar');
    });
  });

  test('T2 collect: a defect in one branch is thrown once the others have come to their ends', async () => {
    const model = scriptedModel({ scout: [{ content: 'seen' }] });
    await serving(model, async (desk) => {
      const run = await desk.start('collectsDefect', null);
      expect(await run.result()).toEqual({ error: 'TypeError: a defect', ended: ['scout'] });
    });
  });

  test('R5 route: a decision that code overruled is not the reason of a later task', async () => {
    const model = scriptedModel({ brisk: [{ content: 'a' }], bob: [{ content: 'b' }] });
    await serving(model, async (desk) => {
      const run = await desk.start('overrules', null);
      expect(await run.result()).toBe('b');
      expect(await eventsOf(run, 'delegated')).toMatchObject([
        { to: 'brisk', by: 'code' },
        { to: 'bob', by: 'code' },
      ]);
    });
  });
});

describe('who hears of a refusal', () => {
  test('H7 turns: a sender out of turns reads why its handoff came back, and answers', async () => {
    const model = scriptedModel({
      hasty: [hand('picky', { order: 'A-1000' }), { content: 'did it myself' }],
    });
    await serving(model, async (desk) => {
      const run = await desk.start('hastens', 'go');
      expect(await run.result()).toBe('did it myself');
      expect(shown(model, 'hasty')).toContain('is not a small case');
    });
  });

  test('H8 turns: a receiver out of turns reads the answers to what it asked', async () => {
    const model = scriptedModel({
      hasty: [hand('brisk', CASE), { output: { answers: ['the red one'] } }],
      brisk: [
        { toolCalls: [{ name: 'clarify_handoff', args: { questions: ['Which?'] } }] },
        { content: 'settled' },
      ],
    });
    await serving(model, async (desk) => {
      expect(await (await desk.start('hastens', 'go')).result()).toBe('settled');
      expect(shown(model, 'brisk')).toContain('the red one');
    });
  });

  test('H8 H11 a child agent that fails right after it took its task on was still responsible for it', async () => {
    const items = [`order@${digest(CASE.order).slice(0, 8)}`];
    const accepts = { toolCalls: [{ name: 'accept_handoff', args: { items } }] };
    const model = scriptedModel({ hasty: [hand('remote', CASE)], remote: [accepts] });
    await serving(model, async (desk) => {
      const run = await desk.start('hastens', 'go');
      expect((await failureOf(run)).code).toBe('TURN_LIMIT');
      expect(await eventsOf(run, 'accepted')).toMatchObject([{ by: 'hasty' }, { by: 'remote' }]);
      expect((await view(run)).owner).toBe('remote');
    });
  });

  test('P0 deadline: a person’s deadline does not start again when their questions are answered', async () => {
    await serving(scriptedModel({}), async (desk) => {
      const run = await desk.start('leavesToBoss', null);
      const decide = (decision: Readonly<Record<string, Json>>): Promise<unknown> =>
        run.executeUpdate('decide', { args: [{ by: 'ada', ...decision }] });
      const first = await firstRequest(run);
      await decide({ request: first.id, option: 'clarify', questions: ['Which?'] });
      const question = await nextRequest(run, first.id);
      await decide({ request: question.id, option: 'answer', answer: 'the red one' });
      const again = await nextRequest(run, question.id);
      expect(again.reason).toBe('handoff');
      // A replay may have begun a moment earlier than what was seen of it before.
      expect(Date.parse(again.deadline ?? '')).toBeLessThanOrEqual(Date.parse(first.deadline ?? ''));
      await decide({ request: again.id, option: 'answer', answer: 'settled' });
      expect(await run.result()).toBe('settled');
    });
  });
});
