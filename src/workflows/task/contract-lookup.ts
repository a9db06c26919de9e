/** Which contract governs a transition: the one that the team declares for it, or the receiver's own input schema. */
import { describeNearest } from '../../contracts/data/nearest.js';
import type { ContractReference, MemoryReference, RequiredItem } from '../../contracts/handoff/envelope.js';
import type { AnyParticipant } from '../../contracts/definitions/participant.js';
import { digest } from '../../contracts/data/canonical-json.js';
import { toContractId, type ContractDefinition } from '../../contracts/definitions/contract.js';
import { BatonError } from '../../contracts/errors.js';
import { isJsonObject, type Json } from '../../contracts/data/json.js';
import * as /* webpackDefer: true */ jsonSchema from '../../contracts/data/json-schema.js';
import type { Schema } from '../../contracts/data/schema.js';
import type { Run } from '../runtime/run.js';

export function listContractsFrom(
  run: Pick<Run, 'team'>,
  agent: { readonly name: string },
): ContractDefinition[] {
  return (run.team?.contracts ?? []).filter((contract) => contract.from.name === agent.name);
}

/** The declared contract from one agent to another, if it exists. */
export function findContract(
  run: Pick<Run, 'team'>,
  from: { readonly name: string },
  to: { readonly name: string },
): ContractDefinition | undefined {
  return listContractsFrom(run, from).find((contract) => contract.to.name === to.name);
}

/** An agent's transitions by the names that models use. */
export function listOfferedContracts(run: Pick<Run, 'team'>, agent: AnyParticipant): string[] {
  return listContractsFrom(run, agent).map(toContractId);
}

/** A declared contract as it travels. */
export function toReference({ name, version, payload }: ContractDefinition): ContractReference {
  return { name, version, schema: jsonSchema.hashSchema(payload) };
}

/** The contract of a task that code gives directly: the receiver's own input schema must accept it. */
export function toDirectReference(agent: AnyParticipant): ContractReference {
  const input: Schema<never> | Schema | undefined = agent.input;
  return {
    name: `input-of-${agent.name}`,
    version: 1,
    ...(input === undefined ? {} : { schema: jsonSchema.hashSchema(input) }),
  };
}

const VERSION_LENGTH = 8;

/** The items that the receiver must name, each in the version that it gets. */
export function listRequiredItems(
  { required }: ContractDefinition,
  payload: Json,
  memory: readonly MemoryReference[],
): RequiredItem[] {
  const parts = isJsonObject(payload) ? payload : {};
  return [
    ...required.map((name) => ({
      name,
      version: digest(parts[name] ?? null).slice(0, VERSION_LENGTH),
    })),
    ...memory.map(({ namespace, key, version }) => ({
      name: `${namespace}/${key}`,
      version: String(version),
    })),
  ];
}

/** The error for addressing a participant who is not on the team. */
export function createUnknownAgentError(run: Pick<Run, 'team'>, name: string): BatonError {
  const members = run.team?.agents.map((member) => member.name) ?? [];
  return new BatonError(
    'UNKNOWN_AGENT',
    `Team ${run.team?.name ?? '(none)'} has no agent ${name}. It has: ${members.join(', ')}.${describeNearest(name, members)}`,
    { agent: name, members },
  );
}
