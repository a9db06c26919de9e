/** Finds the task queue of the project in a folder, for the commands that start its runs. */
import { readFileSync } from 'node:fs';
import { findTaskQueue } from '../project/task-queue.js';
import { findConfigFile, loadConfig } from './load-config.js';

/**
 * The `taskQueue` of the configuration, so that this configuration's worker receives the run. Loading takes a second, so a
 * configuration that does not mention `taskQueue` is not loaded.
 *
 * @throws {BatonError} `BAD_CONFIG` when the configuration names a queue and does not load.
 */
export async function findProjectQueue(cwd = process.cwd()): Promise<string> {
  const file = findConfigFile(cwd);
  if (file === undefined || !readFileSync(file, 'utf8').includes('taskQueue')) return findTaskQueue(cwd);
  return (await loadConfig(undefined, cwd)).taskQueue;
}
