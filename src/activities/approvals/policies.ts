/**
 * Which policies apply on one worker. The workflow itself names its team. The team decides whose approval is requested, but
 * never what the worker itself demands.
 */
import {
  findPolicy,
  findActionRequirement,
  type ActionRequirement,
  type ApprovalPolicy,
} from '../../contracts/definitions/policy.js';
import type { ActionFacts } from '../../contracts/definitions/policy-condition.js';
import { needsConfidence } from '../../contracts/definitions/confidence.js';
import type { ToolDefinition } from '../../contracts/definitions/tool.js';
import { mergeRequirements } from '../../contracts/definitions/merge-policies.js';

/** A team's policies, and the tools that are known to belong to the team. */
export interface TeamPolicies {
  readonly team: string;
  readonly policies: readonly ApprovalPolicy[];
  /** The tools of the team's agents. */
  readonly tools: readonly string[];
}

export interface WorkerPolicies {
  /** The policies of the worker's configuration. If one of these applies, only it counts. */
  readonly own: readonly ApprovalPolicy[];
  readonly teams: readonly TeamPolicies[];
}

/**
 * The demand of the worker before it carries out an action, regardless of which team the workflow names.
 *
 * @throws {BatonError} `BAD_CONFIG` when the policies of the teams contradict each other.
 */
export function findDemands(
  { own, teams }: WorkerPolicies,
  action: ActionFacts,
): ActionRequirement | undefined {
  if (findPolicy(own, action)) return findActionRequirement(own, action);
  const having = teams.filter((team) => isOf(team, action.tool));
  // A tool that only orchestrations call has no known team, so the policies of all teams apply.
  const concerned = having.length > 0 ? having : teams;
  const demands = concerned.map(({ policies }) => findActionRequirement(policies, action));
  return mergeRequirements(action.tool, demands) ?? findActionRequirement([], action);
}

/** The approvers for a run that claims to belong to this team, on a worker that verifies no decisions. */
export function findAskingPolicies(
  policies: WorkerPolicies,
  action: ActionFacts,
  team: string | undefined,
): ActionRequirement | undefined {
  const own = findPolicy(policies.own, action) !== undefined;
  const named = policies.teams.filter((each) => each.team === team);
  return findDemands(own || named.length === 0 ? policies : { own: [], teams: named }, action);
}

/**
 * Whether agents state their confidence, in a run that claims to belong to this team. They do if a policy of the worker or
 * of this team considers it; policies of other teams are ignored. A missing confidence counts as unsure.
 */
export function weighRequirements(
  { own, teams }: WorkerPolicies,
  tool: ToolDefinition,
  team: string | undefined,
) {
  const named = teams.filter((each) => each.team === team);
  return [own, ...named.map(({ policies }) => policies)].some((policies) => needsConfidence(policies, tool));
}

/**
 * The same policies when only proven facts count. Confidence is never proven, so a run is trusted only where a policy says
 * so.
 */
export function isProven({ own, teams }: WorkerPolicies): WorkerPolicies {
  return {
    own: own.map(isUnsure),
    teams: teams.map((team) => ({ ...team, policies: team.policies.map(isUnsure) })),
  };
}

function isUnsure(policy: ApprovalPolicy): ApprovalPolicy {
  const { when } = policy;
  if (when.on !== 'low-confidence' || when.trustRun) return policy;
  return { ...policy, when: { ...when, below: Infinity } };
}

function isOf({ tools, policies }: TeamPolicies, tool: string): boolean {
  return tools.includes(tool) || policies.some((policy) => policy.tools?.includes(tool));
}
