/** Whether this worker may take a step of a run: it needs the store of the run's start, and a provider if there was one. */
import { BatonError } from '../../contracts/errors.js';
import type { RunHome } from '../../contracts/wire/run-home.js';
import type { Registry } from '../registry/registry.js';

/** The activity `readHome`: what the steps of a run that starts here need. */
export function createReadHome({ store, models }: Pick<Registry, 'store' | 'models'>) {
  return (): Promise<RunHome> =>
    Promise.resolve({
      store: store.identity,
      ...(hasProvider(models) ? { provider: true as const } : {}),
    });
}

/**
 * Checked before anything is read or started.
 *
 * @throws {BatonError} `STORE_MISMATCH` or `PROVIDER_MISSING`, which are retried: another worker may have the right ones.
 */
export function assertHome(
  { store, models }: Pick<Registry, 'store' | 'models'>,
  { root, home }: { readonly root?: string; readonly home?: RunHome | undefined },
  asksModel: boolean,
): void {
  if (home === undefined) return;
  if (root !== undefined && home.store !== store.identity)
    throw new BatonError(
      'STORE_MISMATCH',
      `The run belongs to store ${home.store}; this worker has store ${store.identity} (${store.file}) and did not touch the step. It is retried until a worker with the right store takes it. Correct "store" of this worker's configuration, or stop the worker.`,
      { run: home.store, worker: store.identity, file: store.file },
    );
  if (asksModel && home.provider && !hasProvider(models))
    throw new BatonError(
      'PROVIDER_MISSING',
      'The run began with a provider; this worker has offline models only and did not touch the step. It is retried until a worker with a provider takes it. Set OPENAI_API_KEY (or OPENAI_BASE_URL) and BATON_MODEL for this worker, or stop it.',
    );
}

function hasProvider(models: Registry['models']): boolean {
  return [...models.values()].some(({ offline }) => !offline);
}
