/** A handoff contract: its sender, receiver and version, and the payload that the sender must hand off. */
import type { ContextPolicy, RequiredItem, Trigger } from '../handoff/envelope.js';
import type { InputOf } from './agent.js';
import { assertBudget, type Budget } from '../handoff/budget.js';
import { check, register } from './definition-registry.js';
import { createDefinitionError } from '../errors.js';
import { assertKeys, type Keys } from '../data/known-keys.js';
import type { MemoryDefinition } from './memory.js';
import { assertName, assertToolFits, toHandoffToolName } from '../data/names.js';
import type { AnyParticipant } from './participant.js';
import { assertGrants } from './permission.js';
import { assertModelSchema, type Schema } from '../data/schema.js';
import { assertWhole } from '../data/whole-number.js';

/** A handoff contract as {@link contract} defines it. Open runs refer to it as `name@version`. */
export interface ContractDefinition<
  From extends AnyParticipant = AnyParticipant,
  To extends AnyParticipant = AnyParticipant,
> extends Omit<ContractSpecification<From, To>, 'payload' | 'memory'> {
  readonly kind: 'contract';
  readonly payload: Schema;
  /** The required keys of the payload. A receiver names each of them with its version. */
  readonly required: readonly string[];
  /** Names of the memory namespaces whose references travel with the task. */
  readonly memory: readonly string[];
  readonly grants: readonly string[];
  readonly fanOut: boolean;
}

/** Why a transition happens, where the reason is not just the receiver's competence. */
export type DeclaredTrigger = Extract<Trigger, 'specialization' | 'domain-completion'>;

/** The arguments of {@link contract}. */
export interface ContractSpecification<From extends AnyParticipant, To extends AnyParticipant> {
  readonly name: string;
  /** Raise it when the payload changes: a receiver with another version declines. */
  readonly version: number;
  readonly from: From;
  readonly to: To;
  /** The data that the sender must hand off. It is checked at both ends. */
  readonly payload: Schema<InputOf<To>>;
  /** When the sender should hand off. The sender's model reads this. */
  readonly when?: string;
  /** Instructions for every receiver. They travel in the envelope. */
  readonly instructions?: string;
  /** Default `specialization`. Use `domain-completion` when the sender has finished its part and hands off the rest. */
  readonly trigger?: DeclaredTrigger;
  /** How much of the sender's conversation the receiver's model sees. */
  readonly context?: ContextPolicy;
  /**
   * Namespaces of the shared memory whose references travel. For each key that the sender received, read or wrote, the
   * latest version that it knows travels. The receiver reads these versions, and names each when it accepts the task.
   */
  readonly memory?: readonly MemoryDefinition[];
  /** Permissions that only this transition grants to the receiver. */
  readonly grants?: readonly string[];
  /** How often one task may take this transition. Every cycle needs one contract with a limit. */
  readonly limit?: number;
  /** The budget of the receiver and of later receivers of the task. It never exceeds what the sender has left. */
  readonly budget?: Budget;
  /** Several such handoffs in one answer run in parallel, and their results return to the sender. */
  readonly fanOut?: boolean;
}

const KEYS: Keys<ContractSpecification<AnyParticipant, AnyParticipant>> = {
  name: true,
  version: true,
  from: true,
  to: true,
  payload: true,
  when: true,
  instructions: true,
  trigger: true,
  context: true,
  memory: true,
  grants: true,
  limit: true,
  budget: true,
  fanOut: true,
};

/**
 * Allows an agent to hand off to another. The sender's model gets the handoff as a tool whose arguments are the
 * payload. The payload is checked before control moves.
 *
 * @throws {BatonError} `BAD_DEFINITION` for an unknown option, an invalid name, version, payload schema, limit or budget; for a handoff to
 * the sender; for a granted permission that the receiver does not declare, or a memory that one of the two does not
 * have.
 */
export function contract<From extends AnyParticipant, To extends AnyParticipant>(
  spec: ContractSpecification<From, To>,
): ContractDefinition<From, To> {
  const { name, from, to, context, limit } = spec;
  const owner = `contract ${name}`;
  check(
    () => assertName('contract', name),
    () => assertKeys(owner, spec, KEYS),
    // Callers without types may leave it out.
    () => assertWhole(`${owner}: version`, spec.version ?? NaN),
    () => assertNotItself(owner, from.name, to.name),
    () => assertPayload(owner, spec.payload),
    () => assertToolFits(owner, toHandoffToolName(to.name), describeHandoffTool(spec)),
    () => assertWhole(`${owner}: context.lastN`, context?.lastN),
    () => assertWhole(`${owner}: context.maxTokens`, context?.maxTokens),
    () => assertTrigger(name, spec.trigger, spec.grants),
    () => assertBothEndsHave(name, spec.memory ?? [], [from, to]),
    () => assertGrants(name, spec.grants ?? [], to),
    () => assertBudget(spec.budget, owner),
    () => assertWhole(`${owner}: limit`, limit, { contract: name, limit }),
  );
  const definition = Object.freeze({
    kind: 'contract' as const,
    ...spec,
    required: listRequiredParts(spec.payload),
    memory: (spec.memory ?? []).map(({ name }) => name),
    grants: spec.grants ?? [],
    fanOut: spec.fanOut ?? false,
  });
  register(definition);
  return definition;
}

function assertNotItself(owner: string, from: string, to: string): void {
  if (from === to) throw createDefinitionError(`${owner}: ${from} would hand off to itself.`);
}

function assertPayload(owner: string, payload: Schema<never> | Schema): void {
  assertModelSchema(payload, `${owner}, payload`);
  if (payload.def.type === 'object') return;
  throw createDefinitionError(
    `${owner}: its payload must be an object schema, as models hand off with named arguments.`,
  );
}

/** The description of the handoff tool, which the sender's model reads. */
export function describeHandoffTool({ to, when }: Pick<ContractDefinition, 'to' | 'when'>): string {
  return `Hands the task off to ${to.name}: ${to.goal}${when ? ` Use it when: ${when}` : ''}`;
}

/** The contract's id where the version matters: `name@version`. */
export function toContractId(definition: Pick<ContractDefinition, 'name' | 'version'>): string {
  return `${definition.name}@${definition.version}`;
}

function listRequiredParts(payload: Schema<never> | Schema): string[] {
  const { shape = {} } = payload.def as unknown as { readonly shape?: Record<string, Schema> };
  return Object.entries(shape).flatMap(([name, part]) => (part._zod.optin === 'optional' ? [] : [name]));
}

/** How an acknowledgement names a required item. */
export function formatItemId({ name, version }: RequiredItem): string {
  return `${name}@${version}`;
}

const DECLARABLE: readonly string[] = ['specialization', 'domain-completion'] satisfies Trigger[];

/** Whether a team or its code may declare this trigger. The runtime sets the other triggers. */
export function isDeclarable(trigger: string): boolean {
  return DECLARABLE.includes(trigger);
}

/** Callers without types can pass values that the type forbids. */
function assertTrigger(name: string, trigger: Trigger | undefined, grants: readonly string[] = []): void {
  if (trigger === undefined || isDeclarable(trigger)) return;
  const instead =
    trigger === 'privilege'
      ? `It follows from what the contract grants, and this one grants ${grants.join(', ') || 'nothing'}: name the permissions in grants, and leave the trigger out.`
      : `The runtime sets it where it applies. A contract may declare specialization or domain-completion.`;
  throw createDefinitionError(`contract ${name}: the trigger ${trigger} cannot be declared. ${instead}`, {
    contract: name,
    trigger,
  });
}

/** Either end of a contract. An agent lists the namespaces that it reads and writes; a person has no memory tools. */
interface End {
  readonly kind: 'agent' | 'human';
  readonly name: string;
  readonly memory?: readonly { readonly name: string }[];
}

/** References travel only between participants that can read them. */
function assertBothEndsHave(
  contract: string,
  namespaces: readonly { readonly name: string }[],
  ends: readonly End[],
): void {
  for (const [index, { name }] of namespaces.entries()) {
    if (namespaces.findIndex((other) => other.name === name) !== index)
      throw createDefinitionError(`contract ${contract}: memory names ${name} twice.`, { name });
    const without = ends.find(({ memory = [] }) => !memory.some((own) => own.name === name));
    if (without === undefined) continue;
    const instead =
      without.kind === 'agent'
        ? `Add it to the memory of agent ${without.name}, or leave it out of the contract.`
        : 'A person has no tools to read it: hand off in the payload what they must know.';
    throw createDefinitionError(
      `contract ${contract}: it hands off the memory ${name}, which ${without.name} does not have. ${instead}`,
      { contract, memory: name, agent: without.name },
    );
  }
}
