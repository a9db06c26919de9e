import { describe, expect, it } from 'vitest';
import { KEY, modelOf } from '../../../test/fixtures/provider-model.js';
import { openaiModel } from './openai-model.js';

const signal = () => new AbortController().signal;
const answer = (...vectors: readonly (readonly [index: number, embedding: number[]])[]) => ({
  status: 200,
  body: {
    object: 'list',
    model: 'e-1-2026',
    data: vectors.map(([index, embedding]) => ({ object: 'embedding', index, embedding })),
  },
});

describe('embeddings', () => {
  it('embed: one request for all texts, and the vectors come in the order of the texts', async () => {
    const { model, provider } = await modelOf([answer([1, [0, 1]], [0, [1, 0]])], { embeddingModel: 'e-1' });
    expect(await model.embed?.(['a', 'b'], { signal: signal() })).toEqual({
      vectors: [
        [1, 0],
        [0, 1],
      ],
      model: 'e-1-2026',
    });
    expect(provider.requests).toMatchObject([
      {
        path: '/v1/embeddings',
        body: { model: 'e-1', input: ['a', 'b'], encoding_format: 'float' },
        headers: { authorization: `Bearer ${KEY}` },
      },
    ]);
  });

  it.each([
    ['a vector is missing', answer([0, [1]]), 'MODEL_UNAVAILABLE', true],
    ['the body is something else', { status: 200, body: { ok: true } }, 'MODEL_UNAVAILABLE', true],
    ['the rate limit is reached', { status: 429, body: {} }, 'MODEL_RATE_LIMITED', true],
    ['the model is unknown', { status: 404, body: {} }, 'MODEL_NOT_FOUND', true],
  ] as const)('embed: fails by the rules of every call when %s', async (_when, step, code, retryable) => {
    const { model, provider } = await modelOf([step], { embeddingModel: 'e-1' });
    await expect(model.embed?.(['a', 'b'], { signal: signal() })).rejects.toMatchObject({ code, retryable });
    expect(provider.requests).toHaveLength(1);
  });

  it('embed: available when an embedding model is named, or when the provider is OpenAI', () => {
    const base = { model: 'm', baseURL: 'http://127.0.0.1:1/v1' };
    expect(openaiModel({ ...base, env: {} }).embed).toBeUndefined();
    expect(openaiModel({ ...base, env: { BATON_EMBEDDING_MODEL: 'e' } }).embed).toBeDefined();
    expect(openaiModel({ model: 'm', apiKey: KEY, env: {} }).embed).toBeDefined();
  });
});
