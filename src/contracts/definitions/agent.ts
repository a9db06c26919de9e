/** An agent: its prompt, model and tools, and the schemas of its input and output. */
import { check, register } from './definition-registry.js';
import { createDefinitionError } from '../errors.js';
import type { FailureReport, RecoveryDecision } from '../handoff/failure-report.js';
import type { HumanDefinition } from './human.js';
import type { JsonInput } from '../data/json.js';
import { assertKeys, type Keys } from '../data/known-keys.js';
import type { MemoryDefinition } from './memory.js';
import { assertName, findRepeated } from '../data/names.js';
import { assertWhole } from '../data/whole-number.js';
import { assertPermissions, assertToolsWithin } from './permission.js';
import { hasSameShape } from './same-shape.js';
import { assertModelSchema, assertWireSchema, parseWith, type Schema } from '../data/schema.js';
import type { ToolDefinition } from './tool.js';
import { planWaiting, type WaitingTimes } from './waiting-times.js';

/** An agent as {@link agent} defines it. Immutable data that the worker, the workflow and clients read. */
export interface AgentDefinition<Name extends string = string, In = unknown, Out = unknown> extends Omit<
  AgentSpecification<Name, In, Out>,
  'input' | 'output' | 'recovery'
> {
  readonly kind: 'agent';
  readonly input?: Schema;
  readonly output?: Schema;
  /** The agent's tools and those of its shared memory. */
  readonly tools: readonly ToolDefinition[];
  readonly permissions: readonly string[];
  readonly memory: readonly MemoryDefinition[];
  readonly model: string;
  readonly maxTurns: number;
  readonly runs: 'inline' | 'child';
  readonly recovery?: AgentRecovery | 'none';
  /** Types only: the agent's input and output. Nothing is stored here. */
  readonly types?: { readonly take: (input: In) => void; readonly give: Out };
}

/** An agent that reads a failure report and decides how to recover. */
export type RecoveryAgent = AgentDefinition<string, FailureReport, RecoveryDecision>;

/** The person who decides on a failure, and how long the request may wait. */
export interface RecoveryPerson extends WaitingTimes {
  /** Roles that may decide. Default: anyone. */
  readonly roles?: readonly string[];
}

/** How to handle this agent's failures, where it differs from its team's recovery policy. */
export interface AgentRecovery<Out = unknown> {
  /** Runs the same task instead of this agent. It must have the same input and output. */
  readonly alternative?: AgentDefinition<string, never, unknown> | HumanDefinition<string, never, unknown>;
  readonly agent?: RecoveryAgent;
  readonly person?: boolean | RecoveryPerson;
  /** The result when recovery is exhausted: the first error, or a fixed output. */
  readonly end?: 'fail' | { readonly output: Out };
}

export interface AgentSpecification<Name extends string, In, Out> {
  readonly name: Name;
  /** The agent's objective, in one sentence. */
  readonly goal: string;
  /** The agent's role, e.g. "a claims adjuster". */
  readonly role?: string;
  /** How the agent works: rules, tone, format. */
  readonly instructions?: string;
  /** Default: any JSON. */
  readonly input?: Schema<In>;
  /** Default: text. */
  readonly output?: Schema<Out>;
  readonly tools?: readonly ToolDefinition[];
  /**
   * The most permissions that the agent can have. For one task it gets those that its sender has too, plus those that
   * the contract grants.
   */
  readonly permissions?: readonly string[];
  /**
   * Namespaces of the shared memory. The agent reads and writes them with the tools `remember_…`, `recall_…` and
   * `list_…`.
   */
  readonly memory?: readonly MemoryDefinition[];
  /** A name under `models` in the configuration; default `default`. */
  readonly model?: string;
  /** The maximum number of model calls for one task; default 20. */
  readonly maxTurns?: number;
  /** `child` runs the agent as a child workflow with a separate history; default `inline`. */
  readonly runs?: 'inline' | 'child';
  /** Overrides the team's recovery policy field by field. `none` turns recovery off: the task fails with its error. */
  readonly recovery?: AgentRecovery<NoInfer<Out>> | 'none';
}

const KEYS: Keys<AgentSpecification<string, unknown, unknown>> = {
  name: true,
  goal: true,
  role: true,
  instructions: true,
  input: true,
  output: true,
  tools: true,
  permissions: true,
  memory: true,
  model: true,
  maxTurns: true,
  runs: true,
  recovery: true,
};

/**
 * Defines an agent.
 *
 * @throws {BatonError} `BAD_DEFINITION` for an unknown option, a bad name, a turn limit below 1 or an invalid recovery; for a schema whose
 * input and output types differ; for two tools with the same name, or a tool whose required permission the agent does
 * not declare.
 */
export function agent<const Name extends string, In = JsonInput, Out = string>(
  spec: AgentSpecification<Name, In, Out>,
): AgentDefinition<Name, In, Out> {
  const { name, input, output, recovery } = spec;
  const permissions = spec.permissions ?? [];
  const memory = spec.memory ?? [];
  const tools = [
    ...(spec.tools ?? []),
    ...memory.flatMap(({ remember, recall, list }) => [remember, recall, list]),
  ];
  const maxTurns = spec.maxTurns ?? 20;
  check(
    () => assertName('agent', name),
    () => assertKeys(`agent ${name}`, spec, KEYS),
    () => input && assertWireSchema(input, `agent ${name}, input`),
    () => output && assertModelSchema(output, `agent ${name}, output`),
    () => assertDistinctTools(name, tools),
    () => assertPermissions(permissions, `agent ${name}`, 'permissions'),
    () => assertToolsWithin(name, tools, permissions),
    () => typeof recovery === 'object' && assertRecoveryOf(spec, recovery),
    () => assertWhole(`agent ${name}: maxTurns`, maxTurns),
  );
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

function assertDistinctTools(agent: string, tools: readonly ToolDefinition[]): void {
  const twice = findRepeated(tools.map(({ name }) => name));
  if (twice !== undefined) throw createDefinitionError(`agent ${agent}: two tools are named ${twice}.`);
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
    parsed.ok && output === undefined && typeof end.output !== 'string' ? 'It is not a text.' : undefined;
  if (parsed.ok && problem === undefined) return;
  throw createDefinitionError(
    `agent ${name}: recovery.end.output does not fit its output. ${problem ?? (parsed.ok ? '' : parsed.problem)}`,
  );
}

/** The input of an agent. For a union of agents: an input that all of them accept. */
export type InputOf<A> = [A] extends [{ readonly types?: { readonly take: (input: infer In) => void } }]
  ? In
  : never;

/** The output of an agent. For a union of agents: the output of any of them. */
export type OutputOf<A> = A extends { readonly types?: { readonly give: infer Out } } ? Out : never;
