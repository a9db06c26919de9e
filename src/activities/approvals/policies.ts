/**
 * Whose policies count on one worker. Which team a run is of is the workflow's word: it chooses whom people are asked
 * by, and never what the worker itself demands.
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

/** A team's policies, and the tools that are known to be its own. */
export interface TeamPolicies {
  readonly team: string;
  readonly policies: readonly ApprovalPolicy[];
  /** Of its agents. */
  readonly tools: readonly string[];
}

export interface WorkerPolicies {
  /** What the worker's configuration says; where one of these applies, it alone counts. */
  readonly own: readonly ApprovalPolicy[];
  readonly teams: readonly TeamPolicies[];
}

/**
 * What the worker demands before it carries an action out, whatever a workflow says of its team.
 *
 * @throws {BatonError} `BAD_CONFIG` where the teams' policies contradict each other.
 */
export function findDemands(
  { own, teams }: WorkerPolicies,
  action: ActionFacts,
): ActionRequirement | undefined {
  if (findPolicy(own, action)) return findActionRequirement(own, action);
  const having = teams.filter((team) => isOf(team, action.tool));
  // Of a tool that only orchestrations call nobody knows the team: then it is everybody's.
  const concerned = having.length > 0 ? having : teams;
  const demands = concerned.map(({ policies }) => findActionRequirement(policies, action));
  return mergeRequirements(action.tool, demands) ?? findActionRequirement([], action);
}

/** Whom a run that says it is of this team asks, where nothing is proven anyway. */
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
 * Whether the agents of a run that says it is of this team are asked how sure they are. No other team's runs are: what is
 * not said counts as not sure.
 */
export function weighRequirements(
  { own, teams }: WorkerPolicies,
  tool: ToolDefinition,
  team: string | undefined,
) {
  const named = teams.filter((each) => each.team === team);
  return [own, ...named.map(({ policies }) => policies)].some((policies) => needsConfidence(policies, tool));
}

/** The same policies where nothing counts but what is proven: no confidence is, and a run is trusted only where it says so. */
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
