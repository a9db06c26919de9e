/** The store's records about contexts: summaries by the head of their conversation. A manifest is part of its turn's record. */
import type { Store } from '../../store/store.js';
import type { Summary } from './summary.js';

/** A summary, and the step of the run that it was made for. Only that step paid for it. */
export interface KeptSummary extends Summary {
  readonly path: string;
}

export async function findSummary(
  store: Store,
  root: string,
  head: string,
  maxTokens: number,
): Promise<KeptSummary | undefined> {
  const kept = await store.record(root, buildSummaryKey(head, maxTokens));
  return kept === undefined ? undefined : (JSON.parse(kept) as KeptSummary);
}

/** Stores a summary; the first writer wins. */
export async function keepSummary(
  store: Store,
  root: string,
  of: { readonly head: string; readonly maxTokens: number },
  summary: KeptSummary,
): Promise<KeptSummary> {
  const kept = await store.keep(root, buildSummaryKey(of.head, of.maxTokens), JSON.stringify(summary));
  return JSON.parse(kept) as KeptSummary;
}

function buildSummaryKey(head: string, maxTokens: number): string {
  return `summary:${head}:${maxTokens}`;
}
