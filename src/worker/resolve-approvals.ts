/** How a configuration says that decisions are proven, with its registry found. */
import { dirname, resolve } from 'node:path';
import { createConfigError } from '../contracts/errors.js';
import { readRegistry } from './approver-registry.js';
import type { ApprovalsConfig } from './config.js';

/** The registry's path is seen from the configuration's folder, and must be there from the start. */
export function resolveApprovals(
  approvals: ApprovalsConfig = { mode: 'unauthenticated' },
  configFile: string,
): ApprovalsConfig {
  if (approvals.mode === 'unauthenticated') return approvals;
  if (approvals.registry === undefined) {
    throw createConfigError(
      `${configFile}: approvals.mode is "signed", so approvals.registry must name approvers.json.`,
    );
  }
  const registry = resolve(dirname(configFile), approvals.registry);
  readRegistry(registry);
  return { ...approvals, registry };
}
