/** The parts of teams that a worker serves. */
import type { WorkerPolicies } from '../activities/approvals/policies.js';
import type { AgentDefinition } from '../contracts/definitions/agent.js';
import type { Definition } from '../contracts/definitions/definition.js';
import type { Participant } from '../contracts/definitions/participant.js';
import type { TeamDefinition } from '../contracts/definitions/team.js';

/** The policies of this worker, and those of each team with the tools that it has. */
export function listPolicies(
  own: WorkerPolicies['own'] = [],
  teams: readonly TeamDefinition[],
): WorkerPolicies {
  return {
    own,
    teams: [...new Set(teams)].map((team) => ({
      team: team.name,
      policies: team.approvals,
      tools: listMembers(team).flatMap((member) => (member.kind === 'tool' ? [member.name] : [])),
    })),
  };
}

/** The definitions of a team: its agents with their tools and memories, and its contracts. */
export function listMembers(team: TeamDefinition): Definition[] {
  const parties = team.agents as unknown as readonly Participant[];
  const members = parties.filter((party) => party.kind === 'agent');
  const recovering = [team, ...members].flatMap(({ recovery }) =>
    typeof recovery === 'object' ? (recovery.agent ?? []) : [],
  );
  const agents = [...members, ...(recovering as unknown as readonly AgentDefinition[])];
  const memories = agents.flatMap((agent) => agent.memory);
  return [...agents, ...agents.flatMap((agent) => agent.tools), ...team.contracts, ...memories];
}
