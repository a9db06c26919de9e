/** Conversations with a swarm: sending a message returns a ticket at once. Waiting for its answer can take any time. */
import { defined } from '../../contracts/data/defined.js';
import type { Said, TalkTicket, TalkTurn, TalkView } from '../../contracts/wire/conversation.js';
import { setTimeout } from 'node:timers/promises';
import { WorkflowNotFoundError, WorkflowUpdateFailedError, type Client } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import pLimit, { type LimitFunction } from 'p-limit';
import { digest } from '../../contracts/data/canonical-json.js';
import { isErrorCode, BatonError, createInputError, createRunClosedError } from '../../contracts/errors.js';
import { END_TALK, SAY, TALK } from '../../contracts/wire/swarm.js';
import { createNoWorkerError } from '../runs/no-worker.js';
import { isTimeout } from '../runs/ask-run.js';
import { readTalk } from '../runs/read-told.js';
import { queryRun } from '../runs/observe.js';
import { waitForPoller, isTaskTaken } from '../runs/pollers.js';
import { runError } from '../runs/runs.js';

/** The options of a message. */
export interface SayOptions {
  /** The message's id: sending it again with the same id has no effect. Default: a new id. */
  readonly id?: string;
  /** The author, not verified. */
  readonly by?: string;
  /** How long the run may take to accept it; default 30 seconds. */
  readonly timeoutMs?: number;
}

/**
 * Sends a message. When this returns, the run has accepted it and will answer it in order.
 *
 * @throws {BatonError} `UNKNOWN_RUN`; `RUN_CLOSED` if the conversation has ended; `BAD_INPUT` for an invalid message,
 * or if too many are waiting; `NO_WORKER` if no worker accepts it. In that case, send it again with the same id: it
 * counts once.
 */
export async function say(
  client: Client,
  workflowId: string,
  text: string,
  options: SayOptions = {},
): Promise<TalkTicket> {
  const { by, timeoutMs = 30_000 } = options;
  const id = options.id ?? digest({ workflowId, at: Date.now(), random: Math.random() }).slice(0, 16);
  const said: Said = { v: 1, id, text, ...defined({ by }) };
  try {
    const description = await client.workflow.getHandle(workflowId).describe();
    if (!(await waitForPoller(client, description.taskQueue))) throw createUnheardError(workflowId, id);
    await isTaskTaken(client, description);
    return await callInTurn(client, workflowId, () =>
      client.withDeadline(Date.now() + timeoutMs, () =>
        client.workflow.getHandle(workflowId).executeUpdate<TalkTicket, [Said]>(SAY, { args: [said] }),
      ),
    );
  } catch (error) {
    throw await sayError(client, workflowId, id, error);
  }
}

/**
 * The state of a conversation, or undefined if the worker is unavailable.
 *
 * @throws {BatonError} `UNKNOWN_RUN`; `BAD_INPUT` if the run's answer is not that of a conversation.
 */
export async function talkOf(client: Client, workflowId: string): Promise<TalkView | undefined> {
  const told = await queryRun(client, workflowId, TALK);
  return told === undefined ? undefined : readTalk(told, workflowId);
}

const LOOK_AGAIN_MS = [50, 100, 200, 400, 800] as const;

/**
 * Waits for the answer to a message: seconds, or days if an approval is pending. Survives restarts of the run, its
 * workers and its server; follows the run through its executions.
 *
 * @throws {BatonError} `UNKNOWN_RUN`; `RUN_CLOSED` if the run ended without an answer, or has had so many turns since
 * that the answer is no longer available. Also throws the signal's abort reason.
 */
export async function answerTo(
  client: Client,
  workflowId: string,
  { turn }: Pick<TalkTicket, 'turn'>,
  options: { readonly signal?: AbortSignal; readonly looked?: (talk: TalkView) => void } = {},
): Promise<TalkTurn> {
  for (let look = 0; ; look += 1) {
    options.signal?.throwIfAborted();
    const talk = await talkOf(client, workflowId);
    if (talk !== undefined) {
      options.looked?.(talk);
      const told = talk.recent.find((each) => each.turn === turn);
      if (told !== undefined && talk.answered >= turn) return told;
      if (talk.answered >= turn) throw createForgottenError(workflowId, turn);
    }
    await assertGoesOn(client, workflowId, turn, look);
    const ms = LOOK_AGAIN_MS[Math.min(look, LOOK_AGAIN_MS.length - 1)];
    // The signal's abort reason is thrown above.
    await setTimeout(ms, undefined, defined({ signal: options.signal })).catch(() => undefined);
  }
}

/** Checks from time to time whether the run has failed or ended: then it never answers. */
async function assertGoesOn(client: Client, workflowId: string, turn: number, look: number): Promise<void> {
  if (look % 5 !== 4) return;
  try {
    const { status } = await client.workflow.getHandle(workflowId).describe();
    if (status.name === 'RUNNING') return;
    throw createRunClosedError(
      `Run ${workflowId} has ended (${status.name.toLowerCase()}) before turn ${turn} was answered.`,
      { workflowId, turn },
    );
  } catch (error) {
    throw runError(workflowId, error);
  }
}

/**
 * Ends a conversation after the earlier messages are answered.
 *
 * @throws {BatonError} `UNKNOWN_RUN`.
 */
export async function endTalk(client: Client, workflowId: string): Promise<void> {
  try {
    await client.workflow.getHandle(workflowId).signal(END_TALK);
  } catch (error) {
    throw runError(workflowId, error);
  }
}

async function sayError(client: Client, workflowId: string, id: string, error: unknown): Promise<unknown> {
  if (error instanceof WorkflowUpdateFailedError) {
    const cause = error.cause;
    if (cause instanceof ApplicationFailure && isErrorCode(cause.type))
      return new BatonError(cause.type, cause.message, { workflowId, message: id });
    return createInputError(
      `Run ${workflowId} takes no message: ${cause?.message ?? error.message}`,
      { workflowId },
      error,
    );
  }
  if (error instanceof WorkflowNotFoundError) {
    const exists = await client.workflow
      .getHandle(workflowId)
      .describe()
      .then(
        () => true,
        () => false,
      );
    if (exists) return createRunClosedError(`Run ${workflowId} has ended: nothing was said.`, { workflowId });
  }
  if (isTimeout(error)) return createUnheardError(workflowId, id);
  return runError(workflowId, error);
}

function createUnheardError(workflowId: string, id: string): BatonError {
  return createNoWorkerError({
    workflowId,
    what: 'the message was not taken in',
    after: `Then say it again under the id ${id}: it counts once.`,
    facts: { message: id },
  });
}

function createForgottenError(workflowId: string, turn: number): BatonError {
  return createRunClosedError(
    `Turn ${turn} of ${workflowId} is answered, and so many have been since that it is no longer told. The history has it.`,
    { workflowId, turn },
  );
}

/**
 * The number of concurrent calls from one client for one run. A server accepts ten updates in flight for a run, and
 * makes the others retry later. So with this limit, many messages arrive sooner.
 */
const AT_ONCE = 4;

const lines = new WeakMap<Client, Map<string, LimitFunction>>();

/** Makes a call when it is its turn, in the order of the requests. */
async function callInTurn<T>(client: Client, workflowId: string, call: () => Promise<T>): Promise<T> {
  const ofClient = lines.get(client) ?? new Map<string, LimitFunction>();
  lines.set(client, ofClient);
  const line = ofClient.get(workflowId) ?? pLimit(AT_ONCE);
  ofClient.set(workflowId, line);
  try {
    return await line(call);
  } finally {
    if (line.activeCount + line.pendingCount === 0) ofClient.delete(workflowId);
  }
}
