/** A team: the agents and people of an orchestration, and the contracts for handoffs between them. */
import { defined } from '../data/defined.js';
import type { OutputOf } from './agent.js';
import type { ContractDefinition } from './contract.js';
import { check, register } from './definition-registry.js';
import { createDefinitionError } from '../errors.js';
import { assertKeys, type Keys } from '../data/known-keys.js';
import { assertName, findRepeated } from '../data/names.js';
import type { ApprovalPolicy } from './policy.js';
import type { AnyParticipant } from './participant.js';
import { listPermissions } from './permission.js';
import { assertRecovery, type TeamRecovery } from './recovery.js';

/** A team as {@link team} defines it. An orchestration with a team addresses only its members. */
export interface TeamDefinition<
  Agents extends readonly AnyParticipant[] = readonly AnyParticipant[],
  Contracts extends readonly ContractDefinition[] = readonly ContractDefinition[],
> {
  readonly kind: 'team';
  readonly name: string;
  readonly agents: Agents;
  readonly contracts: Contracts;
  readonly recovery?: TeamRecovery;
  readonly approvals: readonly ApprovalPolicy[];
  readonly onMessage?: 'withdraw';
}

const KEYS: Keys<Omit<TeamDefinition, 'kind'>> = {
  name: true,
  agents: true,
  contracts: true,
  recovery: true,
  approvals: true,
  onMessage: true,
};

/**
 * Defines a team.
 *
 * @throws {BatonError} `BAD_DEFINITION` for an unknown option or two agents with the same name or two contracts for one transition; for a
 * contract with an agent outside the team; for a cycle of contracts without a `limit`, or an invalid recovery policy.
 */
export function team<
  const Agents extends readonly AnyParticipant[],
  const Contracts extends readonly ContractDefinition[] = readonly [],
>(spec: {
  readonly name: string;
  readonly agents: Agents;
  readonly contracts?: Contracts;
  /** Recovery when a task fails for good. Default: fail with the error. */
  readonly recovery?: TeamRecovery;
  /** When an action needs an approval, and who must approve. The first matching policy applies. */
  readonly approvals?: readonly ApprovalPolicy[];
  /**
   * The effect of a message to a conversation on an action that waits for approval. By default the request shows the
   * message, and the approver must read it. `withdraw` rejects the action, and the agent sees the message.
   */
  readonly onMessage?: 'withdraw';
}): TeamDefinition<Agents, Contracts> {
  const { name } = spec;
  const contracts = spec.contracts ?? ([] as unknown as Contracts);
  check(
    () => assertName('team', name),
    () => assertKeys(`team ${name}`, spec, KEYS),
    () => assertMembers(name, spec.agents, contracts),
    () => assertEveryCircleLimited(name, contracts),
    () => assertRecovery(name, spec.agents, spec.recovery),
  );
  const definition = Object.freeze({
    kind: 'team' as const,
    name,
    agents: spec.agents,
    contracts,
    approvals: spec.approvals ?? [],
    ...defined({ recovery: spec.recovery, onMessage: spec.onMessage }),
  });
  register(definition);
  return definition;
}

/** Each name once, and for each transition at most one contract, between members. */
function assertMembers(
  team: string,
  agents: readonly AnyParticipant[],
  contracts: readonly ContractDefinition[],
): void {
  const names = agents.map(({ name }) => name);
  const twice = findRepeated(names);
  if (twice !== undefined) throw createDefinitionError(`team ${team}: two agents are named ${twice}.`);
  const transitions = new Map<string, string>();
  for (const { name, from, to } of contracts) {
    const stranger = [from.name, to.name].find((party) => !names.includes(party));
    if (stranger !== undefined) {
      throw createDefinitionError(
        `team ${team}: contract ${name} names ${stranger}, who is not on the team.`,
      );
    }
    const transition = `${from.name} → ${to.name}`;
    const other = transitions.get(transition);
    if (other !== undefined) {
      throw createDefinitionError(`team ${team}: contracts ${other} and ${name} both govern ${transition}.`);
    }
    transitions.set(transition, name);
  }
}

function assertEveryCircleLimited(name: string, contracts: readonly ContractDefinition[]): void {
  const circle = findCycle(contracts.filter(({ limit }) => limit === undefined));
  if (circle === undefined) return;
  const around = [...circle.map(({ from }) => from.name), circle[0]?.from.name].join(' → ');
  throw createDefinitionError(
    `team ${name}: a task could go round ${around} for ever. Give one of the contracts ${circle.map((each) => each.name).join(', ')} a limit.`,
    { team: name, contracts: circle.map((each) => each.name) },
  );
}

/** The agents that an orchestration can address: those of its team, or any without a team. */
export type AgentOf<T> =
  T extends TeamDefinition<infer Agents, infer _Contracts> ? Agents[number] : AnyParticipant;

/** The agents that one of these can hand off to directly. */
type Next<C, Names extends string> =
  C extends ContractDefinition<infer From, infer To> ? (From['name'] extends Names ? To : never) : never;

/** All agents that can own the task if these agents start it. */
type Reachable<C, A extends AnyParticipant> = Next<C, A['name']>['name'] extends A['name']
  ? A
  : Reachable<C, A | Next<C, A['name']>>;

/** The result of a task for an agent: its own output, or that of an agent it can hand off to. */
export type ResultOf<A extends AnyParticipant, T> =
  T extends TeamDefinition<infer _Agents, infer Contracts>
    ? OutputOf<Reachable<Contracts[number], A>>
    : OutputOf<A>;

/** All permissions of the team's members, which also bound its orchestration; undefined without a team. */
export function listTeamPermissions(team: TeamDefinition | undefined): readonly string[] | undefined {
  return team && [...new Set(team.agents.flatMap(listPermissions))];
}

interface Edge {
  readonly from: { readonly name: string };
  readonly to: { readonly name: string };
}

/** The edges of one cycle, in order; undefined if there is no cycle. */
function findCycle<E extends Edge>(edges: readonly E[]): E[] | undefined {
  const leaving = new Map<string, E[]>();
  for (const edge of edges) leaving.set(edge.from.name, [...(leaving.get(edge.from.name) ?? []), edge]);
  const seen = new Set<string>();
  const walk = (name: string, way: readonly E[]): E[] | undefined => {
    const begins = way.findIndex(({ from }) => from.name === name);
    if (begins >= 0) return way.slice(begins);
    if (seen.has(name)) return undefined;
    seen.add(name);
    for (const edge of leaving.get(name) ?? []) {
      const circle = walk(edge.to.name, [...way, edge]);
      if (circle) return circle;
    }
    return undefined;
  };
  for (const name of leaving.keys()) {
    const circle = walk(name, []);
    if (circle) return circle;
  }
  return undefined;
}
