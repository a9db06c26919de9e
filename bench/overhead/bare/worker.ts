/** The bare side's worker, in a process of its own. */
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
