/** The thread that runs one program; `thread-messages.ts` defines its messages. */
import { parentPort, workerData } from 'node:worker_threads';
import { execute } from './sandbox.js';
import type { ThreadMessage, ThreadTask } from './thread-messages.js';

const port = parentPort;
if (port === null) throw new Error('program-thread.ts runs as a worker thread only.');
const send = (message: ThreadMessage): void => port.postMessage(message);
send({ type: 'started' });
send({ type: 'ended', outcome: await execute(workerData as ThreadTask) });
