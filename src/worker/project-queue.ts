/** The task queue of the project in a folder, for whoever starts its runs. */
import { readFileSync } from 'node:fs';
import { findTaskQueue } from '../project/task-queue.js';
import { findConfigFile, loadConfig } from './load-config.js';

/**
 * The configuration's, where it names one: so a run goes to the worker that this configuration starts. One that says
 * nothing of it is not loaded, which takes a second.
 *
 * @throws {BatonError} `BAD_CONFIG` when the configuration names a queue and does not load.
 */
export async function findProjectQueue(cwd = process.cwd()): Promise<string> {
  const file = findConfigFile(cwd);
  if (file === undefined || !readFileSync(file, 'utf8').includes('taskQueue')) return findTaskQueue(cwd);
  return (await loadConfig(undefined, cwd)).taskQueue;
}
