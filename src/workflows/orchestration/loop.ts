/**
 * Continues as a new execution of the same run before the history is too long. Only a loop whose state is data can do this,
 * between two turns, because continuing ends everything that is open.
 */
import { allHandlersFinished, condition, continueAsNew, workflowInfo } from '@temporalio/workflow';
import { createInputError, createControlMovedError } from '../../contracts/errors.js';
import type { Json } from '../../contracts/data/json.js';
import { defined } from '../../contracts/data/defined.js';
import { countBytes } from '../../contracts/data/within-bytes.js';
import type { Continuation } from '../runtime/continuation.js';
import type { Run } from '../runtime/run.js';

/** The maximum number of turns, regardless of the history. */
export const TURNS_PER_EXECUTION = 500;

/** More than half of a payload's limit remains for the other data of a continuation. */
const STATE_AT_MOST_BYTES = 1_000_000;

/** The data with which a loop that is a separate run continues. */
export interface Whole {
  readonly turnsPerExecution: number;
  /** The run's original input, which is passed on unchanged. */
  readonly input: unknown;
  readonly continued: Continuation | undefined;
  /** When the run started, in milliseconds since 1970. */
  readonly startedAt: number;
}

/** Tells a loop before each turn whether to continue in a new execution, and does so. */
export class Loop {
  private readonly run: Run;
  private readonly whole: Whole | undefined;
  private turns = 0;

  /** Without `whole` it is part of another orchestration, which cannot continue in a new execution. */
  constructor(run: Run, whole?: Whole) {
    this.run = run;
    this.whole = whole;
  }

  /** Whether it is a separate run, and not part of another orchestration. */
  get isWhole(): boolean {
    return this.whole !== undefined;
  }

  /** Counts a turn of the loop. */
  turn(): void {
    this.turns += 1;
  }

  /** Whether the loop must continue in a new execution before its next turn. */
  due(): boolean {
    if (this.whole === undefined || this.turns === 0) return false;
    return this.turns >= this.whole.turnsPerExecution || workflowInfo().continueAsNewSuggested;
  }

  /**
   * Continues in a new execution, which starts with `state`: a value, or a function that returns it at the last moment. The
   * run's usage, budgets and owner are carried along; its timeline restarts.
   *
   * @throws {BatonError} `BAD_INPUT` for a state of more than 1 MB; `CONTROL_MOVED` when continuing would end open work.
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
