/** The worker of the conversation, as `baton worker` starts it, in its own process. */
import { fileURLToPath } from 'node:url';
import { NativeConnection } from '@temporalio/worker';
import { createWorker, implement, loadConfig, quietRuntime } from '@batonhq/baton/worker';
import { serve } from '../command/serve.js';
import { longModel } from './model.js';
import { TEXT } from './text.js';
import { lookUp } from './workflows.js';

await serve(async ({ address, taskQueue, store }) => {
  const logger = quietRuntime('ERROR');
  const model = longModel();
  const config = await loadConfig(fileURLToPath(new URL('workflows.js', import.meta.url)));
  const tools = [implement(lookUp, () => TEXT)];
  const worker = await createWorker(
    { ...config, tools, models: { default: model }, store, taskQueue },
    { connection: await NativeConnection.connect({ address }), logger },
  );
  return { worker, modelCalls: model.calls };
});
