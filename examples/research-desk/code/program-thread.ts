/** The thread in which one program runs; its messages are those of `thread-messages.ts`. */
import { parentPort, workerData } from 'node:worker_threads';
import { execute } from './sandbox.js';
import type { ThreadMessage, ThreadTask } from './thread-messages.js';

const port = parentPort;
if (port === null) throw new Error('program-thread.ts runs as a worker thread only.');
const send = (message: ThreadMessage): void => port.postMessage(message);
send({ type: 'started' });
send({ type: 'ended', outcome: await execute(workerData as ThreadTask) });
