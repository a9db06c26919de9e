/** Conversations that go on: tickets, order, who has control, handing back, executions, and their ends. */
import { fileURLToPath } from 'node:url';
import type { WorkflowHandle } from '@temporalio/client';
import { describe, expect, test } from 'vitest';
import { failureOf, firstRequest, timeline, until, view, withDesk } from '../fixtures/harness.js';
import { published } from '../fixtures/published.js';
import { echoing, tools } from '../fixtures/swarm-model.js';

const workflows = fileURLToPath(new URL('../fixtures/swarm-workflows.ts', import.meta.url));

interface Turn {
  readonly turn: number;
  readonly id: string;
  readonly text: string;
  readonly agent?: string;
  readonly answer?: unknown;
  readonly error?: { readonly code: string };
}
interface Talk {
  readonly state: string;
  readonly active: string;
  readonly turns: number;
  readonly answered: number;
  readonly recent: readonly Turn[];
}

const talkOf = async (run: WorkflowHandle): Promise<Talk> =>
  published('talk-view', await run.query<Talk>('talk'));

async function say(run: WorkflowHandle, text: string, id?: string): Promise<{ id: string; turn: number }> {
  return run.executeUpdate('say', { args: [{ v: 1, text, ...(id === undefined ? {} : { id }) }] });
}

function answerTo(run: WorkflowHandle, turn: number): Promise<Turn> {
  return until(async () => {
    const { answered, recent } = await talkOf(run);
    return answered >= turn && recent.find((each) => each.turn === turn);
  });
}

const ask = async (run: WorkflowHandle, text: string): Promise<Turn> =>
  answerTo(run, (await say(run, text)).turn);

describe('O4 a conversation', () => {
  test('swarm: what the user says next goes to the agent who has control, and comes back by its contract', async () => {
    const model = echoing();
    await withDesk({ model, workflows, tools }, async (desk) => {
      const run = await desk.start('talk', { say: 'hello' });
      expect(await answerTo(run, 1)).toMatchObject({ agent: 'front', text: 'hello' });
      expect(await ask(run, 'my bill is wrong')).toMatchObject({ agent: 'billing' });
      expect(await talkOf(run)).toMatchObject({ active: 'billing', state: 'open' });
      expect((await view(run)).owner).toBe('billing');
      expect(await ask(run, 'look it up')).toMatchObject({
        agent: 'billing',
        answer: expect.stringContaining('order A1 is paid'),
      });
      expect(await ask(run, 'many thanks')).toMatchObject({ agent: 'front' });
      expect(await ask(run, 'bye')).toMatchObject({ agent: 'front', answer: expect.stringContaining('bye') });
      // The conversation continues: the agent's model sees the earlier messages.
      const shown = model.calls.filter(({ agent }) => agent === 'billing').at(-1)?.request.messages ?? [];
      expect(JSON.stringify(shown)).toContain('my bill is wrong');
      expect(JSON.stringify(shown)).toContain('look it up');
      await run.signal('end-talk');
      expect(await run.result()).toEqual({ turns: 5, active: 'front', ended: 'user' });
      expect((await timeline(run)).filter(({ kind }) => kind === 'handoff')).toHaveLength(2);
      expect(await failureOfSaying(run)).toBeDefined();
    });
  });

  test('swarm: 20 senders at once lose nothing, each has its turn, and an id counts once', async () => {
    await withDesk({ model: echoing(), workflows, tools }, async (desk) => {
      const run = await desk.start('talk', null);
      const texts = Array.from({ length: 20 }, (_, index) => `message ${index}`);
      const tickets = await Promise.all(texts.map((text, index) => say(run, text, `m-${index}`)));
      const again = await Promise.all(texts.map((text, index) => say(run, text, `m-${index}`)));
      expect(again).toEqual(tickets);
      expect(tickets.map(({ turn }) => turn).toSorted((a, b) => a - b)).toEqual(texts.map((_, i) => i + 1));
      await answerTo(run, 20);
      const { recent, turns } = await talkOf(run);
      expect(turns).toBe(20);
      for (const { id, turn } of tickets) {
        const told = recent.find((each) => each.turn === turn);
        expect(told).toMatchObject({ id, answer: expect.stringContaining(`message ${id.slice(2)}`) });
      }
      await run.terminate('The test has seen enough.');
    });
  });

  test('swarm: continues in new executions with its conversation, its ids and its owner', async () => {
    const model = echoing();
    await withDesk({ model, workflows, tools }, async (desk) => {
      const first = await desk.start('short', { say: 'hello' });
      const run = desk.client.workflow.getHandle(first.workflowId);
      await answerTo(run, 1);
      await ask(run, 'my bill is wrong');
      const ticket = await say(run, 'remember 42', 'known');
      for (let turn = 4; turn <= 10; turn += 1) await ask(run, `turn ${turn}`);
      expect(await say(run, 'remember 42', 'known')).toEqual(ticket);
      expect(await talkOf(run)).toMatchObject({ active: 'billing', turns: 10, answered: 10 });
      expect((await timeline(run))[0]).toMatchObject({ kind: 'run-started', continues: expect.anything() });
      expect((await view(run)).counts.modelCalls).toBeGreaterThanOrEqual(11);
      // The older messages were sent again, within the limit.
      const last = JSON.stringify(
        model.calls.filter(({ agent }) => agent === 'billing').at(-1)?.request.messages,
      );
      expect(last).toContain('remember 42');
      await run.signal('end-talk');
      expect(await run.result()).toMatchObject({ turns: 10, active: 'billing' });
    });
  });

  test('swarm: an approval in a turn is waited for, what is said meanwhile waits, and a failed turn ends nothing', async () => {
    await withDesk({ model: echoing(), workflows, tools }, async (desk) => {
      const run = await desk.start('talk', { say: 'my bill' });
      await answerTo(run, 1);
      const { turn } = await say(run, 'pay me');
      const request = await firstRequest(run);
      const meanwhile = await say(run, 'are you there?');
      expect(await talkOf(run)).toMatchObject({ answered: 1, turns: 3 });
      // An approver must see the new message, and that the request has changed since they saw it.
      const now = await firstRequest(run);
      expect(now).toMatchObject({ id: request.id, revision: 2, said: [{ text: 'are you there?' }] });
      const { digest } = now;
      expect(digest).not.toBe(request.digest);
      const details = await run.query<{ currentDetails: string }>('__temporal_workflow_metadata');
      expect(details.currentDetails).toContain('user said since it was asked: are you there?');
      expect((await view(run)).pending).toMatchObject([{ news: 1 }]);
      const yes = { request: request.id, option: 'approve', by: 'ada' };
      for (const seen of [{}, { digest: request.digest }]) {
        await expect(run.executeUpdate('decide', { args: [{ ...yes, ...seen }] })).rejects.toMatchObject({
          cause: { type: 'REQUEST_CHANGED' },
        });
      }
      await run.executeUpdate('decide', { args: [{ ...yes, digest }] });
      expect(await answerTo(run, turn)).toMatchObject({ answer: expect.stringContaining('for ann') });
      expect(await answerTo(run, meanwhile.turn)).toMatchObject({ answer: 'billing: are you there?' });
      expect(await ask(run, 'break')).toMatchObject({ error: { code: expect.any(String) } });
      expect(await ask(run, 'and now?')).toMatchObject({ agent: 'billing', answer: 'billing: and now?' });
      const failed = (await timeline(run)).find((event) => event.kind === 'note' && event.code !== undefined);
      expect(failed?.path).toMatch(/^turn-4\/billing-0/);
      await run.terminate('The test has seen enough.');
    });
  });

  test('swarm: a person answers once, and control returns to the agent that asked them', async () => {
    await withDesk({ model: echoing(), workflows, tools }, async (desk) => {
      const run = await desk.start('talk', null);
      const { turn } = await say(run, 'I want your boss');
      const request = await firstRequest(run);
      await run.executeUpdate('decide', {
        args: [{ request: request.id, option: 'accept', by: 'zoe' }],
      });
      const work = await until(async () => {
        const next = await firstRequest(run);
        return next.id !== request.id && next;
      });
      await run.executeUpdate('decide', {
        args: [{ request: work.id, option: 'answer', answer: 'I am sorry.', by: 'zoe' }],
      });
      expect(await answerTo(run, turn)).toMatchObject({ agent: 'boss', answer: 'I am sorry.' });
      expect(await ask(run, 'fine')).toMatchObject({ agent: 'front' });
      expect((await view(run)).owner).toBe('front');
      await run.terminate('The test has seen enough.');
    });
  });

  test('swarm: ends when nobody says anything for long enough', async () => {
    await withDesk({ model: echoing(), workflows, tools }, async (desk) => {
      const run = await desk.start('idles', { say: 'hello' });
      expect(await run.result()).toEqual({ turns: 1, active: 'front', ended: 'idle' });
    });
  });

  test('swarm: an invalid message is refused, noted when it came by signal, and adds no message', async () => {
    await withDesk({ model: echoing(), workflows, tools }, async (desk) => {
      const run = await desk.start('talk', null);
      for (const wire of [
        null,
        'text',
        {},
        { text: ' ' },
        { text: 'x'.repeat(33_000) },
        { text: 'a', id: 7 },
      ]) {
        await expect(run.executeUpdate('say', { args: [wire] })).rejects.toThrow();
      }
      await run.signal('say', { text: 7 });
      await until(async () => (await timeline(run)).some(({ kind }) => kind === 'note'));
      await run.signal('say', { text: 'by signal' });
      expect(await answerTo(run, 1)).toMatchObject({ text: 'by signal', agent: 'front' });
      expect((await talkOf(run)).turns).toBe(1);
      await run.terminate('The test has seen enough.');
    });
  });

  test('swarm: as a part of another orchestration it is refused', async () => {
    await withDesk({ model: echoing(), workflows, tools }, async (desk) => {
      expect(await failureOf(await desk.start('nested', null))).toMatchObject({ code: 'BAD_DEFINITION' });
    });
  });
});

async function failureOfSaying(run: WorkflowHandle): Promise<unknown> {
  return say(run, 'more').then(
    () => undefined,
    (error: unknown) => error,
  );
}
