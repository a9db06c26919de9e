/**
 * The default task queue of a project whose configuration names none. Worker, client and CLI all use this
 * module. So two projects on one server do not share a queue by accident, and a started run finds the
 * project's worker.
 */
import { readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { DEFAULT_TASK_QUEUE } from '../contracts/wire/wire.js';

/**
 * The name in the nearest `package.json`, in this folder or above it; without one, the folder's name.
 * Letters, digits, `-` and `_` stay. A dot is replaced, because it would look like the queue of a permission.
 *
 * @param folder - the folder of the configuration, or the current folder.
 */
export function findTaskQueue(folder: string = process.cwd()): string {
  const start = resolve(folder);
  for (let at = start; ; at = dirname(at)) {
    const named = readPackageName(at);
    if (named !== undefined) return toQueueName(named === '' ? basename(at) : named);
    if (dirname(at) === at) return toQueueName(basename(start));
  }
}

/** `@acme/desk` becomes `acme-desk`. */
export function toQueueName(name: string): string {
  const safe = name.replaceAll(/[^A-Za-z0-9_-]+/g, '-').replaceAll(/^-+|-+$/g, '');
  return safe === '' ? DEFAULT_TASK_QUEUE : safe.slice(0, 100);
}

/** Undefined without a `package.json`; empty if it has no name. */
function readPackageName(folder: string): string | undefined {
  let text: string;
  try {
    text = readFileSync(join(folder, 'package.json'), 'utf8');
  } catch {
    return undefined;
  }
  try {
    const { name } = JSON.parse(text) as { readonly name?: unknown };
    return typeof name === 'string' ? name : '';
  } catch {
    return '';
  }
}
