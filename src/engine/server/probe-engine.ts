/** Checks whether a Temporal server is ready for work. */
import { connect } from 'node:net';
import { Connection } from '@temporalio/client';

export type Probe =
  { readonly ok: true; readonly serverVersion: string } | { readonly ok: false; readonly why: string };

/**
 * Connects to ADDRESS (`host:port`) without TLS, asks for the server's version and describes the namespace.
 * Never throws: if the server does not answer in time, `why` has the reason.
 */
export async function probeEngine(address: string, namespace: string, timeoutMs: number): Promise<Probe> {
  // A refused gRPC channel waits and retries automatically. A socket fails at once when nothing listens.
  const answer = await knock(address, timeoutMs);
  if (answer === 'silent') return { ok: false, why: `no answer from ${address} in ${timeoutMs / 1000} s` };
  if (answer !== 'open') return { ok: false, why: answer.message || `nobody listens at ${address}` };
  try {
    const connection = await connectFresh(address, timeoutMs);
    try {
      return await connection.withDeadline(Date.now() + timeoutMs, async () => {
        const { serverVersion } = await connection.workflowService.getSystemInfo({});
        await connection.workflowService.describeNamespace({ namespace });
        return { ok: true, serverVersion };
      });
    } finally {
      await connection.close();
    }
  } catch (error) {
    return { ok: false, why: error instanceof Error ? error.message : String(error) };
  }
}

/** A connection with a separate channel: a shared gRPC channel would keep the back-off of an earlier failure. */
export function connectFresh(address: string, timeoutMs: number): Promise<Connection> {
  return Connection.connect({
    address,
    connectTimeout: timeoutMs,
    channelArgs: { 'grpc.use_local_subchannel_pool': 1 },
  });
}

/** Whether a server listens at ADDRESS: `silent` after the timeout, or the error of the refusal. */
export function knock(address: string, timeoutMs: number): Promise<'open' | 'silent' | Error> {
  const colon = address.lastIndexOf(':');
  const host = address.slice(0, colon).replace(/[[\]]/g, '');
  return new Promise((resolve) => {
    const socket = connect({ host, port: Number(address.slice(colon + 1)), timeout: timeoutMs });
    const settle = (answer: 'open' | 'silent' | Error): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => settle('open'));
    socket.once('timeout', () => settle('silent'));
    socket.once('error', settle);
  });
}
