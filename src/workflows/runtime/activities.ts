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

/** @throws {BatonError} `PAYLOAD_TOO_LARGE`, before anything is sent. */
function prepare<Input>(what: string, input: Input, home: RunHome): Input & { readonly home: RunHome } {
  assertSendable(what, input);
  return { ...input, home };
}

/** Fails as Temporal's activities do: {@link fromFailure} is the caller's. */
export function callModel(run: Teller, input: CallModelInput, summary: string): Promise<CallModelResult> {
  const { callModel: call } = proxyActivities<BatonActivities>(setLimits(MODEL_STEP_MS, summary));
  return run.home.with((home) =>
    call(prepare(`What ${input.agent} is asked`, input, home), ...run.story.take()),
  );
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
    const result = await run.home.with((home) =>
      call(prepare(`The call of ${input.tool} (${input.step})`, input, home), ...run.story.take()),
    );
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
    return await run.home.with((home) =>
      call(prepare(`What is to be routed`, input, home), ...run.story.take()),
    );
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
  return run.home.with((home) => call(prepare(`What is to be summarized`, input, home), ...run.story.take()));
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
