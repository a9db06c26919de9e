/** The model that the environment selects: a provider if it names one, else the offline algorithms. */
import { defined } from '../contracts/data/defined.js';
import type { Model } from './model/model.js';
import { offlineModel, type OfflineAnswer } from './offline/index.js';
import { openaiModel } from './openai/openai-model.js';
import { hasProvider } from './openai/settings.js';

/** Options of {@link modelFromEnvironment}. */
export interface EnvironmentModelOptions {
  /** Algorithms by agent, used when the environment names no provider. */
  readonly offline?: Readonly<Record<string, OfflineAnswer>>;
  /** The provider's name of the model. Default: `BATON_MODEL`. */
  readonly model?: string;
  /** The source of variables. Default: `process.env`. */
  readonly env?: NodeJS.ProcessEnv;
}

/**
 * Makes the provider's model when `OPENAI_API_KEY` or `OPENAI_BASE_URL` is set, else the offline model. A
 * worker refuses to start with the offline model unless `BATON_OFFLINE` is `1`; `baton dev`, `baton demo` and
 * tests accept it.
 *
 * @throws {BatonError} `MODEL_NOT_CONFIGURED` when a provider is set without a model name.
 */
export function modelFromEnvironment(options: EnvironmentModelOptions = {}): Model {
  const { env = process.env, model, offline } = options;
  if (hasProvider(env)) return openaiModel({ env, ...defined({ model }) });
  const algorithms = offlineModel(offline === undefined ? {} : { agents: offline });
  return env['BATON_OFFLINE'] === '1' ? algorithms : { ...algorithms, isFallback: true };
}
