import { describe, expect, it } from 'vitest';
import { modelFromEnvironment } from './from-environment.js';

describe('modelFromEnvironment', () => {
  it.each([
    [{ OPENAI_API_KEY: 'k', BATON_MODEL: 'm' }, 'm', false],
    [{ OPENAI_BASE_URL: 'http://127.0.0.1:1/v1', BATON_MODEL: 'm' }, 'm', false],
    [{ BATON_MODEL: 'm' }, 'offline', true],
    [{ OPENAI_API_KEY: ' ', OPENAI_BASE_URL: '' }, 'offline', true],
  ])('environment: %o gives the model %s', (env, name, offline) => {
    expect(modelFromEnvironment({ env })).toMatchObject({ name, offline });
  });

  it('environment: offline models are a fallback unless they are asked for', () => {
    expect(modelFromEnvironment({ env: {} }).isFallback).toBe(true);
    expect(modelFromEnvironment({ env: { BATON_OFFLINE: '1' } }).isFallback).toBeUndefined();
    expect(
      modelFromEnvironment({ env: { OPENAI_API_KEY: 'k', BATON_MODEL: 'm' } }).isFallback,
    ).toBeUndefined();
  });

  it('environment: the named model wins over the variable, and a provider without any is an error', () => {
    expect(modelFromEnvironment({ env: { OPENAI_API_KEY: 'k', BATON_MODEL: 'm' }, model: 'own' }).name).toBe(
      'own',
    );
    expect(() => modelFromEnvironment({ env: { OPENAI_API_KEY: 'k' } })).toThrow(/set BATON_MODEL/);
  });

  it('offline: the agents’ algorithms answer when no provider is named', async () => {
    const model = modelFromEnvironment({ env: {}, offline: { a: () => ({ content: 'own' }) } });
    const request = { agent: 'a', system: '', messages: [], tools: [], input: null };
    expect((await model.generate(request, { signal: new AbortController().signal })).content).toBe('own');
  });
});
