/** Ports of the loopback interface. */
import { createServer } from 'node:net';

const LOOPBACK = '127.0.0.1';

/** Whether PORT can be listened on now. Another process may take it a moment later. */
export async function isFree(port: number): Promise<boolean> {
  return (await listenOnce(port)) !== undefined;
}

/** The first of PREFERRED that is free, else one that the system picks. */
export async function findFreePort(...preferred: readonly (number | undefined)[]): Promise<number> {
  for (const each of preferred) {
    if (each !== undefined && each > 0 && each < 65_536 && (await isFree(each))) return each;
  }
  const port = await listenOnce(0);
  if (port === undefined) throw new Error('no free port on the loopback interface');
  return port;
}

function listenOnce(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen(port, LOOPBACK, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : undefined));
    });
  });
}
