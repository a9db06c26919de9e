/** The shared memory between agents of a run, on a real server. */
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import type { WorkflowHandle } from '@temporalio/client';
import Database from 'libsql';
import { expect, test } from 'vitest';
import { handoffCall, type Json } from '@batonhq/baton';
import { scriptedModel, type ScriptedStep } from '@batonhq/baton/testing';
import { timeline, until, withDesk } from '../fixtures/harness.js';

const workflows = fileURLToPath(new URL('../fixtures/memory-workflows.ts', import.meta.url));

const remember = (state: string, expectedVersion: number | null): ScriptedStep => ({
  toolCalls: [{ name: 'remember_case', args: { key: 'status', value: { state }, expectedVersion } }],
});
const recall = (args: Record<string, Json> = {}): ScriptedStep => ({
  toolCalls: [{ name: 'recall_case', args: { key: 'status', ...args } }],
});

/** The results of the memory tools, as the timeline shows them. */
async function memoryEvents(run: WorkflowHandle): Promise<string[]> {
  return (await timeline(run)).flatMap((event) =>
    event.kind === 'tool' ? [`${event.agent}: ${event.tool}, ${event.outcome}: ${event.preview}`] : [],
  );
}

/** The last tool result that an agent's model received. */
function lastResult({
  messages,
}: {
  readonly messages: readonly { role: string; content: string }[];
}): string {
  const last = messages.at(-1);
  return last?.role === 'tool' ? last.content : '';
}

test('H3 agents of a run share a memory: each sees what the others wrote, and who wrote it', async () => {
  const model = scriptedModel({
    scribe: [remember('open', null), { content: 'noted' }],
    hermit: [recall(), remember('closed', 1), { content: 'changed' }],
    reader: (request, index) => (index === 0 ? recall() : { content: lastResult(request) }),
  });
  await withDesk({ model, workflows }, async (desk) => {
    const run = await desk.start('shares', 'go');
    const result = (await run.result()) as { said: string[]; status: Json; all: Json };
    expect(JSON.parse(result.said[2] ?? '')).toMatchObject({
      reference: 'case/status@2',
      value: { state: 'closed' },
      by: 'hermit',
      step: expect.stringMatching(/^hermit-0\/remember_case-/),
    });
    expect(result.status).toMatchObject({
      found: true,
      version: 2,
      by: 'hermit',
      value: { state: 'closed' },
    });
    expect(result.all).toMatchObject({ keys: [{ key: 'status', version: 2, by: 'hermit' }] });
    // The hermit's own are in its own timeline.
    expect(await memoryEvents(run)).toEqual([
      'scribe: remember_case, done: case/status@1: state: open',
      'reader: recall_case, done: case/status@2: state: closed',
      'shares: recall_case, done: case/status@2: state: closed',
      'shares: list_case, done: case/status@2',
    ]);
  });
});

test('H3 a write with an outdated version: a model reads the current value and decides again, code gets it as data', async () => {
  const told: string[] = [];
  const model = scriptedModel({
    scribe: (request, index) => {
      if (index === 0) return remember('mine', null);
      told.push(lastResult(request));
      const now = /pass (\d+) as expectedVersion/.exec(told.at(-1) ?? '')?.[1];
      return now === undefined ? { content: 'written' } : remember('mine too', Number(now));
    },
  });
  await withDesk({ model, workflows }, async (desk) => {
    const run = await desk.start('collides', 'go');
    expect(await run.result()).toMatchObject({
      said: 'written',
      late: { outcome: 'conflict', current: { version: 2, by: 'scribe', value: { state: 'mine too' } } },
    });
    expect(told[0]).toBe(
      'Not written: case/status is at version 1, written by collides, and you expected none. ' +
        'Decide again with what it holds, and pass 1 as expectedVersion. It holds: {"state":"open"}',
    );
    expect(await memoryEvents(run)).toEqual([
      'collides: remember_case, done: case/status@1: state: open',
      expect.stringMatching(/^scribe: remember_case, failed: Not written: case\/status is at version 1/),
      'scribe: remember_case, done: case/status@2: state: mine too',
      expect.stringMatching(/^collides: remember_case, done: Not written: case\/status is at version 2/),
    ]);
  });
});

test('H3 one of several agents that write the same version at once succeeds, and the others see that theirs was not written', async () => {
  const model = scriptedModel({
    scribe: (request) => {
      const told = lastResult(request);
      if (told === '') return remember(JSON.stringify(request.input), null);
      return { content: told.startsWith('Not written') ? 'lost' : 'won' };
    },
  });
  await withDesk({ model, workflows }, async (desk) => {
    const run = await desk.start('together', ['a', 'b', 'c', 'd', 'e']);
    expect(((await run.result()) as string[]).toSorted()).toEqual(['lost', 'lost', 'lost', 'lost', 'won']);
  });
});

test('H3 D1 a write whose answer was lost is not made again when its activity is', async () => {
  const model = scriptedModel({ scribe: [remember('open', null), { content: 'noted' }] });
  await withDesk({ model, workflows }, async (desk) => {
    // The store takes the write, and not the result: as if the worker had died between the two.
    const file = new Database(join(desk.folder, 'store.db'), { timeout: 10_000 });
    file.exec('create table mended (yes integer)');
    file.exec(
      `create trigger lose before insert on records when new.key like 'tool:%' and not exists (select * from mended)
       begin select raise(abort, 'lost'); end`,
    );
    const run = await desk.start('together', ['a']);
    const versions = () => file.prepare('select version, agent from memory').all();
    await until(async () => {
      const { raw } = await run.describe();
      return raw.pendingActivities?.some(({ attempt }) => (attempt ?? 0) > 1);
    });
    expect(versions()).toMatchObject([{ version: 1, agent: 'scribe' }]);
    file.exec('insert into mended values (1)');
    expect(await run.result()).toEqual(['noted']);
    expect(versions()).toMatchObject([{ version: 1, agent: 'scribe' }]);
    expect(await memoryEvents(run)).toEqual(['scribe: remember_case, done: case/status@1: state: open']);
    file.close();
  });
});

/** Something that one agent waits for and another brings about. */
function gate(): { readonly open: () => void; readonly opened: Promise<void> } {
  let open = (): void => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
}

const handOff = (to: string): ScriptedStep => ({
  toolCalls: [handoffCall(to, { question: 'How does it stand?' })],
});

async function acceptedItems(run: WorkflowHandle): Promise<string[]> {
  return (await timeline(run)).flatMap((event) =>
    event.kind === 'accepted'
      ? [`${event.by}: ${event.items.filter((item) => item.includes('/')).join()}`]
      : [],
  );
}

test('H3 a receiver reads the version it was handed while its sender has written a newer one, and sees that there is one', async () => {
  const [handedOff, wroteOn] = [gate(), gate()];
  const model = scriptedModel({
    scribe: async (request) => {
      const told = lastResult(request);
      if (request.input === 'hand off') return told === '' ? remember('open', null) : handOff('reader');
      if (told !== '') {
        wroteOn.open();
        return { content: 'written on' };
      }
      await handedOff.opened;
      return remember('closed', 1);
    },
    reader: async (request, index) => {
      if (index === 0) {
        handedOff.open();
        await wroteOn.opened;
        return recall();
      }
      if (index === 1) return recall({ version: 'newest' });
      return { content: lastResult(request) };
    },
  });
  await withDesk({ model, workflows }, async (desk) => {
    const run = await desk.start('handsOff', ['hand off', 'write on']);
    await run.result();
    const [first, second, third] = model.calls.filter(({ agent }) => agent === 'reader');
    expect(first?.request.handoff?.items).toContain('case/status@1');
    expect(JSON.stringify(first?.request.messages)).toContain('case/status@1');
    expect(JSON.parse(lastResult(second?.request ?? { messages: [] }))).toMatchObject({
      reference: 'case/status@1',
      value: { state: 'open' },
      newest: 2,
      note: 'Version 2 is newer, written by scribe. Ask for version "newest" to read it.',
    });
    expect(JSON.parse(lastResult(third?.request ?? { messages: [] }))).toMatchObject({
      reference: 'case/status@2',
      value: { state: 'closed' },
    });
    expect(await acceptedItems(run)).toEqual(['reader: case/status@1']);
  });
});

test("H3 H8 a receiver's writes travel on in their version, also through a child workflow", async () => {
  const model = scriptedModel({
    scribe: [remember('open', null), handOff('hermit')],
    hermit: [recall(), remember('closed', 1), recall(), handOff('reader')],
    reader: (request, index) => (index === 0 ? recall() : { content: lastResult(request) }),
  });
  await withDesk({ model, workflows }, async (desk) => {
    const run = await desk.start('handsOff', ['go']);
    const [said] = (await run.result()) as [string];
    expect(JSON.parse(said)).toMatchObject({ reference: 'case/status@2', by: 'hermit', newest: 2 });
    // The hermit was handed the first version; since it wrote the second, it reads that.
    const again = model.calls.filter(({ agent }) => agent === 'hermit')[3];
    expect(JSON.parse(lastResult(again?.request ?? { messages: [] }))).toMatchObject({
      reference: 'case/status@2',
    });
    expect(await acceptedItems(run)).toEqual(['hermit: case/status@1', 'reader: case/status@2']);
  });
});

test('H3 H8 a receiver that names a better receiver passes on the handed items, and the new receiver must name them too', async () => {
  const model = scriptedModel({
    scribe: [remember('open', null), handOff('reader')],
    reader: [{ toolCalls: [{ name: 'misrouted_handoff', args: { to: 'hermit', reason: 'It is theirs.' } }] }],
    hermit: (request, index) => (index === 0 ? recall() : { content: lastResult(request) }),
  });
  await withDesk({ model, workflows }, async (desk) => {
    const run = await desk.start('handsOff', ['go']);
    const [said] = (await run.result()) as [string];
    expect(JSON.parse(said)).toMatchObject({ reference: 'case/status@1', by: 'scribe' });
    expect(await acceptedItems(run)).toEqual(['hermit: case/status@1']);
  });
});

test('H3 T3 an agent that retries a task after a failure reads the handed items, and sees that there is a newer version', async () => {
  const model = scriptedModel({
    scribe: [remember('open', null), handOff('reader')],
    reader: (_request, index) => (index === 0 ? remember('half done', 1) : { content: '' }),
    hermit: (request, index) => (index === 0 ? recall() : { content: lastResult(request) }),
  });
  await withDesk({ model, workflows }, async (desk) => {
    const run = await desk.start('handsOff', ['go']);
    const [said] = (await run.result()) as [string];
    expect(JSON.parse(said)).toMatchObject({
      reference: 'case/status@1',
      note: 'Version 2 is newer, written by reader. Ask for version "newest" to read it.',
    });
  });
});
