/** An orchestration that may run forever: a loop over data, in as many executions as it needs. */
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

/** The options of a loop. */
export interface LoopOptions<Team extends TeamDefinition | undefined, In, Out> extends OrchestrationOptions<
  Team,
  In,
  Out
> {
  /** After how many turns it continues in a new execution; default 500. It continues sooner when the history is long. */
  readonly turnsPerExecution?: number;
}

/**
 * Defines an orchestration whose state is data. Between two turns it asks `loop.due()`, and then continues with `return
 * loop.goOn(state)`: its body starts again with that state, in a new execution of the same run.
 *
 * Paths of the later executions start with `r1`, `r2`, …, so that step ids never repeat.
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
  // The verbs of every body are the same object; a team narrows their types.
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
