import { afterEach, describe, expect, it } from 'vitest';
import {
  startProvider,
  type Provider,
  type ProviderScript,
  type ProviderStep,
} from '../../test/fixtures/provider.js';
import type { ModelErrorCode, ModelRequest } from './model.js';
import { ModelError } from './model.js';
import { openaiModel, type OpenAIModelOptions } from './openai.js';

const KEY = 'sk-very-secret';
const REQUEST: ModelRequest = {
  agent: 'writer',
  system: 'You write.',
  messages: [{ role: 'user', content: 'Write.', source: 'task' }],
  tools: [],
  input: 'Write.',
};

let provider: Provider | undefined;
afterEach(async () => {
  await provider?.close();
  provider = undefined;
});

async function modelOf(script: ProviderScript, options: OpenAIModelOptions = {}) {
  provider = await startProvider(script);
  return openaiModel({ model: 'm-1', baseURL: provider.baseURL, apiKey: KEY, env: {}, ...options });
}

async function ask(step: ProviderStep, request: Partial<ModelRequest> = {}) {
  const model = await modelOf([step]);
  return model.generate({ ...REQUEST, ...request }, { signal: new AbortController().signal });
}

async function failure(answer: Promise<unknown>): Promise<ModelError> {
  const error: unknown = await answer.then(
    () => new Error('The call did not fail.'),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ModelError)) throw error;
  return error;
}

const sentBody = () => provider?.requests[0]?.body ?? {};
const error = (message: string) => ({ error: { message, type: 'x', code: null } });

describe('a fault of the provider', () => {
  type Row = [string, ProviderStep, ModelErrorCode, boolean, number | undefined];
  const rows: Row[] = [
    ['400', { status: 400, body: error('bad schema') }, 'MODEL_REQUEST_REJECTED', false, undefined],
    ['401', { status: 401, body: error('no') }, 'MODEL_UNAUTHORIZED', false, undefined],
    ['403', { status: 403 }, 'MODEL_UNAUTHORIZED', false, undefined],
    ['404', { status: 404, body: '<html>not here</html>' }, 'MODEL_REQUEST_REJECTED', false, undefined],
    ['408', { status: 408 }, 'MODEL_UNAVAILABLE', true, undefined],
    ['409', { status: 409 }, 'MODEL_UNAVAILABLE', true, undefined],
    ['422', { status: 422 }, 'MODEL_REQUEST_REJECTED', false, undefined],
    ['429', { status: 429 }, 'MODEL_RATE_LIMITED', true, undefined],
    ['500', { status: 500 }, 'MODEL_UNAVAILABLE', true, undefined],
    ['529', { status: 529 }, 'MODEL_UNAVAILABLE', true, undefined],
    ['429, seconds', { status: 429, headers: { 'retry-after': '7' } }, 'MODEL_RATE_LIMITED', true, 7_000],
    ['429, fraction', { status: 429, headers: { 'retry-after': '1.5' } }, 'MODEL_RATE_LIMITED', true, 1_500],
    ['429, milliseconds first', { status: 429, headers: { 'retry-after-ms': '250', 'retry-after': '7' } }, 'MODEL_RATE_LIMITED', true, 250],
    ['429, unreadable milliseconds', { status: 429, headers: { 'retry-after-ms': 'soon', 'retry-after': '7' } }, 'MODEL_RATE_LIMITED', true, 7_000],
    ['429, an hour', { status: 429, headers: { 'retry-after': '3600' } }, 'MODEL_RATE_LIMITED', true, 300_000],
    ['503, a date far ahead', { status: 503, headers: { 'retry-after': 'Fri, 01 Jan 2100 00:00:00 GMT' } }, 'MODEL_UNAVAILABLE', true, 300_000],
    ['503, a date gone by', { status: 503, headers: { 'retry-after': 'Thu, 01 Jan 2015 00:00:00 GMT' } }, 'MODEL_UNAVAILABLE', true, 0],
    ['503, nonsense', { status: 503, headers: { 'retry-after': 'later' } }, 'MODEL_UNAVAILABLE', true, undefined],
    ['400, told to retry', { status: 400, headers: { 'x-should-retry': 'true', 'retry-after': '2' } }, 'MODEL_REQUEST_REJECTED', true, 2_000],
    ['429, told not to', { status: 429, headers: { 'x-should-retry': 'false', 'retry-after': '2' } }, 'MODEL_RATE_LIMITED', false, undefined],
    ['500, told not to', { status: 500, headers: { 'x-should-retry': 'false' } }, 'MODEL_UNAVAILABLE', false, undefined],
    ['reset in the body', { fault: 'reset' }, 'MODEL_UNAVAILABLE', true, undefined],
    ['cut before headers', { fault: 'refuse' }, 'MODEL_UNAVAILABLE', true, undefined],
    ['broken JSON', { fault: 'broken-json' }, 'MODEL_UNAVAILABLE', true, undefined],
    ['an empty body', { status: 200 }, 'MODEL_UNAVAILABLE', true, undefined],
    ['HTML', { status: 200, headers: { 'content-type': 'text/html' }, body: '<html>sign in</html>' }, 'MODEL_UNAVAILABLE', true, undefined],
    ['no choices', { status: 200, body: { choices: [] } }, 'MODEL_UNAVAILABLE', true, undefined],
    ['an error with 200', { status: 200, body: error('upstream is down') }, 'MODEL_UNAVAILABLE', true, undefined],
  ]; // prettier-ignore

  it.each(rows)(
    'failure: %s has its declared rule and is asked once',
    async (_name, step, code, retryable, wait) => {
      const thrown = await failure(ask(step));
      expect({ code: thrown.code, retryable: thrown.retryable, wait: thrown.retryAfterMs }).toEqual({
        code,
        retryable,
        wait,
      });
      expect(thrown.message).toContain('Model m-1 at 127.0.0.1:');
      expect(provider?.requests).toHaveLength(1);
    },
  );

  it('failure: MODEL_UNAVAILABLE when nothing listens at the base URL', async () => {
    const model = await modelOf([]);
    await provider?.close();
    provider = undefined;
    const thrown = await failure(model.generate(REQUEST, { signal: new AbortController().signal }));
    expect(thrown).toMatchObject({ code: 'MODEL_UNAVAILABLE', retryable: true });
    expect(thrown.message).toMatch(/the connection failed \(ECONNREFUSED\)/);
  });

  it.each(['hang', 'drip'] as const)(
    'failure: MODEL_UNAVAILABLE when an answer that %ss outlasts the time limit',
    async (fault) => {
      const model = await modelOf([{ fault }], { timeoutMs: 60 });
      const thrown = await failure(model.generate(REQUEST, { signal: new AbortController().signal }));
      expect(thrown).toMatchObject({ code: 'MODEL_UNAVAILABLE', retryable: true });
      expect(thrown.message).toMatch(/did not answer within 0.06 s/);
      expect(await provider?.requests[0]?.completed).toBe(false);
    },
  );

  it('failure: the message says what the provider said, without the key, when the provider repeats it', async () => {
    const told = `Incorrect key ${KEY}, ${'x'.repeat(1000)}`;
    for (const step of [
      { status: 401, body: error(told) },
      { status: 200, body: error(told) },
    ]) {
      const thrown = await failure(ask(step));
      await provider?.close();
      expect(thrown.message).toContain('Incorrect key [key], xxx');
      expect(thrown.message.length).toBeLessThan(600);
      expect(`${thrown.message}${thrown.stack}${String(thrown.cause)}`).not.toContain(KEY);
    }
  });
});

describe('an abort', () => {
  it.each(['hang', 'drip'] as const)(
    'abort: an AbortError and a cut connection when the answer %ss',
    async (fault) => {
      const model = await modelOf([{ fault }]);
      const controller = new AbortController();
      const answer = model.generate(REQUEST, { signal: controller.signal });
      const outcome = expect(answer).rejects.toMatchObject({ name: 'AbortError', cause: 'stop' });
      await provider?.received(1);
      controller.abort('stop');
      await outcome;
      await expect(answer).rejects.not.toBeInstanceOf(ModelError);
      expect(await provider?.requests[0]?.completed).toBe(false);
    },
  );

  it('abort: nothing is sent when the signal is aborted before the call', async () => {
    const model = await modelOf([{ content: 'x' }]);
    await expect(model.generate(REQUEST, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      name: 'AbortError',
    });
    expect(provider?.requests).toHaveLength(0);
  });

  it('hang: the answer arrives whole when it is late but within the limit', async () => {
    const model = await modelOf([{ fault: 'drip', answer: { content: 'late' } }]);
    const answer = model.generate(REQUEST, { signal: new AbortController().signal });
    await provider?.received(1);
    provider?.release();
    expect(await answer).toMatchObject({ content: 'late' });
  });
});

describe('an answer', () => {
  it('answer: text, usage and model are the provider’s when all are given', async () => {
    expect(await ask({ content: 'Hello', model: 'm-1-0613' })).toEqual({
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
    expect(provider?.requests[0]?.headers.authorization).toBe(`Bearer ${KEY}`);
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
    ['stop beside tool calls', { finishReason: 'stop', toolCalls: [{ name: 't', arguments: {} }] }, 'tools'],
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
});

describe('a request', () => {
  it('messages: every role is sent in the words of chat completions when a conversation has all', async () => {
    await ask({ content: 'ok' }, {
      messages: [
        { role: 'user', content: 'Task', source: 'task' },
        { role: 'assistant', agent: 'triage', content: 'Over to you.' },
        {
          role: 'assistant', agent: 'writer', content: '',
          toolCalls: [
            { id: 'a', name: 'search', args: { query: 'x' } },
            { id: 'b', name: 'search', args: null, malformed: '{"q' },
          ],
        },
        { role: 'tool', callId: 'a', name: 'search', content: '[1]', ok: true },
        { role: 'tool', callId: 'b', name: 'search', content: 'no JSON', ok: false },
        { role: 'user', content: 'Repair', source: 'repair' },
      ],
    }); // prettier-ignore
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

  it('output: a list travels inside an object when a schema is no object at its top', async () => {
    const answer = await ask(
      { content: '{"value":["x"]}' },
      { output: { name: 'list', schema: { type: 'array', items: { type: 'string' } } } },
    );
    expect(sentBody()['response_format']).toMatchObject({
      json_schema: { schema: { type: 'object', required: ['value'] }, strict: true },
    });
    expect(answer.content).toBe('["x"]');
  });

  it('temperature: it is sent only when it is given', async () => {
    const model = await modelOf([{ content: 'a' }], { temperature: 0 });
    await model.generate(REQUEST, { signal: new AbortController().signal });
    expect(sentBody()['temperature']).toBe(0);
  });
});

describe('settings', () => {
  it('settings: variables name the provider and a server without a key is given a placeholder', async () => {
    provider = await startProvider([{ content: 'a' }]);
    const env = { OPENAI_BASE_URL: ` ${provider.baseURL} `, OPENAI_API_KEY: '', BATON_MODEL: 'local' };
    const model = openaiModel({ env });
    await model.generate(REQUEST, { signal: new AbortController().signal });
    expect(model).toMatchObject({ name: 'local', offline: false });
    expect(provider.requests[0]?.headers.authorization).toBe('Bearer no-key');
    expect(sentBody()['model']).toBe('local');
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
