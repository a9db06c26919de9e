import { describe, expect, it } from 'vitest';
import { ask, KEY, modelOf, REQUEST, requestCount } from '../../../test/fixtures/provider-model.js';
import { ModelError } from '../model/model.js';
import { readRetryAfterMs } from './failure.js';

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

describe('a wait that the provider asks for', () => {
  const now = Date.parse('Fri, 02 Jan 2026 12:00:00 GMT');

  it.each([
    ['none', {}, undefined],
    ['seconds', { 'retry-after': '7' }, 7_000],
    ['a fraction of a second', { 'retry-after': ' 1.5 ' }, 1_500],
    ['milliseconds first', { 'retry-after-ms': '250', 'retry-after': '7' }, 250],
    ['less than a millisecond', { 'retry-after-ms': '0.2' }, 1],
    ['unreadable milliseconds', { 'retry-after-ms': 'soon', 'retry-after': '7' }, 7_000],
    ['an hour', { 'retry-after': '3600' }, 300_000],
    ['a date', { 'retry-after': 'Fri, 02 Jan 2026 12:00:07 GMT' }, 7_000],
    ['a date of the oldest form', { 'retry-after': 'Fri Jan  2 12:00:07 2026 GMT' }, 7_000],
    ['a date far ahead', { 'retry-after': 'Fri, 01 Jan 2100 00:00:00 GMT' }, 300_000],
    ['a date gone by', { 'retry-after': 'Thu, 01 Jan 2026 00:00:00 GMT' }, undefined],
    ['no wait', { 'retry-after': '0' }, undefined],
    ['no wait in milliseconds', { 'retry-after-ms': '0', 'retry-after': '7' }, undefined],
    ['less than none', { 'retry-after': '-5' }, undefined],
    ['a word', { 'retry-after': 'later' }, undefined],
    ['a word and a number, in which a date can be seen', { 'retry-after': 'in 90' }, undefined],
    ['a date that is none', { 'retry-after': 'Friday' }, undefined],
  ] as const)('retry-after: %s', (_form, headers, expected) => {
    expect(readRetryAfterMs(new Headers(headers), now)).toBe(expected);
  });
});

// test/integration/provider-faults.test.ts shows how a run handles each fault; these tests show only the model's side.
describe('a fault of the provider', () => {
  it.each([
    ['402', { status: 402 }, 'MODEL_QUOTA_EXHAUSTED', true],
    ['504', { status: 504 }, 'MODEL_UNAVAILABLE', true],
    ['529', { status: 529 }, 'MODEL_UNAVAILABLE', true],
  ] as const)('failure: %s has its declared rule and is asked once', async (_name, step, code, retryable) => {
    const thrown = await failure(ask(step));
    expect(thrown).toMatchObject({ code, retryable });
    expect(thrown.message).toContain('Model m-1 at 127.0.0.1:');
    expect(requestCount()).toBe(1);
  });

  it('failure: no wait is asked for when the provider forbids to try again', async () => {
    const headers = { 'x-should-retry': 'false', 'retry-after': '2' };
    const thrown = await failure(ask({ status: 429, headers }));
    expect(thrown).toMatchObject({ retryable: false });
    expect(thrown.retryAfterMs).toBeUndefined();
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

  it('failure: the message has the reason when the provider wraps its error in a list', async () => {
    const body = [{ error: { code: 400, message: 'API key not valid.', status: 'INVALID_ARGUMENT' } }];
    expect((await failure(ask({ status: 400, body }))).message).toContain('answered 400: API key not valid.');
    expect((await failure(ask({ status: 400, body: [] }))).message).toContain('answered 400');
  });

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
