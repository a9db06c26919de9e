/** The data that an execution of a run passes to the next one, in addition to the run's input. */
import type { Json } from '../../contracts/data/json.js';
import * as /* webpackDefer: true */ readable from '../../contracts/requests/readable-request.js';
import type { RequestOrigin } from '../../contracts/requests/origin.js';
import type { RunHome } from '../../contracts/wire/run-home.js';
import type { UsageReport } from '../../contracts/story/usage.js';

export interface Continuation {
  readonly v: 1;
  /** The number of the new execution: 1 is the second. */
  readonly round: number;
  /** When the run started, in milliseconds since 1970: its time budget continues. */
  readonly startedAt: number;
  readonly owner: string;
  /** The store and provider that a worker needs to take the run's steps; absent when the run has taken no steps yet. */
  readonly home?: RunHome;
  readonly used: UsageReport;
  /** Where the run's tasks come from. */
  readonly origin?: RequestOrigin;
  /** The state of the loop. */
  readonly state: Json;
}

/** Reads what a run was started with in addition to its input. Anyone can start a run, so unreadable data is ignored. */
export function readContinuation(context: unknown): Continuation | undefined {
  if (typeof context !== 'object' || context === null || !('carried' in context)) return undefined;
  const carried = context.carried as Partial<Continuation> | null;
  const fits =
    typeof carried === 'object' &&
    carried !== null &&
    carried.v === 1 &&
    typeof carried.round === 'number' &&
    typeof carried.startedAt === 'number' &&
    typeof carried.owner === 'string' &&
    carried.used !== undefined &&
    (carried.origin === undefined || readable.isRequestOrigin(carried.origin)) &&
    carried.state !== undefined;
  return fits ? (carried as Continuation) : undefined;
}
