/** What an execution of a run leaves to the next one, beside the run's input. */
import type { Json } from '../../contracts/data/json.js';
import * as /* webpackDefer: true */ readable from '../../contracts/requests/readable-request.js';
import type { RequestOrigin } from '../../contracts/requests/origin.js';
import type { RunHome } from '../../contracts/wire/run-home.js';
import type { UsageReport } from '../../contracts/story/usage.js';

export interface Continuation {
  readonly v: 1;
  /** Which execution it begins: 1 is the second. */
  readonly round: number;
  /** When the run began, in milliseconds since 1970: its budget of time goes on. */
  readonly startedAt: number;
  readonly owner: string;
  /** What a worker must have to take its steps; absent where it has taken none. */
  readonly home?: RunHome;
  readonly used: UsageReport;
  /** Where the run's tasks come from. */
  readonly origin?: RequestOrigin;
  /** Where the loop stands. */
  readonly state: Json;
}

/** What a run was started with beside its input says of it; anybody can start a run, so what cannot be read says nothing. */
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
