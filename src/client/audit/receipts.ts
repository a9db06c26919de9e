/** Compares the receipts in the store with the actions in the histories of a run. */
import type { AuditMismatch } from '../../schemas/documents/audit.js';
import { digest } from '../../contracts/data/canonical-json.js';
import type { Json } from '../../contracts/data/json.js';

/** An effect of the run in the store. */
export interface StoredReceipt {
  readonly step: string;
  readonly tool: string;
  readonly argsDigest: string;
  readonly done: boolean;
}

/** An action in the histories. */
export interface ToldAction {
  readonly where: string;
  readonly step: string;
  readonly tool: string;
  readonly args: Json;
  /** Whether the history shows it as completed and irreversible: then it left a receipt. */
  readonly leftReceipt: boolean;
}

export function findReceiptMismatches(
  actions: readonly ToldAction[],
  receipts: readonly StoredReceipt[],
): AuditMismatch[] {
  const at = new Map(receipts.map((receipt) => [receipt.step, receipt]));
  const told = new Set(actions.map(({ step, tool }) => `${step} ${tool}`));
  return [
    ...actions.flatMap((action) => findMismatch(action, at.get(action.step)) ?? []),
    ...receipts
      .filter(({ step, tool }) => !told.has(`${step} ${tool}`))
      .map(({ step, tool }) => ({
        where: `${step} ${tool}`,
        why: 'untold-effect',
        message: `The store says that ${tool} began at ${step}; no history tells of it.`,
      })),
  ];
}

function findMismatch(
  { where, tool, args, leftReceipt }: ToldAction,
  receipt: StoredReceipt | undefined,
): AuditMismatch | undefined {
  if (!leftReceipt) return undefined;
  if (receipt?.done !== true) {
    return {
      where,
      why: 'no-receipt',
      message: 'The history says that it was done; the store has no receipt.',
    };
  }
  if (receipt.tool === tool && receipt.argsDigest === digest(args)) return undefined;
  const message = 'The receipt in the store is of another action than the history tells of.';
  return { where, why: 'other-receipt', message };
}
