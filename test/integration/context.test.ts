/** The context of a receiver when a task changes hands, on a real server: sent, refused, and reported afterwards. */
import { fileURLToPath } from 'node:url';
import type { WorkflowHandle } from '@temporalio/client';
import { describe, expect, test } from 'vitest';
import { handoffCall, type ContextManifest, type HandoffSaid } from '@batonhq/baton';
import { implement, type Model } from '@batonhq/baton/worker';
import { scriptedModel, type ScriptedCall, type ScriptedStep } from '@batonhq/baton/testing';
import { findHandoff } from '../../dist/src/client/story/handoff-story.js';
import { readStory } from '../../dist/src/client/story/story.js';
import { timeline, view, withDesk, type Desk } from '../fixtures/harness.js';
import { published } from '../fixtures/published.js';
import { look } from '../fixtures/context-workflows.js';

const workflows = fileURLToPath(new URL('../fixtures/context-workflows.ts', import.meta.url));

/** Text that only the clerk needs: no other agent may read it when the contract shares no conversation. */
const CANARY = 'CANARY-7f3a';
const CASE = { order: 4711, note: 'the lid is broken' };

const tools = [implement(look, ({ what }) => `${what}: ${CANARY}, ${'long ago it was said. '.repeat(40)}`)];

const looks = (what: string): ScriptedStep => ({ toolCalls: [{ name: 'look', args: { what } }] });
const hands = (to: string, payload: object = CASE, said: HandoffSaid = {}): ScriptedStep => ({
  toolCalls: [handoffCall(to, { ...CASE, ...payload }, said)],
});
const settles: ScriptedStep[] = [{ content: 'settled' }, { content: 'settled' }];

type ServedBy = Desk & { readonly serve: (workflow: string) => Promise<WorkflowHandle> };

interface Models {
  readonly model: Model;
  /** Of the agent `small`. */
  readonly small?: Model;
}

async function withOffice<T>(
  { model, small = model }: Models,
  body: (desk: ServedBy) => Promise<T>,
): Promise<T> {
  return withDesk({ model, models: { small }, workflows, tools }, (desk) =>
    body({
      ...desk,
      serve: async (workflow) => {
        const run = await desk.start(workflow, 'The lid of order 4711 is broken.');
        await run.result();
        return run;
      },
    }),
  );
}

/** Everything that an agent's model was shown, in its first request. */
function shown(calls: readonly ScriptedCall[], agent: string): string {
  const request = calls.find((call) => call.agent === agent)?.request;
  return request?.messages.map(({ content }) => content).join('\n') ?? 'was not asked';
}

async function manifests(run: WorkflowHandle): Promise<ContextManifest[]> {
  return (await timeline(run)).flatMap((event) => (event.kind === 'context' ? [event.manifest] : []));
}

function fates(manifest: ContextManifest | undefined): string[] {
  return (manifest?.parts ?? []).map(({ part, fate }) => `${part} ${fate}`);
}

describe('a contract’s context', () => {
  test('H9 by default a receiver gets what its job needs, and not what only its sender needed', async () => {
    const model = scriptedModel({
      clerk: [looks('a'), hands('bare', {}, { summary: { needToKnow: ['the customer is deaf'] } })],
      bare: [hands('whole', { note: 'send a new lid' })],
      whole: settles,
    });
    await withOffice({ model }, async ({ serve }) => {
      const run = await serve('serves');
      for (const agent of ['bare', 'whole']) {
        const text = shown(model.calls, agent);
        expect(text).not.toContain(CANARY);
        expect(text).not.toContain('The lid of order');
        expect(text).toContain('the customer is deaf');
      }
      expect(shown(model.calls, 'clerk')).toContain('The lid of order');
      const [, bare, whole] = await manifests(run);
      expect(fates(bare)).toContain('history: 3 messages withheld');
      expect(fates(whole)).toContain('need to know: 1 kept');
    });
  });

  test('H9 a contract that withholds what was settled earlier keeps it from its receiver alone, and the manifest says how much', async () => {
    const model = scriptedModel({
      clerk: [hands('bare', {}, { summary: { needToKnow: ['the customer is deaf'], open: ['the street'] } })],
      bare: [hands('sealed', {}, { summary: { done: ['called the shop'] } })],
      sealed: [hands('whole', {}, { summary: { answered: [{ question: 'the street', answer: 'Elm' }] } })],
      whole: settles,
    });
    await withOffice({ model }, async ({ serve }) => {
      const run = await serve('serves');
      expect(shown(model.calls, 'sealed')).not.toMatch(/deaf|street/);
      expect(shown(model.calls, 'sealed')).toContain('called the shop');
      const whole = shown(model.calls, 'whole');
      for (const part of ['deaf', 'called the shop', '"the street": "Elm"']) expect(whole).toContain(part);
      expect(whole).not.toContain('Open points');
      const [, , sealed, last] = await manifests(run);
      expect(fates(sealed)).toContain('settled earlier: 2 withheld');
      expect(fates(last).join()).not.toContain('settled earlier');
    });
  });

  test('H9 an agent that replaces a receiver to whom code handed off a task sees the settled facts', async () => {
    const misrouted = {
      toolCalls: [{ name: 'misrouted_handoff', args: { to: 'narrow', reason: 'Not mine.' } }],
    };
    const script = { clerk: [{ content: 'sorted' }], bare: settles, whole: [misrouted], narrow: settles };
    const model = scriptedModel(script);
    await withOffice({ model }, async ({ serve }) => {
      await serve('passesOn');
      expect(shown(model.calls, 'whole')).toContain('the customer is deaf');
      expect(shown(model.calls, 'narrow')).toContain('the customer is deaf');
    });
  });

  test('H1 all: the receiver reads who said what, as material, before its task', async () => {
    const model = scriptedModel({ clerk: [looks('a'), hands('whole')], whole: settles });
    await withOffice({ model }, async ({ serve }) => {
      const run = await serve('serves');
      const { messages = [] } = model.calls.at(-1)?.request ?? {};
      expect(messages.map(({ role }) => role)).toEqual(['user', 'user']);
      expect(messages[0]?.content).toMatch(
        /no instructions[^]+\[task\] The lid of order 4711 is broken\.\n\[clerk calls look\] {"what":"a"}\n\[look answers\] a: CANARY-7f3a/,
      );
      expect(messages[1]?.content).toContain(JSON.stringify(CASE));
      expect(fates((await manifests(run)).at(-1))).toContain('history: 3 messages kept');
    });
  });

  test('H1 last-n: the receiver reads the newest alone, a call never without its answer', async () => {
    const model = scriptedModel({ clerk: [looks('a'), looks('b'), hands('newest')], newest: settles });
    await withOffice({ model }, async ({ serve }) => {
      await serve('serves');
      const text = shown(model.calls, 'newest');
      expect(text).toContain('[clerk calls look] {"what":"b"}\n[look answers] b:');
      expect(text).not.toContain('"what":"a"');
    });
  });

  test('H1 drop: what is oldest goes first, counted in tokens, and what was handed off stays', async () => {
    const model = scriptedModel({ clerk: [looks('a'), looks('b'), hands('narrow')], narrow: settles });
    await withOffice({ model }, async ({ serve }) => {
      const run = await serve('serves');
      const manifest = (await manifests(run)).at(-1);
      expect(manifest).toMatchObject({ maxTokens: 450, countedBy: 'o200k_base' });
      expect(manifest?.tokens).toBeLessThanOrEqual(450);
      expect(shown(model.calls, 'narrow')).toContain('[clerk calls look] {"what":"b"}');
      expect(shown(model.calls, 'narrow')).not.toContain('"what":"a"');
      expect(shown(model.calls, 'narrow')).toContain(JSON.stringify(CASE));
      expect(fates(manifest).slice(-2)).toEqual(['history: 2 messages kept', 'history: 3 messages dropped']);
    });
  });

  test('H1 summarize: a conversation is summarized once for all its receivers', async () => {
    const model = scriptedModel({
      clerk: [looks('a'), looks('b'), looks('c'), { content: 'It is broken.' }],
      '@summary': [{ content: 'Order 4711 has a broken lid.', usage: { inputTokens: 700, outputTokens: 9 } }],
      brief: settles,
      second: settles,
    });
    await withOffice({ model }, async ({ serve }) => {
      const run = await serve('shows');
      expect(model.calls.map(({ agent }) => agent).slice(-3)).toEqual(['@summary', 'brief', 'second']);
      for (const agent of ['brief', 'second']) {
        expect(shown(model.calls, agent)).toContain('Order 4711 has a broken lid.');
        expect(shown(model.calls, agent)).not.toContain(CANARY);
      }
      for (const manifest of (await manifests(run)).slice(1))
        expect(fates(manifest)).toContain('history: 8 messages summarized');
      const activities = ((await run.fetchHistory()).events ?? []).flatMap(
        (event) => event.activityTaskScheduledEventAttributes?.activityType?.name ?? [],
      );
      expect(activities.filter((name) => name === 'summarizeContext')).toHaveLength(1);
      // The cost of the summary counts for the run.
      expect((await view(run)).counts).toMatchObject({ modelCalls: 7 });
    });
  });

  test('H1 the model’s window bounds a context that no contract does', async () => {
    const model = scriptedModel({ clerk: [looks('a'), looks('b'), hands('small')] });
    const own = scriptedModel({ '@summary': () => ({ content: 'Looked twice.' }), small: settles });
    const small: Model = { ...own, contextTokens: 1_100 };
    await withOffice({ model, small }, async ({ serve }) => {
      const manifest = (await manifests(await serve('serves'))).at(-1);
      expect(manifest?.maxTokens).toBeLessThan(1_100 * 0.75);
      expect(manifest?.tokens).toBeLessThanOrEqual(manifest?.maxTokens ?? 0);
      expect(fates(manifest).join()).toMatch(/summarized/);
    });
  });

  test('H1 a pinned item that does not fit is refused before the receiver is asked, and its sender continues with the reason', async () => {
    const model = scriptedModel({
      clerk: [hands('tight', { note: 'word '.repeat(300) }), hands('tight'), { content: 'unused' }],
      tight: settles,
    });
    await withOffice({ model }, async ({ serve }) => {
      const run = await serve('serves');
      expect(model.calls.map(({ agent }) => agent)).toEqual(['clerk', 'clerk', 'tight']);
      expect(model.calls[1]?.request.messages.at(-1)).toMatchObject({
        role: 'tool',
        ok: false,
        content: expect.stringMatching(
          /^Not handed off to tight: .* has \d+ tokens, and 150 fit \(payload\.\w+ \d+/,
        ),
      });
      const events = await timeline(run);
      expect(events).toContainEqual(
        expect.objectContaining({ kind: 'declined', by: 'tight', code: 'CONTEXT_TOO_LARGE' }),
      );
      expect(events).toContainEqual(expect.objectContaining({ kind: 'sent-back', to: 'clerk' }));
    });
  });

  test('H9 a run reports a handoff with its manifest, and so does its history when no worker is left', async () => {
    const model = scriptedModel({ clerk: [looks('a'), hands('remote')], remote: settles });
    let run: WorkflowHandle | undefined;
    const [fromWorker, client] = await withOffice({ model }, async ({ serve, client }) => {
      run = await serve('serves');
      const told = findHandoff(await readStory(client, run.workflowId), 2);
      return [published('handoff', told), client] as const;
    });
    expect(fromWorker).toMatchObject({
      number: 2,
      of: 2,
      kind: 'handoff',
      from: 'clerk',
      to: 'remote',
      state: 'accepted',
      contract: 'clerk-to-remote@1',
      acceptance: { items: [expect.stringMatching(/^order@/), expect.stringMatching(/^note@/)] },
    });
    expect(fates(fromWorker.context)).toContain('history: 3 messages kept');
    const story = await readStory(client, run?.workflowId ?? '');
    expect(story.source).toBe('history');
    expect(findHandoff(story, 2)).toEqual(fromWorker);
    expect(() => findHandoff(story, 3)).toThrow(/which has 2: give a number from 1 to 2/);
  });
});
