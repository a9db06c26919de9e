/** The worker of the bare side, in its own process. */
import { fileURLToPath } from 'node:url';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { serve } from '../../command/serve.js';
import * as activities from './activities.js';

await serve(async ({ address, taskQueue }) => {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  const worker = await Worker.create({
    connection: await NativeConnection.connect({ address }),
    taskQueue,
    workflowsPath: fileURLToPath(new URL('workflows.js', import.meta.url)),
    activities,
  });
  return { worker, modelCalls: () => 0 };
});
