/** Turns a plain async function into a durable workflow. */
import { CancellationScope, condition, isCancellation, sleep, workflowInfo } from '@temporalio/workflow';
import { digest } from '../contracts/canonical-json.js';
import { assertBudget, type Budget } from '../contracts/budget.js';
import { BatonError } from '../contracts/errors.js';
import { withDescription } from '../contracts/orchestration.js';
import type { RequesterToken } from '../contracts/proof/root.js';
import { assertWireSchema, parseWith, type Schema } from '../contracts/schema.js';
import type { TeamDefinition } from '../contracts/team.js';
import { fromFailure, toFailure } from './failures.js';
import { registerHandlers } from './handlers.js';
import { unreadable } from './payload-converter.js';
import { Run } from './run.js';
import { Ledger } from './transfer/budget.js';
import { withinTheRunsTime } from './transfer/within-time.js';
import { Control, type Moved, type Verbs } from './verbs.js';

/** What an orchestration declares of itself. All of it is checked when it is defined, or when a run starts. */
export interface OrchestrationOptions<Team extends TeamDefinition | undefined, In, Out> {
  readonly team?: Team;
  /** Checked before anything happens; an input that does not fit fails the run with `BAD_INPUT`. */
  readonly input?: Schema<In>;
  /** Checked at the end. */
  readonly output?: Schema<Out>;
  /** How many activities and specialists a run may use; default 500. */
  readonly maxSteps?: number;
  /** What a run may use at most: depth, turns, tokens, cost, wall time. */
  readonly budget?: Budget;
}

/** A workflow: start it by the name under which it is exported. */
export type Orchestration<In, Out> = (input: In) => Promise<Out>;

type Body<Team, In, Out> = (input: In, verbs: Verbs<Team>) => Promise<Out | Moved<Out>>;

/**
 * Defines an orchestration. Export it: the name of the export is the workflow type.
 *
 * The body is deterministic workflow code; everything it awaits through the verbs survives the death of workers and
 * server. A coded error that it does not catch fails the run; any other error holds the run until a worker with
 * mended code takes over, as in every Temporal workflow.
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
  if (!body) throw new BatonError('BAD_DEFINITION', 'orchestration(options, body): the body is missing.');
  if (options.input) assertWireSchema(options.input, 'orchestration, input');
  if (options.output) assertWireSchema(options.output, 'orchestration, output');
  assertBudget(options.budget, 'orchestration');
  const { team, input: inputSchema, output: outputSchema } = options;
  const workflow = (input: unknown, context?: unknown): Promise<unknown> =>
    runOrchestration(options, body as Body<undefined, unknown, unknown>, input, context);
  return withDescription(workflow, {
    ...(team ? { team } : {}),
    ...(inputSchema ? { input: inputSchema } : {}),
    ...(outputSchema ? { output: outputSchema } : {}),
  });
}

async function runOrchestration(
  options: OrchestrationOptions<TeamDefinition | undefined, unknown, unknown>,
  body: Body<undefined, unknown, unknown>,
  input: unknown,
  context: unknown,
): Promise<unknown> {
  const { workflowType } = workflowInfo();
  const run = new Run({
    team: options.team,
    maxSteps: options.maxSteps ?? 500,
    ledger: Ledger.ofRun(options.budget, Date.now()),
    owner: workflowType,
    requester: requesterIn(context, input),
  });
  registerHandlers(run);
  run.record({ kind: 'run-started', workflow: workflowType });
  try {
    const value = checkedInput(options, workflowType, input);
    const control = new Control(run);
    const output = control.unwrap(
      await uninterrupted(run, () => withinTheRunsTime(run, () => body(value, control.verbs()))),
    );
    const checked = checkedOutput(options, workflowType, output);
    run.end('completed');
    return checked;
  } catch (error) {
    throw ended(run, error);
  }
}

/** Who asked for the run, as its starter says: anybody can start a run, so what cannot be read says nothing. */
function requesterIn(context: unknown, input: unknown): RequesterToken | undefined {
  if (typeof context !== 'object' || context === null || !('requester' in context)) return undefined;
  const { requester: jws } = context;
  if (typeof jws !== 'string' || unreadable(input) !== undefined) return undefined;
  return { jws, input: digest(input ?? null) };
}

/** How long what a person ended may take to unwind, before the run ends without it. */
const UNWINDING = '10 seconds';

/**
 * Carries out the body of a run. Each promise in the sandbox costs a stack trace, so there are few.
 *
 * @throws {BatonError} `ABORTED` once a person has ended the run, whatever the body makes of that.
 */
export function uninterrupted<T>(run: Run, body: () => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    run.onAbort((why) => {
      CancellationScope.nonCancellable(async () => {
        await sleep(UNWINDING);
        // What cannot be undone and has begun is never left without its outcome.
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

function checkedInput(
  options: OrchestrationOptions<TeamDefinition | undefined, unknown, unknown>,
  workflow: string,
  input: unknown,
): unknown {
  const why = unreadable(input);
  const parsed = why === undefined ? parseWith(options.input, input) : { ok: false as const, problem: why };
  if (parsed.ok) return parsed.value;
  const what = why === undefined ? 'does not fit its schema' : 'cannot be read';
  throw new BatonError('BAD_INPUT', `The input of ${workflow} ${what}.\n${parsed.problem}`, { workflow });
}

function checkedOutput(
  options: OrchestrationOptions<TeamDefinition | undefined, unknown, unknown>,
  workflow: string,
  output: unknown,
): unknown {
  const parsed = parseWith(options.output, output);
  if (parsed.ok) return parsed.value;
  throw new BatonError(
    'OUTPUT_INVALID',
    `The result of ${workflow} does not fit its schema.\n${parsed.problem}`,
    { workflow },
  );
}

/** What to throw so that Temporal does the right thing: fail the run, cancel it, or hold it for mended code. */
export function ended(run: Run, error: unknown): unknown {
  if (isCancellation(error)) {
    run.end('failed', new BatonError('CANCELLED', 'The run was cancelled.'));
    return error;
  }
  const known = fromFailure(error);
  if (!(known instanceof BatonError)) return error;
  run.end('failed', known);
  return toFailure(known);
}
