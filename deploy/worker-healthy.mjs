/**
 * The health of a worker in a container: 0 when the worker of this host polls the task queue that is named, 1 when not.
 *
 *   node worker-healthy.mjs QUEUE [activity]
 *
 * A worker listens on no port. The server knows who polls: a poll is renewed each minute, by `pid@host`.
 */
import { hostname } from 'node:os';
import { Client, Connection } from '@temporalio/client';

const POLLED_WITHIN_S = 75;
const [WORKFLOW_TASKS, ACTIVITY_TASKS] = [1, 2];

const [queue, type = 'workflow'] = process.argv.slice(2);
const connection = await Connection.connect({
  address: process.env['TEMPORAL_ADDRESS'] ?? '127.0.0.1:7233',
  connectTimeout: 5_000,
});
const { options, workflowService } = new Client({
  connection,
  namespace: process.env['TEMPORAL_NAMESPACE'] ?? 'default',
});
const { pollers } = await workflowService.describeTaskQueue({
  namespace: options.namespace,
  taskQueue: { name: queue },
  taskQueueType: type === 'activity' ? ACTIVITY_TASKS : WORKFLOW_TASKS,
});
await connection.close();
const since = Date.now() / 1000 - POLLED_WITHIN_S;
const healthy = pollers.some(
  ({ identity, lastAccessTime }) =>
    identity.endsWith(`@${hostname()}`) && Number(lastAccessTime?.seconds ?? 0) >= since,
);
console.log(healthy ? `polls ${queue}` : `does not poll ${queue}`);
process.exitCode = healthy ? 0 : 1;
