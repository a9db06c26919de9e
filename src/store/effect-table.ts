/** The intents and receipts of effects, and the signatures that were spent on them. */
import type { EffectIntent, EffectState, KnownEffect, StoredEffect } from './store.js';
import { findRow, listRows, readTextColumn, type Row, type Statements } from './statements.js';

type EffectStatements = Pick<
  Statements,
  'beginEffect' | 'effect' | 'effects' | 'abandonEffect' | 'spend' | 'spent' | 'freeSpent'
>;

/** If several callers begin an effect, only one gets `fresh`. Runs in a transaction. */
export function beginEffect(
  statements: EffectStatements,
  { root, effect, now }: { readonly root: string; readonly effect: string; readonly now: string },
  intent: EffectIntent,
): EffectState {
  const { action = effect, signatures = [] } = intent.spends ?? {};
  const spent = signatures.flatMap((signature): readonly Row[] => {
    const row = findRow(statements.spent, signature);
    return row === undefined ? [] : [row];
  });
  const other = spent.find((row) => row['root'] !== root || row['action'] !== action);
  if (other) return { state: 'spent', at: readTextColumn(other, 'at') };
  const known = findRow(statements.effect, root, effect);
  if (known) return toKnownEffect(known, intent);
  statements.beginEffect.run(root, effect, intent.tool, intent.argsDigest, now);
  for (const signature of signatures) statements.spend.run(signature, root, action, effect, now);
  // It began with this same signature, and its receipt was removed, so its outcome is unknown.
  const earlier = spent.find((row) => row['effect'] === effect);
  return earlier ? { state: 'begun', at: readTextColumn(earlier, 'at') } : { state: 'fresh' };
}

/** The action did not happen, so its signature may start it again. Runs in a transaction. */
export function deleteIntent(statements: EffectStatements, root: string, effect: string): void {
  const { changes } = statements.abandonEffect.run(root, effect);
  if (changes > 0) statements.freeSpent.run(root, effect);
}

export function toKnownEffect(row: Row, intent: EffectIntent): KnownEffect {
  const at = readTextColumn(row, 'begun_at');
  const same = row['tool'] === intent.tool && row['args_digest'] === intent.argsDigest;
  if (!same) return { state: 'other', at, done: row['receipt'] !== null };
  return row['receipt'] === null
    ? { state: 'begun', at }
    : { state: 'done', receipt: readTextColumn(row, 'receipt') };
}

export function listEffects(statements: EffectStatements, root: string): StoredEffect[] {
  return listRows(statements.effects, root).map((row) => ({
    step: readTextColumn(row, 'effect'),
    tool: readTextColumn(row, 'tool'),
    argsDigest: readTextColumn(row, 'args_digest'),
    done: row['receipt'] !== null,
  }));
}
