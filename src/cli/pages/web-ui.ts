/** Links into the Temporal Web UI. */
import type { RunRef } from '../../client/runs/runs.js';
import type { Server } from '../session/session.js';

/** The page of a run, where the Web UI is known. */
export function runPage({ uiUrl, namespace }: Server, { workflowId, runId }: RunRef): string | undefined {
  if (uiUrl === undefined) return undefined;
  return `${uiUrl}/namespaces/${encodeURIComponent(namespace)}/workflows/${encodeURIComponent(workflowId)}/${runId}`;
}
