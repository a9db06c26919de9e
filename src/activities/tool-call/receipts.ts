/** Prevents an approval from being spent twice: the worker's own receipts, and the signatures that it has spent. */
import { activityInfo, log } from '@temporalio/activity';
import { digest } from '../../contracts/data/canonical-json.js';
import { buildRepeatPath, readRepeat } from '../../contracts/data/step-path.js';
import { BatonError } from '../../contracts/errors.js';
import type { CallToolInput, CallToolResult } from '../../contracts/wire/tool-call.js';
import type { EffectIntent, KnownEffect, Store } from '../../store/store.js';
import type { Registry } from '../registry/registry.js';

/** The signatures that approved an action, and which action they are for. */
export function listSpent({ step, proof }: CallToolInput): NonNullable<EffectIntent['spends']> {
  const signatures = [...(proof?.decisions ?? []), ...(proof?.again ?? [])].map((jws) => digest(jws));
  return { action: readRepeat(step).path, signatures };
}

/** A repeat is only for an action with an unknown outcome. An action with a receipt has a known outcome. */
export async function findEarlierReceipt(
  receipts: Store,
  root: string,
  step: string,
  intent: EffectIntent,
): Promise<Extract<KnownEffect, { state: 'done' }> | undefined> {
  const { path, attempt } = readRepeat(step);
  for (let before = 0; before < attempt; before += 1) {
    const known = await receipts.effect(root, buildRepeatPath(path, before), intent);
    if (known?.state === 'done') return known;
  }
  return undefined;
}

export function createSpentError({ tool, step, root }: CallToolInput, at: string): CallToolResult {
  const message = `A signature for ${tool} (${step}) was spent on another action at ${at}. Decide again.`;
  const { workflowId = '' } = activityInfo().workflowExecution ?? {};
  log.warn(`${tool} was not carried out: ${message}`, { workflowId, root, step, tool, why: 'spent' });
  return { kind: 'unproven', why: 'spent', message };
}

/**
 * Two workers of a permission with separate receipts must share the same ones. Otherwise one would start an action again
 * that the other has started. The first worker that acts records which receipts they are.
 *
 * @throws {BatonError} `STORE_MISMATCH`, which is retried: another worker may have the right ones.
 */
export async function assertReceiptsHome({ store, receipts }: Registry, permission = ''): Promise<void> {
  if (receipts === store) return;
  const first = await store.keep('', `receipts:${permission}`, receipts.identity);
  if (first === receipts.identity) return;
  throw new BatonError(
    'STORE_MISMATCH',
    `The receipts of ${permission || 'this queue'} are in the store ${first}; this worker has them in ${receipts.identity} (${receipts.file}) and did not touch the step. It is retried until a worker with the right one takes it. Correct "receipts" of this worker's configuration, or stop the worker.`,
    { receipts: first, worker: receipts.identity, file: receipts.file },
  );
}
