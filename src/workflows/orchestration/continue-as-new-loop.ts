/** An orchestration that may go on for ever: a loop over data, in as many executions as it takes. */
import { createDefinitionError } from '../../contracts/errors.js';
import type { Json } from '../../contracts/data/json.js';
import { UNBOUNDED_STEPS } from '../../contracts/wire/steps-text.js';
import type { TeamDefinition } from '../../contracts/definitions/team.js';
import type {
  AnyBody,
  AnyOptions,
  Definition,
  LoopStart,
  Orchestration,
  OrchestrationOptions,
} from './definition.js';
import { TURNS_PER_EXECUTION, type Loop } from './loop.js';
import { define } from './orchestration.js';
import type { Verbs } from './verbs.js';

/** What a loop declares of itself. */
export interface LoopOptions<Team extends TeamDefinition | undefined, In, Out> extends OrchestrationOptions<
  Team,
  In,
  Out
> {
  /** After how many turns it goes on in a new execution; default 500. Sooner where the history is long. */
  readonly turnsPerExecution?: number;
}

/**
 * Defines an orchestration whose state is data. Between two turns it asks `loop.due()`, and then goes on with
 * `return loop.goOn(state)`: its body begins again, in a new execution of the same run, with that state.
 *
 * Paths of the later executions begin with `r1`, `r2`, …, so that no step has the id of one before.
 */
export function loop<
  Team extends TeamDefinition | undefined = undefined,
  In = unknown,
  Out = unknown,
  State extends Json = Json,
>(
  options: LoopOptions<Team, In, Out>,
  body: (start: LoopStart<In, State>, verbs: Verbs<Team>, loop: Loop) => Promise<Out>,
): Orchestration<In, Out> {
  // The verbs of every body are the same object; a team narrows what they take.
  return define(createLoopDefinition(options as never, body as never)) as Orchestration<In, Out>;
}

/** @throws {BatonError} `BAD_DEFINITION`. */
export function createLoopDefinition(
  options: LoopOptions<TeamDefinition | undefined, unknown, unknown>,
  body: AnyBody,
): Definition {
  const { turnsPerExecution = TURNS_PER_EXECUTION, ...declared } = options;
  if (!Number.isInteger(turnsPerExecution) || turnsPerExecution < 1) {
    throw createDefinitionError(
      `turnsPerExecution must be a whole number from 1; it is ${JSON.stringify(turnsPerExecution)}.`,
      { turnsPerExecution },
    );
  }
  return {
    options: { maxSteps: UNBOUNDED_STEPS, ...declared } as AnyOptions,
    body,
    turnsPerExecution,
  };
}
