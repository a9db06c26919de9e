/** The activity `scoreDestinations`: how similar a text is to the purpose of each destination. */
import { describeNearest } from '../contracts/data/nearest.js';
import { cancellationSignal } from '@temporalio/activity';
import type { ScoreDestinationsInput, ScoreDestinationsResult } from '../contracts/wire/activities.js';
import { createNoModelError } from '../contracts/errors.js';
import { computeCosine, computeWordCosines } from '../models/offline/bm25.js';
import { withWindow } from './runtime/failures.js';
import { assertHome } from './runtime/home.js';
import { withHeartbeat } from './runtime/heartbeat.js';
import type { Registry } from './registry/registry.js';

export function createScoreDestinations(registry: Registry) {
  return (input: ScoreDestinationsInput): Promise<ScoreDestinationsResult> =>
    // A failed router makes no decision, so the fallback that is declared after it decides.
    withWindow({ retryForMs: registry.retryForMs, fallback: true }, () =>
      withHeartbeat(input.path, () => score(registry, input)),
    );
}

async function score(registry: Registry, input: ScoreDestinationsInput): Promise<ScoreDestinationsResult> {
  assertHome(registry, { home: input.home }, true);
  const { text, destinations } = input;
  const model = registry.models.get(input.model);
  if (!model) {
    throw createNoModelError(
      `A router names the model "${input.model}", which the configuration lacks. It has: ${[...registry.models.keys()].join(', ')}.${describeNearest(input.model, [...registry.models.keys()])}`,
      { model: input.model },
    );
  }
  const texts = destinations.map((destination) => destination.text);
  if (model.embed === undefined) {
    const method = model.offline
      ? 'cosine of weighted words: offline, no provider was asked'
      : `cosine of weighted words: ${model.name} gives no embeddings`;
    return { scores: describeDestination(destinations, computeWordCosines(text, texts)), method };
  }
  const { vectors, model: by } = await model.embed([text, ...texts], { signal: cancellationSignal() });
  const [wanted = [], ...others] = vectors;
  return {
    scores: describeDestination(
      destinations,
      others.map((vector) => computeCosine(wanted, vector)),
    ),
    method: `cosine of ${by}`,
  };
}

function describeDestination(
  destinations: ScoreDestinationsInput['destinations'],
  scores: readonly number[],
): Record<string, number> {
  const round = (score: number): number => Math.round(score * 10_000) / 10_000;
  return Object.fromEntries(destinations.map(({ name }, index) => [name, round(scores[index] ?? 0)]));
}
