/**
 * Who was chosen to have a task, as far as a history tells it. Scores and classifications are results of activities;
 * what rules, a threshold or the fallback made of them stands in the task that the chosen one was given, or in a
 * person's decision. A decision of rules that led to no task leaves no trace.
 */
import type { DecisionTicket } from '../../contracts/requests/decision-ticket.js';
import { nearest } from '../../contracts/handoff/nearest.js';
import { preview } from '../../contracts/data/preview.js';
import type { RouteAttempt, TimelineEvent } from '../../contracts/wire/timeline.js';
import type { HistoryFact } from '../runs/history-facts.js';
import { Classified, envelopeGiven, ModelAnswer, ModelCall, Scored, Scoring } from './history-shapes.js';
import type { Recorder } from './recorder.js';

type Routed = Extract<TimelineEvent, { kind: 'routed' }>;
type Choice = Pick<Routed, 'to' | 'by' | 'confidence' | 'reason'>;

interface Asked {
  readonly route: string;
  readonly router: string;
  /** What an answer says. */
  readonly read: (result: unknown) => Partial<RouteAttempt> | undefined;
  readonly by: RouteAttempt['by'];
}

/** Who was asked where nobody left a trace. */
const UNTRACED = 'rules';

export class HistoryRoutes {
  private readonly record: Recorder;
  /** Routers that were asked, by the key of their activity. */
  private readonly asked = new Map<string, Asked>();
  /** What was said so far, by the path of its route, which is not decided yet. */
  private readonly open = new Map<string, RouteAttempt[]>();
  /** Decisions that are told already, and whose task may follow. */
  private readonly told = new Set<string>();

  constructor(record: Recorder) {
    this.record = record;
  }

  tell(fact: HistoryFact): void {
    switch (fact.kind) {
      case 'activity-scheduled':
        this.ask(fact.key, fact.input);
        return this.given(fact.at, fact.input);
      case 'child-scheduled':
        return this.given(fact.at, fact.input);
      case 'activity-completed':
        return this.answered(fact.at, fact.key, fact.result);
      case 'activity-failed':
        return this.failed(fact.key, `${fact.failure.code ?? 'failed'}: ${fact.failure.message}`);
      case 'run-completed':
      case 'run-failed':
        return this.close(fact.at);
      default:
    }
  }

  /** A person who is asked in a route decides it. */
  decided(at: string, path: string, { option, to, reason }: DecisionTicket): void {
    const route = /^(?<route>(?:.*\/)?route-\d+)\/person$/.exec(path)?.groups?.['route'];
    if (route === undefined || option === 'abort') return;
    const why = reason === undefined ? {} : { reason };
    this.decide(at, route, { to: to ?? 'keep', by: 'person', ...why });
  }

  private ask(key: string, input: unknown): void {
    const scoring = Scoring.safeParse(input).data;
    if (scoring) {
      const { path, sureness } = scoring;
      const read = (result: unknown): Partial<RouteAttempt> | undefined => {
        const { scores, method } = Scored.safeParse(result).data ?? {};
        const found = scores && nearest(scores, sureness);
        return found && { ...found, scores, ...(method === undefined ? {} : { reason: method }) };
      };
      return this.begin(key, path, 'similarity', read);
    }
    const call = ModelCall.safeParse(input).data;
    if (call) this.begin(key, call.turnKey.replace(/\/turn-\d+$/, ''), 'classifier', readClassification);
  }

  private begin(key: string, path: string, by: RouteAttempt['by'], read: Asked['read']): void {
    const { route, router } = /^(?<route>(?:.*\/)?route-\d+)\/(?<router>[^/]+)$/.exec(path)?.groups ?? {};
    if (route === undefined || router === undefined) return;
    this.asked.set(key, { route, router, by, read });
    if (!this.open.has(route)) this.open.set(route, []);
  }

  private answered(at: string, key: string, result: unknown): void {
    const asked = this.asked.get(key);
    const said = asked?.read(result);
    if (!asked || !said) return;
    const { route } = asked;
    const attempt = this.say(asked, said);
    const { to, by, confidence, reason } = attempt;
    if (to !== undefined && attempt.decided)
      this.decide(at, route, { to, by, ...dropUndefined({ confidence, reason }) });
  }

  private failed(key: string, problem: string): void {
    const asked = this.asked.get(key);
    if (asked) this.say(asked, { problem: preview(problem, 300) });
  }

  /** A repaired answer takes the place of the one before. */
  private say({ route, router, by }: Asked, said: Partial<RouteAttempt>): RouteAttempt {
    const before = (this.open.get(route) ?? []).filter((attempt) => attempt.router !== router);
    const attempt: RouteAttempt = { router, by, decided: false, ...said };
    this.open.set(route, [...before, attempt]);
    return attempt;
  }

  /** Somebody was given a task: the envelope says how they were chosen. */
  private given(at: string, input: unknown): void {
    const { path, envelope } = envelopeGiven(input) ?? {};
    if (path === undefined || envelope === undefined) return;
    const { by, router, confidence, reason } = envelope.routing;
    if (router === undefined || !isRouted(by)) return;
    const scope = parentOf(path);
    const { to } = envelope;
    if (this.told.delete(toldKey(scope, to, by))) return;
    const route = [...this.open.keys()].find((each) => parentOf(each) === scope && this.isOf(each, router));
    // Rules leave no place of their own: they are told where their task is.
    this.decide(at, route ?? path, { to, by, ...dropUndefined({ confidence, reason }) }, router);
    this.told.delete(toldKey(scope, to, by));
  }

  /** Whether all that was said in a route was said by routers of this chain. */
  private isOf(route: string, chain: string): boolean {
    const names = chain.split(' | ');
    return (this.open.get(route) ?? []).every(({ router }) => names.includes(router));
  }

  private decide(at: string, route: string, choice: Choice, router?: string): void {
    const said = this.open.get(route) ?? [];
    this.open.delete(route);
    const { to, by } = choice;
    const tried = said.map((attempt) => ({
      ...attempt,
      decided: attempt.by === by && attempt.to === to && attempt.problem === undefined,
    }));
    const name = router ?? (said.map((attempt) => attempt.router).join(' | ') || UNTRACED);
    this.told.add(toldKey(parentOf(route), to, by));
    this.record(at, route, { kind: 'routed', router: name, ...choice, tried });
  }

  /** What no task followed: how the last of them was judged is not in the history. */
  private close(at: string): void {
    for (const [route, said] of this.open) {
      const words = said.map(({ router, to, confidence, problem }) =>
        problem === undefined && to !== undefined
          ? `${router} said ${to}, ${(confidence ?? 0).toFixed(2)}`
          : `${router} gave no answer`,
      );
      const text = `No task followed, so the history does not tell what was decided: ${words.join('; ')}.`;
      if (said.length > 0) this.record(at, route, { kind: 'note', text });
    }
    this.open.clear();
  }
}

/** A classifier's threshold is not in the history: whether its answer decided is seen by what followed. */
function readClassification(result: unknown): Partial<RouteAttempt> | undefined {
  const move = ModelAnswer.safeParse(result).data?.move;
  if (move?.kind === 'repair') return { problem: preview(move.problem, 300) };
  const { destination: to, confidence, reason } = Classified.safeParse(move?.output).data ?? {};
  return to === undefined ? undefined : { to, ...dropUndefined({ confidence, reason }) };
}

function dropUndefined(parts: {
  readonly confidence: number | undefined;
  readonly reason: string | undefined;
}): Pick<Choice, 'confidence' | 'reason'> {
  const { confidence, reason } = parts;
  return { ...(confidence === undefined ? {} : { confidence }), ...(reason === undefined ? {} : { reason }) };
}

/** Whether this is a way in which the verb `route` decides. */
function isRouted(by: string): by is Routed['by'] {
  return ['rules', 'classifier', 'similarity', 'person', 'fallback'].includes(by);
}

function toldKey(scope: string, to: string, by: string): string {
  return `${scope} ${to} ${by}`;
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
