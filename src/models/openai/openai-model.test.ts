import { describe, expect, it } from 'vitest';
import { ask, KEY, modelOf, provide, REQUEST, sentBody } from '../../../test/fixtures/provider-model.js';
import { openaiModel } from './openai-model.js';

const signal = () => new AbortController().signal;

describe('an answer', () => {
  it('answer: text, usage and model come from the provider when it sends all three', async () => {
    const { model, provider } = await modelOf([{ content: 'Hello', model: 'm-1-0613' }]);
    expect(await model.generate(REQUEST, { signal: signal() })).toEqual({
      content: 'Hello',
      toolCalls: [],
      finish: 'stop',
      usage: { inputTokens: 11, outputTokens: 7 },
      model: 'm-1-0613',
    });
    expect(sentBody()).toEqual({
      model: 'm-1',
      messages: [
        { role: 'system', content: 'You write.' },
        { role: 'user', content: 'Write.' },
      ],
    });
    expect(provider.requests[0]?.headers.authorization).toBe(`Bearer ${KEY}`);
  });

  it('answer: usage is a quarter of the characters when the provider counts none', async () => {
    const request = {
      system: '',
      messages: [{ role: 'user', content: 'x'.repeat(39), source: 'task' }],
    } as const;
    // 39 characters and the line break after the empty system prompt.
    expect((await ask({ content: 'y'.repeat(9), usage: null }, request)).usage).toEqual({
      inputTokens: 10,
      outputTokens: 3,
    });
  });

  it.each([
    ['stop', { content: 'a' }, 'stop'],
    ['length', { content: 'a', finishReason: 'length' }, 'length'],
    ['content_filter', { content: '', finishReason: 'content_filter' }, 'content-filter'],
    ['tool_calls', { toolCalls: [{ name: 't', arguments: {} }] }, 'tools'],
    ['stop with tool calls', { finishReason: 'stop', toolCalls: [{ name: 't', arguments: {} }] }, 'tools'],
    ['an unknown reason', { content: 'a', finishReason: 'eos' }, 'stop'],
    ['a refusal', { refusal: 'I will not.' }, 'refusal'],
  ] as const)('finish: %s is mapped', async (_name, step, finish) => {
    expect((await ask(step)).finish).toBe(finish);
  });

  it('answer: the refusal’s words are the content when the model refuses', async () => {
    expect((await ask({ refusal: 'I will not.' })).content).toBe('I will not.');
  });

  it('answer: parts of text are joined when a server sends content as parts', async () => {
    expect(
      (
        await ask({
          content: [
            { type: 'text', text: 'a' },
            { type: 'text', text: 'b' },
          ],
        })
      ).content,
    ).toBe('ab');
  });

  it('tools: parallel calls are all kept, in order, and malformed arguments as text', async () => {
    const answer = await ask({
      toolCalls: [
        { id: 'a', name: 'search', arguments: { query: 'x' } },
        { id: 'b', name: 'search', arguments: '{"query": ' },
        { id: 'b', name: 'now', arguments: '' },
        { id: '', name: 'now', arguments: 'null' },
      ],
    });
    expect(answer.toolCalls).toEqual([
      { id: 'a', name: 'search', args: { query: 'x' } },
      { id: 'b', name: 'search', args: null, malformed: '{"query": ' },
      { id: 'call-2', name: 'now', args: {} },
      { id: 'call-3', name: 'now', args: null },
    ]);
    expect(answer.finish).toBe('tools');
  });

  it('tools: an id made from the position is never the id of another call', async () => {
    const now = { name: 'now', arguments: '' };
    const { toolCalls } = await ask({
      toolCalls: [
        { ...now, id: '' },
        { ...now, id: 'call-2' },
        { ...now, id: '' },
        { ...now, id: 'call-0' },
      ],
    });
    expect(toolCalls.map(({ id }) => id)).toEqual(['call-1', 'call-2', 'call-3', 'call-0']);
  });

  it.each([
    ['null', 'null'],
    ['empty', '""'],
    ['longer than a name', JSON.stringify('m'.repeat(201))],
    ['a number', '7'],
  ])(
    'answer: the model is the one that was asked for when the provider’s name for it is %s',
    async (_what, name) => {
      const content = '[{"type":"thinking","text":null},{"type":"text","text":"ok"}]';
      const body = `{"model":${name},"choices":[{"message":{"content":${content}}}]}`;
      expect(await ask({ status: 200, body })).toMatchObject({ model: 'm-1', content: 'ok' });
    },
  );

  it.each([
    ['below zero', { prompt_tokens: -1, completion_tokens: 7 }],
    ['a fraction', { prompt_tokens: 11, completion_tokens: 0.5 }],
  ])('answer: usage is estimated when the provider counts %s', async (_what, usage) => {
    expect((await ask({ content: 'y'.repeat(9), usage })).usage.outputTokens).toBe(3);
  });
});

describe('an answer that nests thousands deep', () => {
  const deep = '['.repeat(100_000) + ']'.repeat(100_000);
  const body = (message: string) =>
    `{"choices":[{"finish_reason":"stop","message":{"role":"assistant",${message}}}]}`;

  it.each([
    ['text', JSON.stringify(deep)],
    ['JSON', deep],
  ])('tools: arguments are not kept, and the reason is, when they come as %s', async (_how, written) => {
    const answer = await ask({
      status: 200,
      body: body(`"tool_calls":[{"id":"a","function":{"name":"search","arguments":${written}}}]`),
    });
    const malformed = '(it nests deeper than 200 levels)';
    expect(answer.toolCalls).toEqual([{ id: 'a', name: 'search', args: null, malformed }]);
  });

  it('output: the text is kept as it is', async () => {
    const output = { name: 'o', schema: { type: 'array' } };
    const written = `{"value":${deep}}`;
    const answer = await ask({ status: 200, body: body(`"content":${JSON.stringify(written)}`) }, { output });
    expect(answer.content).toBe(written);
  });

  it('answer: MODEL_UNAVAILABLE when the body is of no use', async () => {
    for (const useless of [deep, body(`"content":${deep}`)]) {
      const failing = ask({ status: 200, body: useless });
      await expect(failing).rejects.toMatchObject({ code: 'MODEL_UNAVAILABLE' });
    }
  });
});

describe('a request', () => {
  it('messages: every role is sent in the words of chat completions when a conversation has all', async () => {
    await ask(
      { content: 'ok' },
      {
        messages: [
          { role: 'user', content: 'Task', source: 'task' },
          { role: 'assistant', agent: 'triage', content: 'Over to you.' },
          {
            role: 'assistant',
            agent: 'writer',
            content: '',
            toolCalls: [
              { id: 'a', name: 'search', args: { query: 'x' } },
              { id: 'b', name: 'search', args: null, malformed: '{"q' },
            ],
          },
          { role: 'tool', callId: 'a', name: 'search', content: '[1]', ok: true },
          { role: 'tool', callId: 'b', name: 'search', content: 'no JSON', ok: false },
          { role: 'user', content: 'Repair', source: 'repair' },
        ],
      },
    );
    expect(sentBody()['messages']).toEqual([
      { role: 'system', content: 'You write.' },
      { role: 'user', content: 'Task' },
      { role: 'assistant', content: 'Over to you.', name: 'triage' },
      {
        role: 'assistant',
        content: null,
        tool_calls: [
          { id: 'a', type: 'function', function: { name: 'search', arguments: '{"query":"x"}' } },
          {
            id: 'b',
            type: 'function',
            function: { name: 'search', arguments: '{"malformed_arguments":"{\\"q"}' },
          },
        ],
      },
      { role: 'tool', tool_call_id: 'a', content: '[1]' },
      { role: 'tool', tool_call_id: 'b', content: 'Error: no JSON' },
      { role: 'user', content: 'Repair' },
    ]);
  });

  it('tools: a name that no provider takes is sent back as one that it does', async () => {
    const toolCalls = [
      { id: 'a', name: `look up "${'x'.repeat(80)}"`, args: {} },
      { id: 'b', name: '', args: {} },
    ];
    await ask(
      { content: 'ok' },
      {
        messages: [
          { role: 'assistant', agent: 'writer', content: '', toolCalls },
          ...toolCalls.map(({ id, name }) => ({
            role: 'tool' as const,
            callId: id,
            name,
            content: '',
            ok: false,
          })),
        ],
      },
    );
    const [, sent] = sentBody()['messages'] as { tool_calls: { function: { name: string } }[] }[];
    expect(sent?.tool_calls.map(({ function: { name } }) => name)).toEqual([
      `look_up__${'x'.repeat(55)}`,
      'unnamed',
    ]);
  });

  it('tools: name, description and parameters are sent when the agent has tools', async () => {
    const parameters = { type: 'object', properties: { query: { type: 'string' } }, required: ['query'] };
    await ask({ content: 'ok' }, { tools: [{ name: 'search', description: 'Finds.', parameters }] });
    expect(sentBody()['tools']).toEqual([
      { type: 'function', function: { name: 'search', description: 'Finds.', parameters } },
    ]);
  });

  it('output: the schema is sent strict when it is closed, and the answer’s text comes back', async () => {
    const schema = {
      type: 'object',
      properties: { a: { type: 'string' } },
      required: ['a'],
      additionalProperties: false,
    };
    const answer = await ask(
      { content: '{"a":"b"}' },
      { output: { name: 'my output', schema: { $schema: 'x', ...schema } } },
    );
    expect(sentBody()['response_format']).toEqual({
      type: 'json_schema',
      json_schema: { name: 'my_output', schema, strict: true },
    });
    expect(answer.content).toBe('{"a":"b"}');
  });

  it('output: a list travels inside an object when the schema’s top is not an object', async () => {
    const answer = await ask(
      { content: '{"value":["x"]}' },
      { output: { name: 'list', schema: { type: 'array', items: { type: 'string' } } } },
    );
    expect(sentBody()['response_format']).toMatchObject({
      json_schema: { schema: { type: 'object', required: ['value'] }, strict: true },
    });
    expect(answer.content).toBe('["x"]');
  });

  it('temperature: it is sent only when it is set', async () => {
    const { model } = await modelOf([{ content: 'a' }], { temperature: 0 });
    await model.generate(REQUEST, { signal: signal() });
    expect(sentBody()['temperature']).toBe(0);
  });
});

describe('settings', () => {
  it('settings: variables name the provider, and a server without a key gets a placeholder', async () => {
    const provider = await provide([{ content: 'a' }]);
    const env = { OPENAI_BASE_URL: ` ${provider.baseURL} `, OPENAI_API_KEY: '', BATON_MODEL: 'local' };
    const model = openaiModel({ env });
    await model.generate(REQUEST, { signal: signal() });
    expect(model).toMatchObject({ name: 'local', offline: false });
    expect(provider.requests[0]?.headers.authorization).toBe('Bearer no-key');
    expect(sentBody()['model']).toBe('local');
  });

  it('settings: the model tells its window from the option, else from the variable, else not at all', () => {
    const env = { OPENAI_API_KEY: KEY, BATON_MODEL: 'm' };
    expect(openaiModel({ env })).not.toHaveProperty('contextTokens');
    const variable = { ...env, BATON_CONTEXT_TOKENS: '8192' };
    expect(openaiModel({ env: variable }).contextTokens).toBe(8192);
    expect(openaiModel({ env: variable, contextTokens: 4096 }).contextTokens).toBe(4096);
  });

  it.each([
    ['neither key nor base URL', {}, /set OPENAI_API_KEY, or OPENAI_BASE_URL/],
    ['no model name', { apiKey: KEY }, /set BATON_MODEL/],
    ['a base URL that is none', { baseURL: 'localhost:1', model: 'm' }, /OPENAI_BASE_URL is not/],
    [
      'a password in the base URL',
      { baseURL: 'http://u:pw@h/v1', model: 'm' },
      /OPENAI_BASE_URL for h holds/,
    ],
    ['a key of two lines', { apiKey: 'a\nb', model: 'm' }, /OPENAI_API_KEY holds/],
    ['no time at all', { apiKey: KEY, model: 'm', timeoutMs: 0 }, /timeoutMs is 0/],
    ['more time than a step has', { apiKey: KEY, model: 'm', timeoutMs: 600_000 }, /from 1 to 540000/],
    ['half a token of context', { apiKey: KEY, model: 'm', contextTokens: 0.5 }, /contextTokens.* is 0\.5/],
  ] as const)(
    'settings: MODEL_NOT_CONFIGURED at construction when there is %s',
    (_name, options, message) => {
      expect(() => openaiModel({ env: {}, ...options })).toThrow(message);
      expect(() => openaiModel({ env: {}, ...options })).toThrow(
        expect.objectContaining({ code: 'MODEL_NOT_CONFIGURED' }),
      );
    },
  );
});
