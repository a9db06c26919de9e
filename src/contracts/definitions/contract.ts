/** A handoff contract: from whom, to whom, in which version, and what must be handed off. */
import type { ContextPolicy, RequiredItem, Trigger } from '../handoff/envelope.js';
import type { InputOf } from './agent.js';
import { assertBudget, type Budget } from '../handoff/budget.js';
import { register } from './definition-registry.js';
import { createDefinitionError } from '../errors.js';
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
  /** The parts of the payload that must be there: a receiver names each with its version. */
  readonly required: readonly string[];
  /** The namespaces of the shared memory whose references travel, by name. */
  readonly memory: readonly string[];
  readonly grants: readonly string[];
  readonly fanOut: boolean;
}

/** Why a contract's transition is taken, where it is not merely for the receiver's competence. */
export type DeclaredTrigger = Extract<Trigger, 'specialization' | 'domain-completion'>;

/** What {@link contract} is told. */
export interface ContractSpecification<From extends AnyParticipant, To extends AnyParticipant> {
  readonly name: string;
  /** Raise it when the payload changes: a receiver of another version declines. */
  readonly version: number;
  readonly from: From;
  readonly to: To;
  /** What must be handed off, checked at both ends. */
  readonly payload: Schema<InputOf<To>>;
  /** When the sender is to hand off; a model reads this. */
  readonly when?: string;
  /** What every receiver is to do next; it travels in the envelope. */
  readonly instructions?: string;
  /** Default `specialization`; `domain-completion` when the sender has finished its scope and hands on the rest. */
  readonly trigger?: DeclaredTrigger;
  /** How much of the sender's conversation the receiver is shown. */
  readonly context?: ContextPolicy;
  /**
   * The namespaces of the shared memory whose references travel: of each key that the sender was handed, has read or
   * written, the version that it knows. The receiver reads these, and names each when it takes the task on.
   */
  readonly memory?: readonly MemoryDefinition[];
  /** Permissions that the receiver gets by this transition, and by nothing else. */
  readonly grants?: readonly string[];
  /** How often one task may take this transition. One contract of every circle needs it. */
  readonly limit?: number;
  /** What the receiver, and whoever it hands the task on to, may use; never more than the sender has left. */
  readonly budget?: Budget;
  /** Several such handoffs in one answer run in parallel, and their results come back to the sender. */
  readonly fanOut?: boolean;
}

/**
 * Allows an agent to hand off to another: the sender's model is offered the handoff as a tool whose arguments are
 * the payload, checked before control moves.
 *
 * @throws {BatonError} `BAD_DEFINITION` when the names, the version, the payload's schema, a limit or a budget are wrong,
 * an agent would hand off to itself, a permission is granted that the receiver does not hold, or a memory is handed off
 * that one of the two does not have.
 */
export function contract<From extends AnyParticipant, To extends AnyParticipant>(
  spec: ContractSpecification<From, To>,
): ContractDefinition<From, To> {
  assertName('contract', spec.name);
  // Callers without types may leave it out.
  assertWhole(`contract ${spec.name}: version`, spec.version ?? NaN);
  if (spec.from.name === spec.to.name) {
    throw createDefinitionError(`contract ${spec.name}: ${spec.from.name} would hand off to itself.`);
  }
  assertModelSchema(spec.payload, `contract ${spec.name}, payload`);
  if (spec.payload.def.type !== 'object') {
    throw createDefinitionError(
      `contract ${spec.name}: its payload must be an object schema, as models hand off with named arguments.`,
    );
  }
  assertToolFits(`contract ${spec.name}`, toHandoffToolName(spec.to.name), describeHandoffTool(spec));
  for (const what of ['lastN', 'maxTokens'] as const)
    assertWhole(`contract ${spec.name}: context.${what}`, spec.context?.[what]);
  assertTrigger(spec.name, spec.trigger, spec.grants);
  assertBothEndsHave(spec.name, spec.memory ?? [], [spec.from, spec.to]);
  assertGrants(spec.name, spec.grants ?? [], spec.to);
  assertBudget(spec.budget, `contract ${spec.name}`);
  assertWhole(`contract ${spec.name}: limit`, spec.limit, { contract: spec.name, limit: spec.limit });
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

/** What a sender's model reads of the tool by which it hands off. */
export function describeHandoffTool({ to, when }: Pick<ContractDefinition, 'to' | 'when'>): string {
  return `Hands the task off to ${to.name}: ${to.goal}${when ? ` Use it when: ${when}` : ''}`;
}

/** How a contract is named where its version matters: `name@version`. */
export function toContractId(definition: Pick<ContractDefinition, 'name' | 'version'>): string {
  return `${definition.name}@${definition.version}`;
}

function listRequiredParts(payload: Schema<never> | Schema): string[] {
  const { shape = {} } = payload.def as unknown as { readonly shape?: Record<string, Schema> };
  return Object.entries(shape).flatMap(([name, part]) => (part._zod.optin === 'optional' ? [] : [name]));
}

/** How a required item is written in an acknowledgement. */
export function formatItemId({ name, version }: RequiredItem): string {
  return `${name}@${version}`;
}

const DECLARABLE: readonly string[] = ['specialization', 'domain-completion'] satisfies Trigger[];

/** Whether a trigger is for a team, or its code, to say; the others are what the runtime sees happen. */
export function isDeclarable(trigger: string): boolean {
  return DECLARABLE.includes(trigger);
}

/** Callers without types can write what the type forbids. */
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

/** Any end of a contract: an agent names the namespaces that it reads and writes, a person has no tools for it. */
interface End {
  readonly kind: 'agent' | 'human';
  readonly name: string;
  readonly memory?: readonly { readonly name: string }[];
}

/** References go only to who can read them, and come from who can know them. */
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
