/** The model that a machine's variables ask for: a provider where one is named, the offline algorithms elsewhere. */
import { defined } from '../contracts/data/defined.js';
import type { Model } from './model/model.js';
import { offlineModel, type OfflineAnswer } from './offline/index.js';
import { openaiModel } from './openai/openai-model.js';
import { hasProvider } from './openai/settings.js';

/** What is asked when the environment names no provider, and where it is read. */
export interface EnvironmentModelOptions {
  /** Algorithms for the case that no provider is named, by agent. */
  readonly offline?: Readonly<Record<string, OfflineAnswer>>;
  /** The model's name at the provider; else `BATON_MODEL`. */
  readonly model?: string;
  /** Where variables are read; default `process.env`. */
  readonly env?: NodeJS.ProcessEnv;
}

/**
 * Makes the provider's model when `OPENAI_API_KEY` or `OPENAI_BASE_URL` is set, and the offline model otherwise. A
 * worker does not start with the latter unless `BATON_OFFLINE` is `1`; `baton dev`, `baton demo` and tests do.
 *
 * @throws {BatonError} `MODEL_NOT_CONFIGURED` when a provider is named but not its model.
 */
export function modelFromEnvironment(options: EnvironmentModelOptions = {}): Model {
  const { env = process.env, model, offline } = options;
  if (hasProvider(env)) return openaiModel({ env, ...defined({ model }) });
  const algorithms = offlineModel(offline === undefined ? {} : { agents: offline });
  return env['BATON_OFFLINE'] === '1' ? algorithms : { ...algorithms, isFallback: true };
}
