/** The verbs of an orchestration, typed end to end. */
import type { InputOf } from '../../contracts/definitions/agent.js';
import { createControlMovedError } from '../../contracts/errors.js';
import type { AnyParticipant } from '../../contracts/definitions/participant.js';
import type { AgentOf, ResultOf } from '../../contracts/definitions/team.js';
import type { ToolDefinition, ToolEffect } from '../../contracts/definitions/tool.js';
import {
  askApproval,
  askPerson,
  type Answered,
  type ApprovalQuestion,
  type Approved,
  type OpenQuestion,
  type Redirected,
  type RedirectableQuestion,
  type Rejected,
} from '../approvals/approval.js';
import { delegate, runHandoff, type HandoffOptions } from '../handoff/verbs.js';
import {
  collect,
  runParallel,
  runRace,
  type Branch,
  type CollectedResults,
  type Results,
} from '../runtime/parallel.js';
import { perform, type Performed } from '../tools/perform.js';
import { route, type Fallback, type RouteQuestion, type RouteResult } from '../handoff/route.js';
import type { Run } from '../runtime/run.js';

const MOVED: unique symbol = Symbol('baton.control-moved');

/** The result of a run whose control has moved. Return it; it has no other use. */
export interface Moved<T> {
  readonly [MOVED]: T;
}

/** The verbs of an orchestration. Each verb is durable: a replay or another worker does not repeat it. */
export interface Verbs<Team> {
  /**
   * Gives an agent a task; control returns with the result. If the agent hands off in its turn, you get the receiver's
   * result.
   *
   * @throws {BatonError} `BAD_INPUT`, `UNKNOWN_AGENT`, `OUTPUT_INVALID`, `TURN_LIMIT`, `MODEL_…`, `CONTROL_MOVED`.
   */
  delegate<A extends AgentOf<Team>>(
    this: void,
    agent: A,
    input: InputOf<A>,
    options?: HandoffOptions,
  ): Promise<ResultOf<A, Team>>;
  /**
   * Moves control and responsibility to an agent: its result becomes the run's result. Return this value, and use no verb
   * afterwards.
   *
   * @throws {BatonError} as `delegate`; `CONTROL_MOVED` inside a branch of `parallel`.
   */
  handoff<A extends AgentOf<Team>>(
    this: void,
    agent: A,
    input: InputOf<A>,
    options?: HandoffOptions,
  ): Promise<Moved<ResultOf<A, Team>>>;
  /**
   * Asks a person and waits, for seconds or months. Survives every restart.
   *
   * @throws {BatonError} `REJECTED` unless `onReject: 'return'`; `APPROVAL_EXPIRED` after the deadline.
   */
  approval<const To extends string>(
    this: void,
    question: RedirectableQuestion<To> & { readonly onReject: 'return' },
  ): Promise<Approved | Rejected | Redirected<To>>;
  approval<const To extends string>(
    this: void,
    question: RedirectableQuestion<To>,
  ): Promise<Approved | Redirected<To>>;
  approval(
    this: void,
    question: ApprovalQuestion & { readonly onReject: 'return' },
  ): Promise<Approved | Rejected>;
  approval(this: void, question: ApprovalQuestion): Promise<Approved>;
  /**
   * Asks a person for an answer and waits for it, for seconds or months. Survives every restart. The answer matches the
   * question's schema; without a schema it is text.
   *
   * @throws {BatonError} `APPROVAL_EXPIRED` after the deadline; `BAD_DEFINITION` for a schema whose input and output types
   * differ.
   */
  ask<Answer = string>(this: void, question: OpenQuestion<Answer>): Promise<Answered<Answer>>;
  /**
   * Calls a tool. If its effect is irreversible, a person must approve exactly these arguments first, and the result
   * reports the outcome.
   *
   * @throws {BatonError} `BAD_INPUT`, `TOOL_FAILED`, `UNKNOWN_TOOL`, `CONTROL_MOVED`.
   */
  perform<Name extends string, In, Out, Effect extends ToolEffect>(
    this: void,
    tool: ToolDefinition<Name, In, Out, Effect>,
    args: NoInfer<In>,
  ): Promise<Effect extends 'irreversible' ? Performed<Out> : Out>;
  /**
   * Decides who gets a task, without moving control. Returns one of the router's destinations, the fallback's agent, or
   * `keep`: use `switch` on its `to`. The timeline has every decision, with each router's answer.
   *
   * @throws {BatonError} `UNKNOWN_AGENT` for a destination that is not on the team, `CONTROL_MOVED`.
   */
  route<In, D extends AgentOf<Team>, const F extends AgentOf<Team> | 'person' | 'keep'>(
    this: void,
    question: RouteQuestion<In, D, F>,
  ): Promise<RouteResult<D, F>>;
  /** Runs branches at the same time; results are in the order of the branches. The first failure cancels the rest. */
  parallel<const Branches extends readonly Branch[]>(
    this: void,
    branches: Branches,
  ): Promise<Results<Branches>>;
  /**
   * Runs branches at the same time and returns the result of the first one to end, or throws its error. The other branches
   * are cancelled: their requests are withdrawn, and an irreversible action that has started is completed first.
   */
  race<const Branches extends readonly [Branch, ...Branch[]]>(
    this: void,
    branches: Branches,
  ): Promise<Results<Branches>[number]>;
  /** Like `parallel`, but every branch runs to its end and reports its outcome. */
  collect<const Branches extends readonly Branch[]>(
    this: void,
    branches: Branches,
  ): Promise<CollectedResults<Branches>>;
}

const RUN: unique symbol = Symbol('baton.run');

/** The run behind an orchestration's verbs, for shapes that are built on them. */
export function getRun(verbs: object): Run {
  return (verbs as { readonly [RUN]: Run })[RUN];
}

/** Whether control has moved, and the verbs that respect it. */
export class Control {
  private movedTo: string | undefined;
  private readonly run: Run;

  constructor(run: Run) {
    this.run = run;
  }

  verbs(): Verbs<undefined> {
    const { run } = this;
    const held =
      <Args extends unknown[], R>(verb: string, body: (...args: Args) => Promise<R>) =>
      (...args: Args): Promise<R> => {
        // Not an async function: each promise in the sandbox costs a stack trace.
        try {
          this.assertHeld(verb);
          return run.effects.verbs.track(verb, args[0], () => body(...args));
        } catch (error) {
          return Promise.reject(error);
        }
      };
    const verbs = {
      [RUN]: run,
      delegate: held('delegate', (agent: AnyParticipant, input: unknown, options?: HandoffOptions) =>
        delegate(run, agent, input, options),
      ),
      handoff: held('handoff', (agent: AnyParticipant, input: unknown, options?: HandoffOptions) =>
        this.handOff(agent, input, options),
      ),
      approval: held('approval', (question: ApprovalQuestion) => askApproval(run, question)),
      ask: held('ask', (question: OpenQuestion<unknown>) => askPerson(run, question)),
      perform: held('perform', (tool: ToolDefinition, args: unknown) => perform(run, tool, args)),
      route: held('route', (question: RouteQuestion<never, AnyParticipant, Fallback>) =>
        route(run, question),
      ),
      parallel: held('parallel', (branches: readonly Branch[]) => runParallel(run, branches)),
      race: held('race', (branches: readonly Branch[]) => runRace(run, branches)),
      collect: held('collect', (branches: readonly Branch[]) => collect(run, branches)),
    };
    return verbs as unknown as Verbs<undefined>;
  }

  /**
   * The value that an orchestration returned.
   *
   * @throws {BatonError} `CONTROL_MOVED` when control moved and the body returned another value.
   */
  unwrap(returned: unknown): unknown {
    const isMoved = typeof returned === 'object' && returned !== null && MOVED in returned;
    if (isMoved) return returned[MOVED];
    if (this.movedTo === undefined) return returned;
    throw createControlMovedError(
      `Control moved to ${this.movedTo}, but the orchestration returned something else. Return what handoff gives: \`return handoff(…)\`.`,
      { to: this.movedTo },
    );
  }

  private async handOff(
    agent: AnyParticipant,
    input: unknown,
    options: HandoffOptions | undefined,
  ): Promise<Moved<unknown>> {
    if (this.run.scopes.inBranch) {
      throw createControlMovedError(
        `A branch of parallel cannot hand off to ${agent.name}: a task has one owner. Use delegate in the branch.`,
        { to: agent.name },
      );
    }
    this.movedTo = agent.name;
    return { [MOVED]: await runHandoff(this.run, agent, input, options) };
  }

  private assertHeld(verb: string): void {
    if (this.movedTo === undefined) return;
    throw createControlMovedError(
      `${verb} was used after control had moved to ${this.movedTo}. A handoff is the last thing an orchestration does: \`return handoff(…)\`.`,
      { verb, to: this.movedTo },
    );
  }
}
