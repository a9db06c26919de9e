/**
 * The definition of an orchestration: its options and its body. The workflow function carries it, so that the same
 * orchestration can be a separate run or a part of another one.
 */
import type { Json } from '../../contracts/data/json.js';
import type { Budget } from '../../contracts/handoff/budget.js';
import type { Schema } from '../../contracts/data/schema.js';
import type { TeamDefinition } from '../../contracts/definitions/team.js';
import type { Loop } from './loop.js';
import type { Verbs } from './verbs.js';

/** The options of an orchestration. All of them are checked at the definition or when a run starts. */
export interface OrchestrationOptions<Team extends TeamDefinition | undefined, In, Out> {
  /** Its name in the paths and errors of a run that it is a part of; default `part`. */
  readonly name?: string;
  readonly team?: Team;
  /** Checked before anything happens; an invalid input fails the run with `BAD_INPUT`. */
  readonly input?: Schema<In>;
  /** Checked at the end. */
  readonly output?: Schema<Out>;
  /** How many activities and child agents a run may use; default 500. */
  readonly maxSteps?: number;
  /** The budget of a run: depth, turns, tokens, cost, wall time. */
  readonly budget?: Budget;
}

export type AnyOptions = OrchestrationOptions<TeamDefinition | undefined, unknown, unknown>;

/** A workflow: start it by its export name. */
export type Orchestration<In, Out> = (input: In) => Promise<Out>;

/** Where a loop starts: with the run's input, or with the state of the previous execution. */
export type LoopStart<In, State> = { readonly input: In } | { readonly state: State };

/** The common form of every kind of body. */
export type AnyBody = (
  start: LoopStart<unknown, Json>,
  verbs: Verbs<undefined>,
  loop: Loop,
) => Promise<unknown>;

export interface Definition {
  readonly options: AnyOptions;
  readonly body: AnyBody;
  /** After how many turns a loop must continue in a new execution; a plain orchestration never does. */
  readonly turnsPerExecution?: number;
  /** Whether it is a conversation. Any other orchestration refuses a start as a conversation. */
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
