/** Asks a Temporal server whether it is ready for work. */
import { connect } from 'node:net';
import { Connection } from '@temporalio/client';

export type Probe =
  { readonly ok: true; readonly serverVersion: string } | { readonly ok: false; readonly why: string };

/**
 * Connects without TLS to ADDRESS (`host:port`), asks for the server's version and describes the namespace. Never
 * throws: what did not answer within the time is in `why`.
 */
export async function probeEngine(address: string, namespace: string, timeoutMs: number): Promise<Probe> {
  // A refused gRPC channel waits and tries again by itself; a socket says at once that nobody listens.
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

/** A connection whose channel shares nothing with others: gRPC would hand on the back-off of an earlier failure. */
export function connectFresh(address: string, timeoutMs: number): Promise<Connection> {
  return Connection.connect({
    address,
    connectTimeout: timeoutMs,
    channelArgs: { 'grpc.use_local_subchannel_pool': 1 },
  });
}

/** Whether somebody listens at ADDRESS: `silent` where nothing came of it in time, or why it was refused. */
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
