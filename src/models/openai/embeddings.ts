/** Embeddings from the same provider: one request, one vector for each text. */
import type OpenAI from 'openai';
import { z } from 'zod';
import type { Embeddings, Model } from '../model/model.js';
import { createUselessAnswerError } from './failure.js';
import { sendWithTimeout } from './send-timed.js';
import type { OpenAISettings } from './settings.js';

const Answer = z.object({
  model: z.string().optional(),
  data: z.array(z.object({ index: z.number().int(), embedding: z.array(z.number()) })),
});

export function embed(client: OpenAI, settings: OpenAISettings, model: string): NonNullable<Model['embed']> {
  return async (texts, { signal }): Promise<Embeddings> => {
    const body = await sendWithTimeout(settings, signal, (options) =>
      client.embeddings.create({ model, input: [...texts], encoding_format: 'float' }, options).asResponse(),
    );
    const answer = Answer.safeParse(body).data;
    const vectors = texts.map((_text, index) => answer?.data.find((each) => each.index === index)?.embedding);
    if (!answer || vectors.includes(undefined)) {
      throw createUselessAnswerError(settings, `with fewer than ${texts.length} embeddings.`);
    }
    if (new Set(vectors.map((vector) => vector?.length)).size > 1) {
      throw createUselessAnswerError(settings, 'with embeddings of different lengths.');
    }
    return { vectors: vectors.map((vector) => vector ?? []), model: answer.model ?? model };
  };
}
