/**
 * The receiver's end of a contract: checks that this worker's contract matches the sender's, and that the input fits. No
 * work on the task starts before that.
 */
import type { AgentDefinition } from '../../contracts/definitions/agent.js';
import { toContractId, type ContractDefinition } from '../../contracts/definitions/contract.js';
import type { Envelope } from '../../contracts/handoff/envelope.js';
import type { ErrorCode } from '../../contracts/errors.js';
import { parseWith } from '../../contracts/data/schema.js';

/** Why a task cannot be accepted, regardless of the model. */
export interface Refusal {
  readonly code: ErrorCode;
  readonly reason: string;
}

/** Checks the input against the worker's own definitions; undefined when the task may start. */
export function checkContract(
  agent: Pick<AgentDefinition, 'name' | 'input'>,
  contracts: ReadonlyMap<string, ContractDefinition>,
  envelope: Envelope,
): Refusal | undefined {
  const { contract, input, required } = envelope;
  // Without a declared contract, the receiver's own input schema is what was promised.
  const declared = required === undefined ? undefined : contracts.get(toContractId(contract));
  if (required !== undefined && declared === undefined) {
    const own = [...contracts.values()].filter(({ name }) => name === contract.name).map(toContractId);
    const has = own.length === 0 ? 'no contract of this name' : own.join(', ');
    return {
      code: 'CONTRACT_VERSION',
      reason: `The task came by ${toContractId(contract)}; the worker of ${agent.name} has ${has}.`,
    };
  }
  for (const schema of [declared?.payload, agent.input]) {
    const parsed = parseWith(schema, input);
    if (parsed.ok) continue;
    return {
      code: 'CONTRACT_VIOLATED',
      reason: `The payload of ${toContractId(contract)} does not fit the input of the receiver, ${agent.name}.\n${parsed.problem}`,
    };
  }
  return undefined;
}
