/** Turns a plain async function into a durable workflow. */
import { assertSendable } from '../../contracts/data/sendable.js';
import {
  CancellationScope,
  condition,
  ContinueAsNew,
  isCancellation,
  sleep,
  workflowInfo,
} from '@temporalio/workflow';
import { defined } from '../../contracts/data/defined.js';
import { assertBudget } from '../../contracts/handoff/budget.js';
import type { Json } from '../../contracts/data/json.js';
import { toReadable } from '../../contracts/data/thrown.js';
import { createDefinitionError, BatonError, createInputError } from '../../contracts/errors.js';
import { withDescription } from '../../contracts/definitions/orchestration.js';
import { assertWireSchema } from '../../contracts/data/schema.js';
import { TALK_ONLY } from '../../contracts/wire/swarm.js';
import type { TeamDefinition } from '../../contracts/definitions/team.js';
import { fromFailure, toFailure } from '../runtime/failures.js';
import { explainMissingGlobal } from './missing-global.js';
import { registerHandlers } from './handlers.js';
import { parseDeclaredInput, parseDeclaredOutput } from './parse-declared.js';
import { readContinuation } from '../runtime/continuation.js';
import {
  withDefinition,
  type Definition,
  type Orchestration,
  type OrchestrationOptions,
} from './definition.js';
import { Loop } from './loop.js';
import { Run } from '../runtime/run.js';
import { BudgetAccount } from '../runtime/budget.js';
import { runWithinRunTime } from '../runtime/deadline.js';
import { Control, type Moved, type Verbs } from './verbs.js';

type Body<Team, In, Out> = (input: In, verbs: Verbs<Team>) => Promise<Out | Moved<Out>>;

/**
 * Defines an orchestration. Export it: the name of the export is the workflow type.
 *
 * The body is deterministic workflow code. Everything that it awaits through the verbs survives a crash of workers and
 * server. A coded error that it does not catch fails the run. Any other error leaves the run stuck until a worker with
 * fixed code takes over, as in every Temporal workflow.
 */
export function orchestration<In, Out>(body: Body<undefined, In, Out>): Orchestration<In, Out>;
export function orchestration<
  Team extends TeamDefinition | undefined = undefined,
  In = unknown,
  Out = unknown,
>(options: OrchestrationOptions<Team, In, Out>, body: Body<Team, In, Out>): Orchestration<In, Out>;
export function orchestration(
  first: OrchestrationOptions<TeamDefinition | undefined, unknown, unknown> | Body<never, never, unknown>,
  second?: Body<never, never, unknown>,
): Orchestration<unknown, unknown> {
  const [options, body] = typeof first === 'function' ? [{}, first] : [first, second];
  if (!body) throw createDefinitionError('orchestration(options, body): the body is missing.');
  const whole = body as unknown as (input: unknown, verbs: Verbs<undefined>) => Promise<unknown>;
  return define({
    options,
    body: (start, verbs) => whole('input' in start ? start.input : undefined, verbs),
  });
}

/** Makes the workflow of a definition. */
export function define(definition: Definition): Orchestration<unknown, unknown> {
  const { options } = definition;
  if (options.input) assertWireSchema(options.input, 'orchestration, input');
  if (options.output) assertWireSchema(options.output, 'orchestration, output');
  assertBudget(options.budget, 'orchestration');
  const { team, input, output } = options;
  const workflow = (given: unknown, context?: unknown): Promise<unknown> =>
    runOrchestration(definition, given, context);
  return withDefinition(
    withDescription(workflow, {
      ...defined({ team, input, output }),
      ...(definition.talks ? { talks: true as const } : {}),
    }),
    definition,
  );
}

async function runOrchestration(
  { options, body, turnsPerExecution, talks }: Definition,
  input: unknown,
  context: unknown,
): Promise<unknown> {
  const { workflowType, continuedFromExecutionRunId } = workflowInfo();
  const continued = turnsPerExecution === undefined ? undefined : readContinuation(context);
  const startedAt = continued?.startedAt ?? Date.now();
  const run = new Run({
    team: options.team,
    maxSteps: options.maxSteps ?? 500,
    ledger: BudgetAccount.ofRun(options.budget, startedAt),
    owner: continued?.owner ?? workflowType,
    ...defined({ origin: continued?.origin }),
    ...(continued ? { continues: continued } : {}),
  });
  registerHandlers(run);
  run.tell({
    kind: 'run-started',
    workflow: workflowType,
    ...defined({ continues: continuedFromExecutionRunId }),
  });
  try {
    if (!talks) assertMeant(workflowType, input);
    const value = parseDeclaredInput(options, workflowType, input);
    if (!talks) run.origin.ask(value as Json);
    const control = new Control(run);
    const loop = new Loop(
      run,
      turnsPerExecution === undefined ? undefined : { turnsPerExecution, input, continued, startedAt },
    );
    const start = continued ? { state: continued.state } : { input: value };
    const begin = (): Promise<unknown> => body(start, control.verbs(), loop);
    const begun = isAnnounced(context) ? () => waitForRequester(run).then(begin) : begin;
    const output = control.unwrap(await runUninterrupted(run, () => runWithinRunTime(run, begun)));
    await run.effects.verbs.assertNone(run.effects);
    const checked = parseDeclaredOutput(options, workflowType, output);
    assertSendable('The result of the run', checked);
    run.end('completed');
    return checked;
  } catch (error) {
    throw endRun(run, await findForgotten(run, error));
  }
}

/** A run that continues in a new execution would abandon open verbs, so these make it fail instead. */
async function findForgotten(run: Run, error: unknown): Promise<unknown> {
  if (!(error instanceof ContinueAsNew)) return error;
  return run.effects.verbs.assertNone(run.effects).then(
    () => error,
    (forgotten: unknown) => forgotten,
  );
}

/** @throws {BatonError} `BAD_INPUT` when a caller starts a conversation with a workflow that accepts no messages. */
function assertMeant(workflow: string, input: unknown): void {
  if (typeof input !== 'object' || input === null || !Object.hasOwn(input, TALK_ONLY)) return;
  throw createInputError(`${workflow} is not a swarm and does not accept messages. Nothing was done.`, {
    workflow,
  });
}

/** Whether the starter of the run will say who requested it. The starter can sign that only once the run has its id. */
function isAnnounced(context: unknown): boolean {
  return (
    typeof context === 'object' && context !== null && 'requested' in context && context.requested === true
  );
}

/** If no token arrives in this time, the requester is not proven. */
const REQUESTED_WITHIN = '30 seconds';

/** Runs first, so that the token is among the first events, where workers look for it. */
async function waitForRequester(run: Pick<Run, 'isRequested' | 'note'>): Promise<void> {
  const summary = 'who asked for the run';
  if (run.isRequested || (await condition(() => run.isRequested, REQUESTED_WITHIN, { summary }))) return;
  run.note('Nobody has said who asked for this run.', 'DECISION_UNPROVEN');
}

/** How long an aborted run may take to unwind, before it ends without waiting. */
const UNWINDING = '10 seconds';

/**
 * Runs the body of a run. Each promise in the sandbox costs a stack trace, so there are few.
 *
 * @throws {BatonError} `ABORTED` once a person has aborted the run, regardless of how the body handles that.
 */
export function runUninterrupted<T>(
  run: Pick<Run, 'abortion' | 'effects' | 'notices' | 'onAbort'>,
  body: () => Promise<T>,
): Promise<T> {
  return new Promise((resolve, reject) => {
    run.onAbort((why) => {
      CancellationScope.nonCancellable(async () => {
        await sleep(UNWINDING);
        // An irreversible action that has started always gets its outcome.
        await condition(() => run.effects.underWay === 0);
      }).then(() => run.notices.afterwards(() => reject(why)), reject);
    });
    Promise.resolve(body()).then(
      (value) =>
        run.notices.afterwards(() => (run.abortion === undefined ? resolve(value) : reject(run.abortion))),
      (error: unknown) => run.notices.afterwards(() => reject(run.abortion ?? error)),
    );
  });
}

/** The error to throw so that Temporal fails the run, cancels it, or leaves it stuck until the code is fixed. */
export function endRun(run: Pick<Run, 'end'>, error: unknown): unknown {
  // The run continues.
  if (error instanceof ContinueAsNew) return error;
  if (isCancellation(error)) {
    run.end('failed', new BatonError('CANCELLED', 'The run was cancelled.'));
    return error;
  }
  const known = fromFailure(error);
  if (!(known instanceof BatonError)) return explainMissingGlobal(toReadable(error));
  run.end('failed', known);
  return toFailure(known);
}
