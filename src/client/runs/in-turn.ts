/**
 * At most so many calls for one run under way at a time, from one client. A server takes ten updates that are in flight for
 * a run, and makes the others come again later: whoever sends many at once is served sooner one after the other.
 */
import type { Client } from '@temporalio/client';

const AT_ONCE = 4;

interface Line {
  under: number;
  readonly waiting: (() => void)[];
}

const lines = new WeakMap<Client, Map<string, Line>>();

/** Carries a call out when it is its turn; in the order in which they were given. */
export async function callInTurn<T>(client: Client, workflowId: string, call: () => Promise<T>): Promise<T> {
  const ofClient = lines.get(client) ?? new Map<string, Line>();
  lines.set(client, ofClient);
  const line = ofClient.get(workflowId) ?? { under: 0, waiting: [] };
  ofClient.set(workflowId, line);
  if (line.under >= AT_ONCE) await new Promise<void>((resolve) => line.waiting.push(resolve));
  else line.under += 1;
  try {
    return await call();
  } finally {
    const next = line.waiting.shift();
    // Whoever is next takes the place over.
    if (next) next();
    else line.under -= 1;
    if (line.under === 0) ofClient.delete(workflowId);
  }
}
