/** Deletes the texts of ended runs from a store: by age after their end, or of one run on request. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Client, WorkflowExecutionInfo } from '@temporalio/client';
import pLimit from 'p-limit';
import { fetchHistories } from '../audit/fetch-histories.js';
import { createExport } from '../audit/history-file.js';
import { findRoot } from '../runs/find-root.js';
import { createUnknownRunError } from '../runs/runs.js';
import { quoteValue, ROOTS } from '../runs/list-runs.js';
import { defined } from '../../contracts/data/defined.js';
import { createUsageError } from '../../contracts/errors.js';
import { toRootRun } from '../../contracts/proof/root.js';
import type { PruneReport, PrunedRun } from '../../schemas/documents/prune.js';

export interface PruneWish {
  /** Runs that ended longer ago, in milliseconds. */
  readonly olderThanMs: number;
  /** Only this run, no matter when it ended. */
  readonly run?: string | undefined;
  /** Also texts of runs that this server does not know, if nothing was added to them for that long. */
  readonly forgotten: boolean;
  /** The folder to export the histories to before deletion, one file per run. */
  readonly exportTo?: string | undefined;
  /** Only reports what would be deleted. */
  readonly dryRun: boolean;
}

/** The operations on a store that are needed here. */
export interface PrunableStore {
  /** The runs with texts in the store; without a time if no timed entry was added. */
  roots(): Promise<readonly StoredRun[]>;
  deleteRoot(root: string): Promise<void>;
  shrink(): Promise<void>;
}

interface StoredRun {
  readonly root: string;
  readonly newestAt?: string;
  readonly bytes: number;
}

interface KnownRun {
  readonly workflowId: string;
  readonly workflow: string;
  /** Absent while the run is open. */
  readonly endedAt?: Date | undefined;
}

/**
 * Deletes texts, and reports which. An open run keeps its texts.
 *
 * @throws {BatonError} `UNKNOWN_RUN`, `BAD_USAGE` if the run is open.
 */
export async function pruneStore(
  client: Client,
  store: PrunableStore,
  wish: PruneWish,
): Promise<PruneReport> {
  const stored = await store.roots();
  const known = await readKnownRuns(client, new Set(stored.map(({ root }) => root)), wish.run);
  const chosen = stored.flatMap((each) => chooseRun(each, known.get(each.root), wish) ?? []);
  const pruned: PrunedRun[] = [];
  for (const run of chosen) pruned.push(wish.dryRun ? run : await deleteRun(client, store, run, wish));
  if (!wish.dryRun && pruned.length > 0) await store.shrink();
  return { dryRun: wish.dryRun, pruned, kept: stored.length - pruned.length };
}

/** The runs that the server knows, by their names in the store. */
async function readKnownRuns(
  client: Client,
  stored: ReadonlySet<string>,
  only: string | undefined,
): Promise<ReadonlyMap<string, KnownRun>> {
  const known = new Map<string, KnownRun>();
  const { plain, linked, others } = await sortExecutions(client, stored, only);
  for (const execution of plain) note(known, toOwnRoot(execution), execution);
  await noteAll(client, known, linked);
  // If the server has deleted a run's first execution, only a look at a later one identifies the run.
  if ([...stored].some((root) => !known.has(root))) await noteAll(client, known, others);
  if (only !== undefined) assertEnded(only, [...known.values()]);
  return known;
}

/**
 * The only execution of an id identifies its run. If there are several, each may continue another. So an open
 * conversation keeps its texts, even if its first execution has ended.
 */
async function sortExecutions(client: Client, stored: ReadonlySet<string>, only: string | undefined) {
  const byId = new Map<string, WorkflowExecutionInfo[]>();
  const query = only === undefined ? ROOTS : `${ROOTS} and WorkflowId = ${quoteValue(only)}`;
  for await (const execution of client.workflow.list({ query })) {
    byId.set(execution.workflowId, [...(byId.get(execution.workflowId) ?? []), execution]);
  }
  const all = [...byId.values()];
  const alone = all.filter((each) => each.length === 1).flat();
  const isPlain = (execution: WorkflowExecutionInfo): boolean =>
    execution.status.name !== 'CONTINUED_AS_NEW' && stored.has(toOwnRoot(execution));
  return {
    plain: alone.filter(isPlain),
    linked: all.filter((each) => each.length > 1).flat(),
    others: alone.filter((execution) => !isPlain(execution)),
  };
}

const AT_ONCE = 20;

async function noteAll(
  client: Client,
  known: Map<string, KnownRun>,
  executions: readonly WorkflowExecutionInfo[],
): Promise<void> {
  const roots = await pLimit(AT_ONCE).map(executions, (execution) =>
    findRoot(client, execution.workflowId, execution.runId),
  );
  for (const [index, execution] of executions.entries()) note(known, roots[index] ?? '', execution);
}

/** A run is open while one of its executions is open or continues in another. */
function note(
  known: Map<string, KnownRun>,
  root: string,
  { workflowId, type: workflow, status, closeTime }: WorkflowExecutionInfo,
): void {
  const before = known.get(root);
  const endedAt = status.name === 'RUNNING' ? undefined : closeTime;
  const isOpen = endedAt === undefined || (before !== undefined && before.endedAt === undefined);
  const last = before?.endedAt && endedAt && before.endedAt > endedAt ? before.endedAt : endedAt;
  known.set(root, { workflowId, workflow, endedAt: isOpen ? undefined : last });
}

function assertEnded(run: string, known: readonly KnownRun[]): void {
  if (known.length === 0) throw createUnknownRunError(run);
  if (known.every(({ endedAt }) => endedAt !== undefined)) return;
  throw createUsageError(`${run} has not ended: it needs its texts. Nothing was deleted.`, {
    run,
  });
}

function toOwnRoot({ workflowId, runId }: WorkflowExecutionInfo): string {
  return toRootRun({ workflowId, firstExecutionRunId: runId });
}

function chooseRun(
  { root, newestAt, bytes }: StoredRun,
  known: KnownRun | undefined,
  { run, olderThanMs, forgotten }: PruneWish,
): PrunedRun | undefined {
  const before = Date.now() - olderThanMs;
  if (known === undefined) {
    const isOld = newestAt !== undefined && Date.parse(newestAt) < before;
    return forgotten && run === undefined && isOld ? { root, bytes } : undefined;
  }
  const { workflowId, workflow, endedAt } = known;
  if (endedAt === undefined || (run === undefined && endedAt.getTime() >= before)) return undefined;
  return { root, workflowId, workflow, endedAt: endedAt.toISOString(), bytes };
}

/** If the export fails, the run is not deleted. */
async function deleteRun(
  client: Client,
  store: PrunableStore,
  run: PrunedRun,
  { exportTo }: PruneWish,
): Promise<PrunedRun> {
  const exported = exportTo === undefined ? undefined : await exportRun(client, run, exportTo);
  await store.deleteRoot(run.root);
  return { ...run, ...defined({ exported }) };
}

async function exportRun(
  client: Client,
  { workflowId, root }: PrunedRun,
  folder: string,
): Promise<string | undefined> {
  if (workflowId === undefined) return undefined;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, `${workflowId.replaceAll(/[^\w.-]/g, '_')}-${root.slice(0, 8)}.json`);
  const kept = createExport(workflowId, await fetchHistories(client, workflowId));
  writeFileSync(file, `${JSON.stringify(kept, null, 1)}\n`, { mode: 0o600 });
  return file;
}
