/**
 * A run's histories in a file, so that it can be audited after the server has forgotten it: each as Temporal writes
 * JSON, with its digest. Temporal's own `workflow show --output json` is read too.
 */
import { readFileSync } from 'node:fs';
import { historyFromJSON, historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import type { Client } from '@temporalio/client';
import { digest } from '../../contracts/data/canonical-json.js';
import { BatonError } from '../../contracts/errors.js';
import { runError } from '../runs/runs.js';
import { readEvidence, type Evidence, type History } from './evidence.js';

interface KeptHistory {
  readonly workflowId: string;
  /** SHA-256 over the canonical JSON of the history. */
  readonly digest: string;
  readonly history: unknown;
}

export interface HistoryExport {
  readonly v: 1;
  readonly run: string;
  readonly exportedAt: string;
  /** SHA-256 over the canonical JSON of the list of digests: what to keep elsewhere. */
  readonly digest: string;
  /** The run's own first, then those of its child agents. */
  readonly histories: readonly KeptHistory[];
}

/**
 * The histories of a run and of its child agents' workflows, as the server has them. Of one that continues another of its
 * id, the whole chain, oldest first, as far as the server remembers it.
 *
 * @throws {BatonError} `UNKNOWN_RUN`
 */
export async function fetchHistories(client: Client, workflowId: string): Promise<[string, History][]> {
  const found: [string, History][] = [];
  // A set is walked in the order in which it grows.
  const ids = new Set([workflowId]);
  for (const id of ids) {
    for (const history of await readChain(client, id)) {
      found.push([id, history]);
      for (const child of (await readEvidence(history, id)).children) ids.add(child);
    }
  }
  return found;
}

async function readChain(client: Client, workflowId: string): Promise<History[]> {
  const chain: History[] = [];
  let before: string | undefined;
  do {
    try {
      const history: History = await client.workflow.getHandle(workflowId, before).fetchHistory();
      chain.unshift(history);
      before = (await readEvidence(history, workflowId)).continues;
    } catch (error) {
      const known = runError(workflowId, error);
      const isForgotten = known instanceof BatonError && known.code === 'UNKNOWN_RUN';
      // The audit says that it is missing.
      if (chain.length === 0 || !isForgotten) throw known;
      before = undefined;
    }
  } while (before !== undefined);
  return chain;
}

export function createExport(run: string, histories: readonly (readonly [string, History])[]): HistoryExport {
  const kept = histories.map(([workflowId, history]) => {
    const json: unknown = JSON.parse(historyToJSON(history));
    return { workflowId, digest: digest(json), history: json };
  });
  const exportedAt = new Date().toISOString();
  return { v: 1, run, exportedAt, digest: digest(kept.map((each) => each.digest)), histories: kept };
}

/**
 * The evidence in a file, the run's own first.
 *
 * @throws {BatonError} `BAD_INPUT` when it is no export or is not as it was exported.
 */
export async function readHistoryFile(file: string, run: string): Promise<[Evidence, ...Evidence[]]> {
  const kept = unpack(file, run);
  const evidence = await Promise.all(
    kept.map(async ({ workflowId, history }) => readEvidence(historyFromJSON(history), workflowId)),
  );
  const [first, ...more] = evidence;
  if (first?.workflowId === run) return [first, ...more];
  throw createHistoryFileError(
    file,
    `it holds the history of ${first?.workflowId ?? 'no run'}, not of ${run}.`,
  );
}

function unpack(file: string, run: string): readonly Pick<KeptHistory, 'workflowId' | 'history'>[] {
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw createHistoryFileError(file, error instanceof Error ? error.message : String(error));
  }
  if (typeof json !== 'object' || json === null) throw createHistoryFileError(file, 'it is no history.');
  if ('events' in json) return [{ workflowId: run, history: json }];
  const { histories, digest: whole } = json as Partial<HistoryExport>;
  if (!Array.isArray(histories))
    throw createHistoryFileError(file, 'it is neither an export nor a history of Temporal’s.');
  const kept = histories as readonly KeptHistory[];
  const changed = kept.find((each) => digest(each.history) !== each.digest);
  if (changed)
    throw createHistoryFileError(file, `the history of ${changed.workflowId} is not as it was exported.`);
  if (digest(kept.map((each) => each.digest)) !== whole)
    throw createHistoryFileError(file, 'a history was added or taken away.');
  return kept;
}

function createHistoryFileError(file: string, why: string): BatonError {
  return new BatonError('BAD_INPUT', `${file} cannot be audited: ${why}`, { file });
}
