import { describe, expect, it } from 'vitest';
import type { Json } from '../../contracts/data/json.js';
import type { Message } from '../../contracts/handoff/messages.js';
import type { ModelRequest, ToolSpec } from '../model/model.js';
import { offlineModel, type OfflineModelOptions } from './model.js';

const ARTICLE = `# Timers

Temporal keeps timers in its own database. A timer survives the restart of every worker.
Bananas are yellow. The office closes at six. Someone should water the plants. Our logo is blue.
When a timer fires, the workflow is given a task and goes on where it slept.`;

function requestOf(input: Json, more: Partial<ModelRequest> = {}): ModelRequest {
  return { agent: 'researcher', system: '', messages: [], tools: [], input, ...more };
}

function ask(request: ModelRequest, options: OfflineModelOptions = {}) {
  return offlineModel(options).generate(request, { signal: new AbortController().signal });
}

const textOf = async (input: Json, more: Partial<ModelRequest> = {}) =>
  (await ask(requestOf(input, more))).content;

describe('offlineModel', () => {
  it('own algorithm: text, values and tool calls become answers when the agent has one', async () => {
    const agents = {
      a: () => ({ content: 'text' }),
      b: ({ input }: ModelRequest) => ({ output: { input } }),
      c: () => ({
        toolCalls: [
          { name: 't', args: 1 },
          { name: 't', args: 2 },
        ],
      }),
    };
    const usage = { inputTokens: expect.any(Number), outputTokens: 1 };
    expect(await ask(requestOf('x', { agent: 'a' }), { agents })).toEqual({
      content: 'text',
      toolCalls: [],
      finish: 'stop',
      usage,
      model: 'offline',
    });
    expect((await ask(requestOf('x', { agent: 'b' }), { agents })).content).toBe('{"input":"x"}');
    const before: Message = {
      role: 'assistant',
      agent: 'c',
      content: '',
      toolCalls: [{ id: 'call-1', name: 't', args: 0 }],
    };
    const calls = await ask(requestOf('x', { agent: 'c', messages: [before] }), { agents });
    expect(calls).toMatchObject({
      finish: 'tools',
      toolCalls: [
        { id: 'call-2', args: 1 },
        { id: 'call-3', args: 2 },
      ],
    });
    expect(offlineModel()).toMatchObject({ name: 'offline', offline: true });
  });

  it('own algorithm: an error without retry names the agent when the algorithm throws', async () => {
    const broken = () => {
      throw new TypeError('no plan');
    };
    await expect(ask(requestOf('x'), { agents: { researcher: broken } })).rejects.toMatchObject({
      code: 'MODEL_REQUEST_REJECTED',
      retryable: false,
      message: 'The offline algorithm of agent researcher failed: no plan',
    });
  });

  it('abort: an AbortError when the signal is aborted', async () => {
    await expect(
      offlineModel().generate(requestOf('x'), { signal: AbortSignal.abort() }),
    ).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('determinism: the same answer when the same request is asked twice', async () => {
    const request = requestOf({ question: 'What happens when a timer fires?', text: ARTICLE });
    expect(await ask(request)).toEqual(await ask(request));
  });
});

describe('a text answer', () => {
  it('question alone: the agent says that no model is configured and what was asked', async () => {
    expect(await textOf('Why is the sky blue?')).toBe(
      'researcher has no model configured. A model would answer here: “Why is the sky blue?”',
    );
    expect(await textOf(null)).toMatch(/^researcher has no model configured.*is empty\.$/);
  });

  it('little material: the next agent passes on the whole with the question when there is nothing to choose', async () => {
    const facts = await textOf('Why is the sky blue?');
    expect(await textOf({ question: 'Why is the sky blue?', facts }, { agent: 'writer' })).toBe(
      `writer has no model configured and passes on its input on “Why is the sky blue?”: ${facts}`,
    );
  });

  it.each([
    ['next to the question', { question: 'What happens when a timer fires?', text: ARTICLE }],
    ['in one text with the question', `${ARTICLE}\n\nWhat happens when a timer fires?`],
    ['in a list', { notes: [{ text: ARTICLE }], ask: 'What happens when a timer fires?' }],
  ])(
    'extract: the sentences that answer are chosen, in their order, when the material stands %s',
    async (_where, input) => {
      const answer = await textOf(input);
      expect(answer).toContain(
        'A timer survives the restart of every worker. When a timer fires, the workflow is given a task',
      );
      expect(answer).not.toMatch(/Bananas|plants|logo/);
      expect(answer).not.toContain('# Timers');
    },
  );

  it('extract: two questions give two answers when the material is the same', async () => {
    const ofBananas = await textOf({ question: 'Which colour have bananas?', text: ARTICLE });
    expect(ofBananas).toBe('Bananas are yellow.');
  });

  it('extract: the answer says so plainly when nothing in the material fits the question', async () => {
    expect(await textOf({ question: 'Who invented quaternions?', text: ARTICLE })).toBe(
      'researcher has no model, and nothing in its input answers the question on “Who invented quaternions?”.',
    );
  });

  it('messages: results of tools, other agents and people count when the input has only the task', async () => {
    const messages: Message[] = [
      { role: 'user', content: 'ignored rendering of the task', source: 'task' },
      { role: 'assistant', agent: 'researcher', content: 'A timer is my own earlier word.' },
      { role: 'assistant', agent: 'archivist', content: 'A timer can sleep for years.' },
      { role: 'tool', callId: '1', name: 't', content: JSON.stringify([{ text: ARTICLE }]), ok: true },
      { role: 'tool', callId: '2', name: 't', content: 'A timer tool that failed.', ok: false },
      { role: 'user', content: 'And who waters the plants?', source: 'person' },
    ];
    const answer = await textOf('How long can a timer sleep?', { messages });
    expect(answer).toContain('A timer can sleep for years.');
    expect(answer).toContain('Someone should water the plants.');
    expect(answer).not.toMatch(/earlier word|failed|ignored/);
  });
});

describe('tools of an agent without an algorithm', () => {
  const parameters = {
    type: 'object',
    properties: { query: { type: 'string' }, limit: { type: 'integer' } },
    required: ['query'],
  };
  const tool = (name: string, description: string, more: Partial<ToolSpec> = {}): ToolSpec => ({
    name,
    description,
    parameters,
    ...more,
  });

  it.each([
    tool('search_docs', 'Passages of the documents. Use it before you write anything.'),
    tool('docs', 'Searches the documentation.'),
    tool('lookUp', 'Words.'),
  ])('search: $name is called once with the question', async (search) => {
    const first = await ask(requestOf('How do timers work?', { tools: [tool('now', 'The time.'), search] }));
    expect(first.toolCalls).toEqual([
      { id: 'call-1', name: search.name, args: { query: 'How do timers work?' } },
    ]);
    const messages: Message[] = [
      { role: 'assistant', agent: 'researcher', content: '', toolCalls: first.toolCalls },
      { role: 'tool', callId: 'call-1', name: search.name, content: ARTICLE, ok: true },
    ];
    const second = await ask(requestOf('How do timers work?', { tools: [search], messages }));
    expect(second).toMatchObject({ toolCalls: [], finish: 'stop' });
    expect(second.content).toContain('timer');
  });

  it.each([
    tool('issue_refund', 'Finds the order and pays it back.'),
    tool('search_and_delete', 'Searches records.'),
    tool('weather', 'The weather of a city.'),
    tool('search', 'Searches.', { parameters: { ...parameters, required: ['query', 'limit'] } }),
    tool('search', 'Searches.', { parameters: { ...parameters, required: ['limit'] } }),
    tool('search', 'Searches.', { parameters: {} }),
  ])('search: $name is never called when it is not a plain search: $description', async (other) => {
    expect((await ask(requestOf('How do timers work?', { tools: [other] }))).toolCalls).toEqual([]);
  });
});
