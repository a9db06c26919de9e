/** Baton's worker, as `baton worker` starts it, in its own process. */
import { fileURLToPath } from 'node:url';
import { NativeConnection } from '@temporalio/worker';
import { createWorker, loadConfig, quietRuntime } from '@batonhq/baton/worker';
import { serve } from '../../command/serve.js';
import { stubModel } from './model.js';

await serve(async ({ address, taskQueue, store }) => {
  const logger = quietRuntime('ERROR');
  const model = stubModel();
  const config = await loadConfig(fileURLToPath(new URL('workflows.js', import.meta.url)));
  const worker = await createWorker(
    { ...config, models: { default: model }, store, taskQueue },
    { connection: await NativeConnection.connect({ address }), logger },
  );
  return { worker, modelCalls: model.calls };
});
