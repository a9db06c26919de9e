/** Permissions in a conversation: with control an agent gets what its giver had or granted, in every message from then on. */
import { describe, expect, test } from 'vitest';
import { handoffCall } from '@batonhq/baton';
import { answerTo, say } from '@batonhq/baton/client';
import { scriptedModel, type ScriptedModel, type ScriptedStep } from '@batonhq/baton/testing';
import { timeline, type Desk } from '../fixtures/harness.js';
import { paid, withLimitsDesk } from '../fixtures/limits-desk.js';

const hands = (to: string): ScriptedStep => ({ toolCalls: [handoffCall(to, { task: 'pay' })] });
const pays: ScriptedStep = { toolCalls: [{ name: 'pay_out', args: { cents: 5 } }] };
const says = (content: string): ScriptedStep => ({ content });

/** The tools of the matter that an agent's model was offered, in each of its calls. */
function offered(model: ScriptedModel, agent: string): string[][] {
  return model.calls
    .filter((call) => call.agent === agent)
    .map((call) => (call.request.tools ?? []).map(({ name }) => name))
    .map((names) => names.filter((name) => /^(pay_out|look)$/.test(name)));
}

/** Says one thing after the other, and ends the conversation. */
async function conversation(desk: Desk, name: string, texts: readonly string[]) {
  const run = await desk.start(name, null);
  for (const text of texts)
    await answerTo(desk.client, run.workflowId, await say(desk.client, run.workflowId, text));
  const latest = desk.client.workflow.getHandle(run.workflowId);
  const events = await timeline(latest);
  await latest.signal('end-talk');
  await latest.result();
  return events;
}

describe('T4 in a conversation', () => {
  test.each([
    ['talks', 'intern'],
    ['talksOn', 'intern'],
    ['talks', 'teller'],
  ])('swarm: what the giver lacked is not there in later messages either (%s, %s)', async (name, to) => {
    const model = scriptedModel({
      host: [hands(to)],
      [to]: [says('What is it?'), pays, says('I may not.'), pays, says('Still not.')],
    });
    await withLimitsDesk({ model }, async (desk) => {
      const before = paid.cents;
      await conversation(desk, name, ['hello', 'pay me', 'pay me now']);
      expect(offered(model, to)).toEqual(Array.from({ length: 5 }, () => ['look']));
      expect(model.calls.at(-1)?.request.messages.at(-1)?.content).toContain('needs the permission payments');
      expect(paid.cents).toBe(before);
    });
  });

  test.each(['talks', 'talksOn'])(
    'swarm: what a contract granted stays with control, and goes with it (%s)',
    async (name) => {
      const model = scriptedModel({
        host: [hands('cashier'), says('Here again.'), hands('intern')],
        cashier: [says('What is it?'), pays, says('Paid.'), hands('host')],
        intern: [says('I look.'), pays, says('I may not.')],
      });
      await withLimitsDesk({ model }, async (desk) => {
        const before = paid.cents;
        await conversation(desk, name, ['hello', 'pay me', 'somebody else', 'again', 'pay me']);
        expect(offered(model, 'cashier').slice(0, 3)).toEqual(
          Array.from({ length: 3 }, () => ['pay_out', 'look']),
        );
        expect(offered(model, 'intern')).toEqual(Array.from({ length: 3 }, () => ['look']));
        expect(paid.cents).toBe(before + 5);
      });
    },
  );
});
