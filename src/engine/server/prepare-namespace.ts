/** Makes the embedded engine's namespace fit for Baton. */
import { msToTs, optionalTsToMs } from '@temporalio/common/lib/time.js';
import { connectFresh } from './probe-engine.js';
import { ensureSearchAttributes } from './search-attributes.js';

/** The dev server forgets a closed run after a day, and with it the page that a link of yesterday shows. */
const RETENTION_MS = 30 * 86_400_000;

/** The namespace has the search attributes and keeps closed runs for at least 30 days. May be repeated. */
export async function prepareNamespace(address: string, namespace: string): Promise<void> {
  const connection = await connectFresh(address, 10_000);
  try {
    await ensureSearchAttributes(connection, namespace);
    const { config } = await connection.workflowService.describeNamespace({ namespace });
    if ((optionalTsToMs(config?.workflowExecutionRetentionTtl) ?? 0) >= RETENTION_MS) return;
    await connection.workflowService.updateNamespace({
      namespace,
      config: { workflowExecutionRetentionTtl: msToTs(RETENTION_MS) },
    });
  } finally {
    await connection.close();
  }
}
