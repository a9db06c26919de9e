/** An agent: a narrow competence with a prompt, a model, tools, and the shapes of what it takes and gives. */
import { register } from './definition-registry.js';
import { createDefinitionError } from '../errors.js';
import type { FailureReport, RecoveryDecision } from '../handoff/failure-report.js';
import type { HumanDefinition } from './human.js';
import type { JsonInput } from '../data/json.js';
import type { MemoryDefinition } from './memory.js';
import { assertName, findRepeated } from '../data/names.js';
import { assertWhole } from '../data/whole-number.js';
import { assertPermissions, assertToolsWithin } from './permission.js';
import { hasSameShape } from './same-shape.js';
import { assertModelSchema, assertWireSchema, parseWith, type Schema } from '../data/schema.js';
import type { ToolDefinition } from './tool.js';
import { planWaiting, type WaitingTimes } from './waiting-times.js';

/** An agent as {@link agent} defines it: data that every side reads, and that never changes. */
export interface AgentDefinition<Name extends string = string, In = unknown, Out = unknown> extends Omit<
  AgentSpecification<Name, In, Out>,
  'input' | 'output' | 'recovery'
> {
  readonly kind: 'agent';
  readonly input?: Schema;
  readonly output?: Schema;
  /** Its own, and those of the shared memory. */
  readonly tools: readonly ToolDefinition[];
  readonly permissions: readonly string[];
  readonly memory: readonly MemoryDefinition[];
  readonly model: string;
  readonly maxTurns: number;
  readonly runs: 'inline' | 'child';
  readonly recovery?: AgentRecovery | 'none';
  /** Types only: what the agent takes and gives. Nothing is stored here. */
  readonly types?: { readonly take: (input: In) => void; readonly give: Out };
}

/** Reads what went wrong, and decides how it is mended. */
export type RecoveryAgent = AgentDefinition<string, FailureReport, RecoveryDecision>;

/** Which person decides on a failure, and for how long it may wait. */
export interface RecoveryPerson extends WaitingTimes {
  /** Who is meant; anybody without them. */
  readonly roles?: readonly string[];
}

/** What an agent's own failures lead to, where it is not what its team declares. */
export interface AgentRecovery<Out = unknown> {
  /** Does the same task in this agent's place; takes the same input and gives the same output. */
  readonly alternative?: AgentDefinition<string, never, unknown> | HumanDefinition<string, never, unknown>;
  readonly agent?: RecoveryAgent;
  readonly person?: boolean | RecoveryPerson;
  /** What follows when nothing helped: the first error, or a result that says so. */
  readonly end?: 'fail' | { readonly output: Out };
}

export interface AgentSpecification<Name extends string, In, Out> {
  readonly name: Name;
  /** What the agent is to achieve, in a sentence. */
  readonly goal: string;
  /** Who it is, e.g. "a claims adjuster". */
  readonly role?: string;
  /** How it works: rules, tone, format. */
  readonly instructions?: string;
  /** Without one, any JSON goes in. */
  readonly input?: Schema<In>;
  /** Without one, text comes out. */
  readonly output?: Schema<Out>;
  readonly tools?: readonly ToolDefinition[];
  /** What it may hold at most. With a task it has of these what its giver has too, and what the contract grants. */
  readonly permissions?: readonly string[];
  /** The namespaces of the shared memory that it reads and writes, by the tools `remember_…`, `recall_…` and `list_…`. */
  readonly memory?: readonly MemoryDefinition[];
  /** A name under `models` in the configuration; default `default`. */
  readonly model?: string;
  /** How many model calls one task may take; default 20. */
  readonly maxTurns?: number;
  /** `child` gives the agent a workflow of its own, with its own history; default `inline`. */
  readonly runs?: 'inline' | 'child';
  /** What its failures lead to, part by part over what its team declares; `none` for nothing but the error. */
  readonly recovery?: AgentRecovery<NoInfer<Out>> | 'none';
}

/**
 * Defines an agent.
 *
 * @throws {BatonError} `BAD_DEFINITION` for a bad name, a schema that is not the same in and out, two tools of one
 * name, a tool that needs a permission which the agent does not declare, a turn limit below 1,
 * or a recovery that cannot be carried out.
 */
export function agent<const Name extends string, In = JsonInput, Out = string>(
  spec: AgentSpecification<Name, In, Out>,
): AgentDefinition<Name, In, Out> {
  assertName('agent', spec.name);
  if (spec.input) assertWireSchema(spec.input, `agent ${spec.name}, input`);
  if (spec.output) assertModelSchema(spec.output, `agent ${spec.name}, output`);
  const permissions = spec.permissions ?? [];
  const memory = spec.memory ?? [];
  const tools = [
    ...(spec.tools ?? []),
    ...memory.flatMap(({ remember, recall, list }) => [remember, recall, list]),
  ];
  const maxTurns = spec.maxTurns ?? 20;
  const twice = findRepeated(tools.map(({ name }) => name));
  if (twice !== undefined) throw createDefinitionError(`agent ${spec.name}: two tools are named ${twice}.`);
  assertPermissions(permissions, `agent ${spec.name}`, 'permissions');
  assertToolsWithin(spec.name, tools, permissions);
  if (typeof spec.recovery === 'object') assertRecoveryOf(spec, spec.recovery);
  assertWhole(`agent ${spec.name}: maxTurns`, maxTurns);
  const definition: AgentDefinition<Name, In, Out> = Object.freeze({
    kind: 'agent' as const,
    ...spec,
    tools,
    permissions,
    memory,
    model: spec.model ?? 'default',
    maxTurns,
    runs: spec.runs ?? 'inline',
  });
  register(definition);
  return definition;
}

function assertRecoveryOf(
  { name, input, output }: { readonly name: string; readonly input?: Schema; readonly output?: Schema },
  { alternative, end, person }: AgentRecovery,
): void {
  const shape = { ...(input ? { input } : {}), ...(output ? { output } : {}) };
  if (alternative !== undefined && !hasSameShape(shape, alternative)) {
    throw createDefinitionError(
      `agent ${name}: its alternative ${alternative.name} does not take the same input and give the same output.`,
    );
  }
  if (typeof person === 'object') planWaiting(person, `agent ${name}, recovery.person`);
  if (typeof end !== 'object') return;
  const parsed = parseWith(output, end.output);
  const problem =
    parsed.ok && output === undefined && typeof end.output !== 'string' ? 'It is no text.' : undefined;
  if (parsed.ok && problem === undefined) return;
  throw createDefinitionError(
    `agent ${name}: recovery.end.output does not fit its output. ${problem ?? (parsed.ok ? '' : parsed.problem)}`,
  );
}

/** What an agent takes. For a union of agents: what all of them take. */
export type InputOf<A> = [A] extends [{ readonly types?: { readonly take: (input: infer In) => void } }]
  ? In
  : never;

/** What an agent gives. For a union of agents: what any of them gives. */
export type OutputOf<A> = A extends { readonly types?: { readonly give: infer Out } } ? Out : never;
