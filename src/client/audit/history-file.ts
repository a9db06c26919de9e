/**
 * A run's histories in a file, for an audit after the server has deleted them: each in Temporal's JSON format, with its
 * digest. The output of `temporal workflow show --output json` can be read too.
 */
import { readFileSync } from 'node:fs';
import { historyFromJSON, historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { digest } from '../../contracts/data/canonical-json.js';
import { type BatonError, createInputError } from '../../contracts/errors.js';
import { readEvidence, type Evidence } from './evidence.js';
import type { History } from './execution.js';

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
  /** SHA-256 over the canonical JSON of the list of digests. Keep it elsewhere. */
  readonly digest: string;
  /** The run's own executions first, oldest first, then those of its child agents. */
  readonly histories: readonly KeptHistory[];
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
 * @param digestKept - the digest of the export, if the auditor has kept it elsewhere.
 * @throws {BatonError} `BAD_INPUT` if it is not an export, was changed, or has another digest.
 */
export async function readHistoryFile(
  file: string,
  run: string,
  digestKept?: string,
): Promise<[Evidence, ...Evidence[]]> {
  const kept = unpack(file, run, digestKept);
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

function unpack(
  file: string,
  run: string,
  digestKept: string | undefined,
): readonly Pick<KeptHistory, 'workflowId' | 'history'>[] {
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw createHistoryFileError(file, error instanceof Error ? error.message : String(error));
  }
  if (typeof json !== 'object' || json === null) throw createHistoryFileError(file, 'it is not a history.');
  const whole = 'digest' in json ? json.digest : undefined;
  if (digestKept !== undefined && digestKept !== whole) {
    const has = typeof whole === 'string' ? `its digest is ${whole}` : 'it has no digest';
    throw createHistoryFileError(file, `${has}, and the one that you kept is ${digestKept}.`);
  }
  if ('events' in json) return [{ workflowId: run, history: json }];
  const { histories } = json as Partial<HistoryExport>;
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
  return createInputError(`${file} cannot be audited: ${why}`, { file });
}
