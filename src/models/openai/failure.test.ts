import { describe, expect, it } from 'vitest';
import { ask, KEY, modelOf, REQUEST, requestCount } from '../../../test/fixtures/provider-model.js';
import type { ProviderStep } from '../../../test/fixtures/provider.js';
import { ModelError, type ModelErrorCode } from '../model.js';

const signal = () => new AbortController().signal;
const error = (message: string) => ({ error: { message, type: 'x', code: null } });

async function failure(answer: Promise<unknown>): Promise<ModelError> {
  const thrown: unknown = await answer.then(
    () => new Error('The call did not fail.'),
    (reason: unknown) => reason,
  );
  if (!(thrown instanceof ModelError)) throw thrown;
  return thrown;
}

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
    [
      '429, milliseconds first',
      { status: 429, headers: { 'retry-after-ms': '250', 'retry-after': '7' } },
      'MODEL_RATE_LIMITED',
      true,
      250,
    ],
    [
      '429, unreadable milliseconds',
      { status: 429, headers: { 'retry-after-ms': 'soon', 'retry-after': '7' } },
      'MODEL_RATE_LIMITED',
      true,
      7_000,
    ],
    [
      '429, an hour',
      { status: 429, headers: { 'retry-after': '3600' } },
      'MODEL_RATE_LIMITED',
      true,
      300_000,
    ],
    [
      '503, a date far ahead',
      { status: 503, headers: { 'retry-after': 'Fri, 01 Jan 2100 00:00:00 GMT' } },
      'MODEL_UNAVAILABLE',
      true,
      300_000,
    ],
    [
      '503, a date gone by',
      { status: 503, headers: { 'retry-after': 'Thu, 01 Jan 2015 00:00:00 GMT' } },
      'MODEL_UNAVAILABLE',
      true,
      0,
    ],
    [
      '503, nonsense',
      { status: 503, headers: { 'retry-after': 'later' } },
      'MODEL_UNAVAILABLE',
      true,
      undefined,
    ],
    [
      '400, told to retry',
      { status: 400, headers: { 'x-should-retry': 'true', 'retry-after': '2' } },
      'MODEL_REQUEST_REJECTED',
      true,
      2_000,
    ],
    [
      '429, told not to',
      { status: 429, headers: { 'x-should-retry': 'false', 'retry-after': '2' } },
      'MODEL_RATE_LIMITED',
      false,
      undefined,
    ],
    [
      '500, told not to',
      { status: 500, headers: { 'x-should-retry': 'false' } },
      'MODEL_UNAVAILABLE',
      false,
      undefined,
    ],
    ['reset in the body', { fault: 'reset' }, 'MODEL_UNAVAILABLE', true, undefined],
    ['cut before headers', { fault: 'refuse' }, 'MODEL_UNAVAILABLE', true, undefined],
    ['broken JSON', { fault: 'broken-json' }, 'MODEL_UNAVAILABLE', true, undefined],
    ['an empty body', { status: 200 }, 'MODEL_UNAVAILABLE', true, undefined],
    [
      'HTML',
      { status: 200, headers: { 'content-type': 'text/html' }, body: '<html>sign in</html>' },
      'MODEL_UNAVAILABLE',
      true,
      undefined,
    ],
    ['no choices', { status: 200, body: { choices: [] } }, 'MODEL_UNAVAILABLE', true, undefined],
    [
      'an error with 200',
      { status: 200, body: error('upstream is down') },
      'MODEL_UNAVAILABLE',
      true,
      undefined,
    ],
  ];

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
      expect(requestCount()).toBe(1);
    },
  );

  it('failure: MODEL_UNAVAILABLE when nothing listens at the base URL', async () => {
    const { model, provider } = await modelOf([]);
    await provider.close();
    const thrown = await failure(model.generate(REQUEST, { signal: signal() }));
    expect(thrown).toMatchObject({ code: 'MODEL_UNAVAILABLE', retryable: true });
    expect(thrown.message).toMatch(/the connection failed \(ECONNREFUSED\)/);
  });

  it.each(['hang', 'drip'] as const)(
    'failure: MODEL_UNAVAILABLE when an answer that %ss outlasts the time limit',
    async (fault) => {
      const { model, provider } = await modelOf([{ fault }], { timeoutMs: 60 });
      const thrown = await failure(model.generate(REQUEST, { signal: signal() }));
      expect(thrown).toMatchObject({ code: 'MODEL_UNAVAILABLE', retryable: true });
      expect(thrown.message).toMatch(/did not answer within 0.06 s/);
      expect(await provider.requests[0]?.completed).toBe(false);
    },
  );

  it('failure: the message says what the provider said, without the key, when the provider repeats it', async () => {
    const told = `Incorrect key ${KEY}, ${'x'.repeat(1000)}`;
    for (const step of [
      { status: 401, body: error(told) },
      { status: 200, body: error(told) },
    ]) {
      const thrown = await failure(ask(step));
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
      const { model, provider } = await modelOf([{ fault }]);
      const controller = new AbortController();
      const answer = model.generate(REQUEST, { signal: controller.signal });
      const outcome = expect(answer).rejects.toMatchObject({ name: 'AbortError', cause: 'stop' });
      await provider.received(1);
      controller.abort('stop');
      await outcome;
      await expect(answer).rejects.not.toBeInstanceOf(ModelError);
      expect(await provider.requests[0]?.completed).toBe(false);
    },
  );

  it('abort: nothing is sent when the signal is aborted before the call', async () => {
    const { model, provider } = await modelOf([{ content: 'x' }]);
    await expect(model.generate(REQUEST, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      name: 'AbortError',
    });
    expect(provider.requests).toHaveLength(0);
  });

  it('hang: the answer arrives whole when it is late but within the limit', async () => {
    const { model, provider } = await modelOf([{ fault: 'drip', answer: { content: 'late' } }]);
    const answer = model.generate(REQUEST, { signal: signal() });
    await provider.received(1);
    provider.release();
    expect(await answer).toMatchObject({ content: 'late' });
  });
});
