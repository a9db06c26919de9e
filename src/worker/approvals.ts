/** Provides what a worker's activities need to verify approvals, from its configuration and its connection. */
import { UNAUTHENTICATED, type Approvals } from '../activities/approvals/approvals.js';
import {
  findAskingPolicies,
  findDemands,
  isProven,
  weighRequirements,
  type WorkerPolicies,
} from '../activities/approvals/policies.js';
import { watchRegistry } from './approver-registry.js';
import type { ApprovalsConfig } from './config.js';
import { readRequest, type FindRoot, type Server } from './started-run.js';

export function createApprovals(
  config: ApprovalsConfig,
  policies: WorkerPolicies,
  server: Server & { readonly findRoot: FindRoot },
): Approvals {
  const isWeighed: Approvals['weighs'] = (tool, team) => weighRequirements(policies, tool, team);
  if (config.mode === 'unauthenticated' || config.registry === undefined) {
    return {
      ...UNAUTHENTICATED,
      weighs: isWeighed,
      requirementOf: (action) => findDemands(policies, action),
      askedOf: (action, team) => findAskingPolicies(policies, action, team),
    };
  }
  const provable = isProven(policies);
  const requirementOf: Approvals['requirementOf'] = (action) => findDemands(provable, action);
  const registry = watchRegistry(config.registry);
  return {
    mode: () => Promise.resolve().then(() => ({ mode: 'signed' as const, registry: registry() })),
    requirementOf,
    // Approval is requested only from people whose approval is sufficient, regardless of the team that the run names.
    askedOf: requirementOf,
    weighs: isWeighed,
    rootOf: server.findRoot,
    requestOf: (run) => readRequest(server, run),
  };
}
