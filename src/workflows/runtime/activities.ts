/**
 * How the workflow calls its activities: timeouts, retries, and the summaries that show the run's story in the Temporal Web
 * UI. No timeout includes the time in which no worker runs, because a run outlives that.
 */
import type { CallModelInput } from '../../contracts/wire/model-call.js';
import { proxyActivities, workflowInfo } from '@temporalio/workflow';
import type {
  BatonActivities,
  CallModelResult,
  ScoreDestinationsInput,
  ScoreDestinationsResult,
  SummarizeContextInput,
  SummarizeContextResult,
} from '../../contracts/wire/activities.js';
import type { CallToolInput, CallToolResult } from '../../contracts/wire/tool-call.js';
import type { NotifyInput, NotifyResult } from '../../contracts/requests/notice.js';
import { assertSendable } from '../../contracts/data/sendable.js';
import type { RunHome } from '../../contracts/wire/run-home.js';
import { MODEL_STEP_MS } from '../../contracts/data/duration.js';
import { toSummaryText } from '../../contracts/data/within-bytes.js';
import { toPermissionQueue } from '../../contracts/wire/wire.js';
import { fromFailure } from './failures.js';
import type { Told } from '../../contracts/wire/timeline.js';
import type { Fact } from '../../contracts/story/narrator.js';
import type { HomeClaim } from './home-claim.js';
import type { StoryLog } from './story-log.js';

/** The run whose story an activity belongs to. */
interface Teller {
  readonly story: Pick<StoryLog, 'take'>;
  readonly home: HomeClaim;
  tell(fact: Fact): void;
}

/** A killed worker is noticed within this time. */
const HEARTBEAT_TIMEOUT = '5s';
const QUEUED_AT_MOST = '30 days';
/** Without a maximum number of attempts: the worker knows which failures are transient, and how long to retry them. */
const RETRY = { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '1m' } as const;

function setLimits(startToCloseMs: number, summary: string) {
  return {
    startToCloseTimeout: startToCloseMs,
    scheduleToCloseTimeout: QUEUED_AT_MOST,
    heartbeatTimeout: HEARTBEAT_TIMEOUT,
    retry: RETRY,
    summary: toSummaryText(summary),
  } as const;
}

/**
 * Sends a step to a worker.
 *
 * @param what - its name in an error, as the subject of a sentence.
 * @returns a promise that rejects with `PAYLOAD_TOO_LARGE` before anything is sent.
 */
function send<Input, Result>(
  { home: claim, story }: Teller,
  what: string,
  input: Input,
  call: (input: Input & { readonly home: RunHome }, ...told: [] | [readonly Told[]]) => Promise<Result>,
): Promise<Result> {
  let bytes: number;
  try {
    bytes = assertSendable(what, input);
  } catch (error) {
    // Not an async function: each promise in the sandbox costs a stack trace.
    return Promise.reject(error as Error);
  }
  return claim.with(bytes, (home) => call({ ...input, home }, ...story.take()));
}

/** Fails as Temporal's activities do; the caller converts the error with {@link fromFailure}. */
export function callModel(run: Teller, input: CallModelInput, summary: string): Promise<CallModelResult> {
  const { callModel: call } = proxyActivities<BatonActivities>(setLimits(MODEL_STEP_MS, summary));
  return send(run, `The prompt of ${input.agent}`, input, call);
}

export async function callTool(
  run: Teller,
  input: CallToolInput,
  options: {
    readonly timeoutSeconds: number;
    readonly summary: string;
    /** The tool's permission: only a worker that serves it is asked. */
    readonly permission: string | undefined;
  },
): Promise<CallToolResult> {
  const { callTool: call } = proxyActivities<BatonActivities>({
    ...(options.permission === undefined
      ? {}
      : { taskQueue: toPermissionQueue(workflowInfo().taskQueue, options.permission) }),
    ...setLimits(options.timeoutSeconds * 1000, options.summary),
  });
  try {
    const result = await send(run, `The call of ${input.tool} (${input.step})`, input, call);
    run.tell({ kind: 'tool-answered', call: input, result });
    return result;
  } catch (error) {
    throw fromFailure(error);
  }
}

export async function scoreDestinations(
  run: Teller,
  input: ScoreDestinationsInput,
  summary: string,
): Promise<ScoreDestinationsResult> {
  const { scoreDestinations: call } = proxyActivities<BatonActivities>(setLimits(MODEL_STEP_MS, summary));
  try {
    return await send(run, 'The routing request', input, call);
  } catch (error) {
    throw fromFailure(error);
  }
}

/** Fails as Temporal's activities do; the caller converts the error with {@link fromFailure}. */
export function summarizeContext(
  run: Teller,
  input: SummarizeContextInput,
  summary: string,
): Promise<SummarizeContextResult> {
  const { summarizeContext: call } = proxyActivities<BatonActivities>(setLimits(MODEL_STEP_MS, summary));
  return send(run, 'The summary request', input, call);
}

/** Fails as Temporal's activities do, when the notice was not accepted in all that time. */
export function notify(input: NotifyInput): Promise<NotifyResult> {
  const { event, request } = input.notice;
  const { notify: call } = proxyActivities<BatonActivities>({
    startToCloseTimeout: '30s',
    scheduleToCloseTimeout: '1 day',
    heartbeatTimeout: HEARTBEAT_TIMEOUT,
    retry: RETRY,
    summary: toSummaryText(`${event}: ${request.question} (${input.channel})`),
  });
  return call(input);
}
