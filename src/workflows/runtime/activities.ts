/**
 * How the workflow calls its activities: time limits, retries, and the summaries by which the Temporal Web UI tells
 * the run's story. No limit spans the time in which no worker runs: a run outlives that.
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

/** Whose story an activity is part of. */
interface Teller {
  readonly story: Pick<StoryLog, 'take'>;
  readonly home: HomeClaim;
  tell(fact: Fact): void;
}

/** A worker that is killed is noticed within this time. */
const HEARTBEAT_TIMEOUT = '5s';
const QUEUED_AT_MOST = '30 days';
/** Without a number of attempts: the worker knows what may pass, and for how long it is retried. */
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
 * @param what - names it in an error, as the subject of a sentence.
 * @returns what rejects with `PAYLOAD_TOO_LARGE` before anything is sent.
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

/** Fails as Temporal's activities do: {@link fromFailure} is the caller's. */
export function callModel(run: Teller, input: CallModelInput, summary: string): Promise<CallModelResult> {
  const { callModel: call } = proxyActivities<BatonActivities>(setLimits(MODEL_STEP_MS, summary));
  return send(run, `What ${input.agent} is asked`, input, call);
}

export async function callTool(
  run: Teller,
  input: CallToolInput,
  options: {
    readonly timeoutSeconds: number;
    readonly summary: string;
    /** What the tool needs: only a worker that serves it is asked. */
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
    return await send(run, 'What is to be routed', input, call);
  } catch (error) {
    throw fromFailure(error);
  }
}

/** Fails as Temporal's activities do: {@link fromFailure} is the caller's. */
export function summarizeContext(
  run: Teller,
  input: SummarizeContextInput,
  summary: string,
): Promise<SummarizeContextResult> {
  const { summarizeContext: call } = proxyActivities<BatonActivities>(setLimits(MODEL_STEP_MS, summary));
  return send(run, 'What is to be summarized', input, call);
}

/** Fails as Temporal's activities do, when it was not taken in all that time. */
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
