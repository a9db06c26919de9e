/** Lists the known workflows, for a person who named an unknown one. */
import type { Client } from '@temporalio/client';
import { findRuns } from '../../client/runs/list-runs.js';
import { describeNearest } from '../../contracts/data/nearest.js';
import { escapeText } from '../terminal/escape-text.js';

/** The number of the queue's runs that are searched for workflow names. */
const LATEST = 200;

/**
 * A sentence; empty when no workflow is known. The names come from this folder's configuration, else from the
 * queue's runs.
 */
export async function listKnownWorkflows(
  client: Client,
  { workflow, taskQueue }: { readonly workflow: string; readonly taskQueue: string },
): Promise<string> {
  const known = (await readConfigured()) ?? (await readBegun(client, taskQueue));
  if (known.length === 0) return '';
  const [name] = escapeText([workflow]);
  return `There are: ${known.join(', ')}.${describeNearest(name ?? '', known)}`;
}

async function readConfigured(): Promise<readonly string[] | undefined> {
  const { findConfigFile, loadConfig } = await import('../../worker/load-config.js');
  if (findConfigFile(process.cwd()) === undefined) return undefined;
  try {
    return Object.keys((await loadConfig(undefined)).workflows);
  } catch {
    return undefined;
  }
}

async function readBegun(client: Client, taskQueue: string): Promise<readonly string[]> {
  const runs = await findRuns(client, { taskQueue }, LATEST);
  // A run that a worker has begun has an owner.
  const begun = runs.filter(({ owner }) => owner !== undefined).map(({ workflow }) => workflow);
  return [...new Set(begun)].toSorted((a, b) => (a < b ? -1 : 1));
}
