/**
 * Going on as a new execution of the same run, before the history is too long. Only a loop whose state is data can do
 * so, between two of its turns: continuing ends what is open.
 */
import { allHandlersFinished, condition, continueAsNew, workflowInfo } from '@temporalio/workflow';
import { createInputError, createControlMovedError } from '../../contracts/errors.js';
import type { Json } from '../../contracts/data/json.js';
import { defined } from '../../contracts/data/defined.js';
import { countBytes } from '../../contracts/data/within-bytes.js';
import type { Continuation } from '../runtime/continuation.js';
import type { Run } from '../runtime/run.js';

/** After so many turns, whatever the history holds. */
export const TURNS_PER_EXECUTION = 500;

/** More than the half of what a payload may have is left to what else a continuation carries. */
const STATE_AT_MOST_BYTES = 1_000_000;

/** What a loop that is a run of its own goes on with. */
export interface Whole {
  readonly turnsPerExecution: number;
  /** As the run was given it: it is given on. */
  readonly input: unknown;
  readonly continued: Continuation | undefined;
  /** When the run began, in milliseconds since 1970. */
  readonly startedAt: number;
}

/** What a loop asks before each turn, and how it goes on. */
export class Loop {
  private readonly run: Run;
  private readonly whole: Whole | undefined;
  private turns = 0;

  /** Without `whole` it is part of another orchestration, which cannot go on in a new execution. */
  constructor(run: Run, whole?: Whole) {
    this.run = run;
    this.whole = whole;
  }

  /** Whether it is a run of its own, and not part of another orchestration. */
  get isWhole(): boolean {
    return this.whole !== undefined;
  }

  /** Counts a turn of the loop. */
  turn(): void {
    this.turns += 1;
  }

  /** Whether the loop is to go on in a new execution before its next turn. */
  due(): boolean {
    if (this.whole === undefined || this.turns === 0) return false;
    return this.turns >= this.whole.turnsPerExecution || workflowInfo().continueAsNewSuggested;
  }

  /**
   * Goes on in a new execution, which begins with `state`, a value or what gives it in the last moment. What the run
   * has used, its budgets and its owner go along; its timeline begins anew.
   *
   * @throws {BatonError} `BAD_INPUT` for a state of more than 1 MB; `CONTROL_MOVED` where something is under way that
   * continuing would end.
   */
  async goOn(state: Json | (() => Json)): Promise<never> {
    const { run, whole } = this;
    if (whole === undefined || run.pendingSummaries().length > 0 || run.effects.underWay > 0) {
      throw createControlMovedError(
        'This loop cannot go on in a new execution now: it is part of another orchestration, or something is under way. Ask `due()` between two turns.',
        {},
      );
    }
    await new Promise<void>((resolve) => run.notices.afterwards(resolve));
    await condition(allHandlersFinished);
    const last = typeof state === 'function' ? state() : state;
    assertFits(last);
    const carried: Continuation = {
      v: 1,
      round: (whole.continued?.round ?? 0) + 1,
      startedAt: whole.startedAt,
      owner: run.owner,
      ...defined({ home: run.home.get() }),
      used: run.usage.report(),
      origin: run.origin.all(),
      state: last,
    };
    const context = { v: 1, carried };
    run.story.flush();
    return await continueAsNew<(input: unknown, context: unknown) => Promise<unknown>>(whole.input, context);
  }
}

function assertFits(state: Json): void {
  const bytes = countBytes(JSON.stringify(state));
  if (bytes <= STATE_AT_MOST_BYTES) return;
  throw createInputError(
    `The state with which the run is to go on has ${bytes} bytes; at most ${STATE_AT_MOST_BYTES} can go along. Keep less in it, or references.`,
    { bytes, limit: STATE_AT_MOST_BYTES },
  );
}
