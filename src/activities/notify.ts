/** The activity `notify`: hands a notice to what the worker has for that. It is retried until its sender takes it. */
import type { Notice } from '../contracts/notice.js';
import { coded } from './failures.js';
import type { Registry } from './registry.js';

export function createNotify({ notify }: Pick<Registry, 'notify'>) {
  return (notice: Notice): Promise<void> => coded(async () => notify?.(notice));
}
