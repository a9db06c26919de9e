/**
 * An orchestration as it is defined: what it declares, and its body. The workflow function carries it, so that the same
 * orchestration can be a run of its own or a part of another's.
 */
import type { Json } from '../../contracts/data/json.js';
import type { Budget } from '../../contracts/handoff/budget.js';
import type { Schema } from '../../contracts/data/schema.js';
import type { TeamDefinition } from '../../contracts/definitions/team.js';
import type { Loop } from './loop.js';
import type { Verbs } from './verbs.js';

/** What an orchestration declares of itself. All of it is checked when it is defined, or when a run starts. */
export interface OrchestrationOptions<Team extends TeamDefinition | undefined, In, Out> {
  /** What it is called in the paths and the errors of a run that it is a part of; default `part`. */
  readonly name?: string;
  readonly team?: Team;
  /** Checked before anything happens; an input that does not fit fails the run with `BAD_INPUT`. */
  readonly input?: Schema<In>;
  /** Checked at the end. */
  readonly output?: Schema<Out>;
  /** How many activities and child agents a run may use; default 500. */
  readonly maxSteps?: number;
  /** What a run may use at most: depth, turns, tokens, cost, wall time. */
  readonly budget?: Budget;
}

export type AnyOptions = OrchestrationOptions<TeamDefinition | undefined, unknown, unknown>;

/** A workflow: start it by the name under which it is exported. */
export type Orchestration<In, Out> = (input: In) => Promise<Out>;

/** Where a loop begins: with the run's input, or with the state that the execution before left. */
export type LoopStart<In, State> = { readonly input: In } | { readonly state: State };

/** What every kind of body is brought down to. */
export type AnyBody = (
  start: LoopStart<unknown, Json>,
  verbs: Verbs<undefined>,
  loop: Loop,
) => Promise<unknown>;

export interface Definition {
  readonly options: AnyOptions;
  readonly body: AnyBody;
  /** After how many turns a loop is due to go on in a new execution; a plain orchestration never is. */
  readonly turnsPerExecution?: number;
  /** Whether it is a conversation: what is started only to be talked with is refused by any other. */
  readonly talks?: true;
}

const DEFINITION: unique symbol = Symbol('baton.definition');

export function withDefinition<F extends object>(workflow: F, definition: Definition): F {
  return Object.assign(workflow, { [DEFINITION]: definition });
}

/** The definition of an orchestration; undefined for any other value. */
export function getDefinition(value: unknown): Definition | undefined {
  return typeof value === 'function' ? (value as { [DEFINITION]?: Definition })[DEFINITION] : undefined;
}
