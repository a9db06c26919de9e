/** The failure report: the attempts, their outcomes, and the state of the run. Read from the run's own records. */
import { defined } from '../../contracts/data/defined.js';
import type { BudgetLeft } from '../../contracts/handoff/loan.js';
import type { Cost } from '../../contracts/definitions/cost.js';
import type { RunView } from '../../contracts/wire/run-view.js';
import type { BatonError } from '../../contracts/errors.js';
import type { FailedAttempt, FailureReport } from '../../contracts/handoff/failure-report.js';
import type { Envelope } from '../../contracts/handoff/envelope.js';
import { countSettled, mergeSettledFacts } from '../../contracts/handoff/settled-facts.js';
import * as /* webpackDefer: true */ jsonSchema from '../../contracts/data/json-schema.js';
import type { AnyParticipant } from '../../contracts/definitions/participant.js';
import { addCost } from '../../contracts/definitions/price.js';
import { clip } from '../../contracts/data/preview.js';
import type { Schema } from '../../contracts/data/schema.js';
import type { TimelineEvent } from '../../contracts/wire/timeline.js';
import type { Run } from '../runtime/run.js';
import { getFirst, type Attempt, type Recovering } from '../task/attempts.js';
import { isBelow } from '../../contracts/data/step-path.js';

/** How many tool results a report contains: the latest ones. */
const RESULTS_LIMIT = 20;
const MESSAGE_LIMIT = 1_000;

/** The task that failed, for participants who may retry it. */
interface Failed {
  readonly envelope: Envelope;
  readonly candidates: readonly AnyParticipant[];
  readonly left: BudgetLeft;
}

export function buildReport(
  run: Run,
  recovering: Recovering,
  { envelope, candidates, left }: Failed,
): FailureReport {
  const { party, place } = getFirst(recovering);
  const { attempts } = recovering;
  const { used, budget } = run.view().steps;
  const declared: Schema | undefined = party.output;
  const expected = envelope.terms?.output ?? (declared && jsonSchema.toJsonSchema(declared));
  return {
    task: {
      agent: party.name,
      goal: party.goal,
      input: envelope.input,
      ...defined({ expected }),
      ...describeHanded(envelope),
    },
    attempts: attempts.map((attempt) => findFailure(run.timeline, attempt)),
    results: listResults(run.timeline, attempts),
    carriedOut: listEffects(run, recovering),
    state: {
      owner: run.owner,
      path: place,
      handoffs: [...run.routeState().handoffs],
      stepsLeft: Math.max(0, budget - used),
      ...toLeft(left),
    },
    candidates: candidates.map(({ name, goal }) => ({ name, goal })),
  };
}

/** The information that the receiver got besides the input, if any. */
function describeHanded({
  from,
  task,
  instructions,
  carried,
  summary,
}: Envelope): Pick<FailureReport['task'], 'handed'> {
  const known = mergeSettledFacts(carried, summary);
  if (task === undefined && instructions === undefined && countSettled(known) === 0) return {};
  return {
    handed: {
      from,
      ...(task === undefined ? {} : { task: { ...task, acceptance: [...task.acceptance] } }),
      ...defined({ instructions }),
      settled: {
        done: [...known.done],
        decisions: [...known.decisions],
        answered: [...known.answered],
        open: [...known.open],
        needToKnow: [...known.needToKnow],
      },
    },
  };
}

/** The limited budgets of the task that a retry uses. */
function toLeft({ tokens, cost, until }: BudgetLeft): Partial<FailureReport['state']> {
  const seconds = until === undefined ? undefined : (Date.parse(until) - Date.now()) / 1_000;
  return {
    ...defined({ tokensLeft: tokens, costLeft: cost }),
    ...(seconds === undefined ? {} : { secondsLeft: Math.max(0, Math.floor(seconds)) }),
  };
}

/** The effects of the attempts, which must not be repeated. */
export function listEffects(run: Pick<Run, 'effects'>, { attempts }: Recovering): string[] {
  return attempts.flatMap(({ place }) => run.effects.below(place));
}

function findFailure(timeline: readonly TimelineEvent[], { party, place, error }: Attempt): FailedAttempt {
  const turns = timeline.flatMap((event) => (event.kind === 'turn' && event.path === place ? [event] : []));
  const costs = turns.flatMap(({ cost }) => cost ?? []).reduce<readonly Cost[]>(addCost, []);
  const counted = {
    modelCalls: turns.length,
    inputTokens: turns.reduce((total, { inputTokens }) => total + inputTokens, 0),
    outputTokens: turns.reduce((total, { outputTokens }) => total + outputTokens, 0),
  };
  // A child agent counts its own turns, and its failure reports how many there were.
  const { modelCalls, inputTokens, outputTokens } = { ...counted, ...readUsage(error) };
  return {
    agent: party.name,
    turn: turns.length === 0 ? modelCalls : Math.max(...turns.map(({ turn }) => turn)),
    code: error.code,
    message: clip(error.message, MESSAGE_LIMIT),
    cost: {
      modelCalls,
      inputTokens,
      outputTokens,
      money: costs.map(({ amount, currency }) => ({ amount, currency })),
    },
  };
}

function readUsage({ facts }: BatonError): Partial<RunView['counts']> {
  const { used } = facts;
  return typeof used === 'object' && used !== null ? used : {};
}

function listResults(
  timeline: readonly TimelineEvent[],
  attempts: readonly Attempt[],
): FailureReport['results'] {
  const tried = (path: string): boolean => attempts.some(({ place }) => isBelow(path, place));
  return timeline
    .flatMap((event) =>
      event.kind === 'tool' && event.outcome === 'done' && tried(event.path)
        ? [{ agent: event.agent, tool: event.tool, preview: event.preview }]
        : [],
    )
    .slice(-RESULTS_LIMIT);
}
