/** The verb `route`: decides who gets a task, and records how. It does not move control. */
import { defined } from '../../contracts/data/defined.js';
import { createOffer } from '../../contracts/requests/decision-options.js';
import { BatonError } from '../../contracts/errors.js';
import type { Json } from '../../contracts/data/json.js';
import { describeNearest } from '../../contracts/data/nearest.js';
import { findNearest } from '../../contracts/handoff/nearest.js';
import { clip } from '../../contracts/data/preview.js';
import type {
  Classification,
  ClassifierRouter,
  Destination,
  Router,
  RulesRouter,
  SimilarityRouter,
  SingleRouter,
} from '../../contracts/definitions/router.js';
import type { RouteAttempt } from '../../contracts/wire/timeline.js';
import { scoreDestinations } from '../runtime/activities.js';
import { waitForDecision } from '../approvals/wait-for-decision.js';
import type { Run } from '../runtime/run.js';
import { sealEnvelope } from '../task/envelope.js';
import { createLimits } from '../task/task-limits.js';
import { beginTask } from '../task/task.js';
import { runAgent } from '../agent/agent-loop.js';
import { joinPath, buildRoutePersonPath } from '../../contracts/data/step-path.js';

/** The destination when no router is sure: an agent, a person's choice, or the current owner. */
export type Fallback = Destination | 'person' | 'keep';

/** The input of `route`. */
export interface RouteQuestion<In, D extends Destination, F extends Fallback> {
  readonly input: In;
  readonly by: Router<In, D>;
  readonly fallback: F;
}

/** How the decision was made. */
export interface RouteWhy {
  /** The source of the decision: a kind of router, a person, or the fallback. */
  readonly by: 'rules' | 'classifier' | 'similarity' | 'person' | 'fallback';
  /** From 0 to 1; absent when a person or the fallback decided. */
  readonly confidence?: number;
  readonly reason?: string;
}

/** The destination: `to` is its name, `agent` the destination itself. */
export type Routed<D extends Destination> = D extends Destination
  ? RouteWhy & { readonly to: D['name']; readonly agent: D }
  : never;
/** The task stays with its current owner. */
export type Kept = RouteWhy & { readonly to: 'keep' };

/** The possible results of `route`: one of the destinations, the fallback's agent, or `keep`. */
export type RouteResult<D extends Destination, F extends Fallback> =
  Routed<D> | (F extends Destination ? Routed<F> : Kept);

interface Choice extends RouteWhy {
  readonly to: string;
}

/**
 * Asks the router; if it does not decide, the fallback does.
 *
 * @throws {BatonError} `UNKNOWN_AGENT` for a destination that is not on the team.
 */
export async function route(
  run: Run,
  question: RouteQuestion<never, Destination, Fallback>,
): Promise<RouteResult<Destination, Fallback>> {
  const { input, by: router, fallback } = question;
  const path = run.scopes.next('route');
  const destinations = [...router.among, ...(typeof fallback === 'string' ? [] : [fallback])];
  assertOnTeam(run, destinations);
  const tried: RouteAttempt[] = [];
  const choice =
    (await decide(run, router, input, path, tried)) ?? (await fallBack(run, question, path, tried));
  run.record({ kind: 'routed', router: router.name, ...choice, tried }, path);
  const { to, ...why } = choice;
  run.handoffLog.choose({
    scope: run.scopes.path,
    to,
    among: destinations.map(({ name }) => name),
    routing: { ...why, router: router.name },
  });
  const agent = destinations.find(({ name }) => name === choice.to);
  // The compiler cannot derive from a union that the choice names one of its destinations.
  return agent ? ({ ...choice, agent } as RouteResult<Destination, Fallback>) : { ...choice, to: 'keep' };
}

async function decide(
  run: Run,
  router: Router<never>,
  input: never,
  path: string,
  tried: RouteAttempt[],
): Promise<Choice | undefined> {
  for (const single of router.by === 'chain' ? router.routers : [router]) {
    const attempt = await toRouteAttempt(run, single, input, path);
    tried.push(attempt);
    const { to, confidence, reason } = attempt;
    if (to === undefined || !attempt.decided) continue;
    return {
      to,
      by: attempt.by,
      ...defined({ confidence, reason }),
    };
  }
  return undefined;
}

/** The answer of one router. A failed router has decided nothing: the next is asked, and the failure is recorded. */
async function toRouteAttempt(
  run: Run,
  router: SingleRouter<never>,
  input: never,
  path: string,
): Promise<RouteAttempt> {
  try {
    const attempt = await ATTEMPTS[router.by](run, router as never, input, path);
    const declared = attempt.to === undefined || router.among.some(({ name }) => name === attempt.to);
    if (declared) return attempt;
    const problem = `It chose ${attempt.to}, which is not among its destinations.`;
    return { router: router.name, by: router.by, decided: false, problem };
  } catch (error) {
    if (!(error instanceof BatonError) || run.abortion) throw error;
    const problem = clip(`${error.code}: ${error.message}`, 300);
    return { router: router.name, by: router.by, decided: false, problem };
  }
}

const ATTEMPTS = {
  rules: (
    run: Pick<Run, 'routeState'>,
    router: RulesRouter<unknown>,
    input: unknown,
  ): Promise<RouteAttempt> => {
    const { name } = router;
    const state = run.routeState();
    const rule = router.rules.find(({ when }) => when(input, state));
    const attempt: RouteAttempt = rule
      ? { router: name, by: 'rules', decided: true, to: rule.to.name, confidence: 1, reason: rule.name }
      : { router: name, by: 'rules', decided: false };
    return Promise.resolve(attempt);
  },
  classifier: async (
    run: Run,
    router: ClassifierRouter,
    input: Json,
    path: string,
  ): Promise<RouteAttempt> => {
    const { agent, name, among, describe, atLeast } = router;
    const destinations = among.map((each) => ({
      name: each.name,
      competence: describe[each.name] ?? each.goal,
    }));
    const place = joinPath(path, name);
    const standing = createLimits(run, agent, place, {});
    const envelope = sealEnvelope(run, {
      standing,
      from: run.owner,
      to: agent,
      control: 'delegate',
      routing: { by: 'code' },
      trigger: 'specialization',
      input: { input, destinations },
      place,
    });
    const result = await runAgent(run, {
      agent: agent.name,
      maxTurns: agent.maxTurns,
      handoffs: [],
      redirectTo: () => [],
      start: beginTask(agent, place, envelope, standing).start,
      ledger: standing.ledger,
      path: place,
    });
    if (result.kind !== 'finish') throw new TypeError('A classifier can only finish.');
    const { destination: to, confidence, reason } = result.output as unknown as Classification;
    return { router: name, by: 'classifier', decided: confidence >= atLeast, to, confidence, reason };
  },
  similarity: async (
    run: Run,
    router: SimilarityRouter,
    input: Json,
    path: string,
  ): Promise<RouteAttempt> => {
    const { name, among, describe, atLeast, margin, model } = router;
    run.countStep();
    const { scores, method } = await scoreDestinations(
      run,
      {
        path: joinPath(path, name),
        model,
        text: typeof input === 'string' ? input : JSON.stringify(input),
        destinations: among.map((each) => ({ name: each.name, text: describe[each.name] ?? each.goal })),
        sureness: { atLeast, margin },
      },
      `${name}: ${clip(input, 80)}`,
    );
    const found = findNearest(scores, { atLeast, margin });
    if (!found) throw new TypeError('There is nothing to choose among.');
    return { router: name, by: 'similarity', ...found, scores, reason: method };
  },
};

async function fallBack(
  run: Run,
  { input, by: router, fallback }: RouteQuestion<never, Destination, Fallback>,
  path: string,
  tried: readonly RouteAttempt[],
): Promise<Choice> {
  if (fallback === 'keep') return { to: 'keep', by: 'fallback' };
  if (fallback !== 'person') return { to: fallback.name, by: 'fallback' };
  const { ticket } = await waitForDecision(run, {
    reason: 'asked-by-orchestration',
    question: `Who is to have this? ${clip(input, 200)}`,
    details: tried.map(describeAttempt).join('\n'),
    askedBy: run.owner,
    path: buildRoutePersonPath(path),
    options: [createOffer('keep')],
    redirectTo: router.among.map(({ name }) => name),
  });
  const why = ticket.reason === undefined ? {} : { reason: ticket.reason };
  return { to: ticket.to ?? 'keep', by: 'person', ...why };
}

function describeAttempt({ router, to, confidence, reason, problem }: RouteAttempt): string {
  if (problem !== undefined) return `- ${router} failed: ${problem}`;
  if (to === undefined) return `- ${router} has no rule for it`;
  return `- ${router}: ${to}, ${(confidence ?? 0).toFixed(2)}, not sure enough${reason ? ` (${reason})` : ''}`;
}

function assertOnTeam(run: Pick<Run, 'team'>, destinations: readonly Destination[]): void {
  const { team } = run;
  if (team === undefined) return;
  const members = team.agents.map(({ name }) => name);
  const stranger = destinations.find(({ name }) => !members.includes(name));
  if (stranger === undefined) return;
  throw new BatonError(
    'UNKNOWN_AGENT',
    `A route leads to ${stranger.name}, who is not on team ${team.name}. It has: ${members.join(', ')}.${describeNearest(stranger.name, members)}`,
    { agent: stranger.name },
  );
}
