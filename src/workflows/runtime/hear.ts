/**
 * Passes messages to a run on to its pending requests, so that approvers see them. This includes requests in child agents'
 * workflows.
 */
import { getExternalWorkflowHandle, log, sleep } from '@temporalio/workflow';
import { clip } from '../../contracts/data/preview.js';
import { defined } from '../../contracts/data/defined.js';
import { isJsonObject, type Json } from '../../contracts/data/json.js';
import type { SaidMeanwhile } from '../../contracts/requests/request-parts.js';
import { SAID_CHARACTERS } from '../../contracts/requests/said-bounds.js';
import { toDecisionEvent } from '../../contracts/story/narrator.js';
import { HEARD } from '../../contracts/wire/wire.js';
import type { Run } from './run.js';

type Hearing = Pick<Run, 'childAgents' | 'publish' | 'record' | 'requests' | 'scopes'>;

/** A message as requests show it: a long text is cut, with its length. */
export function toSaid({
  text,
  by,
}: {
  readonly text: string;
  readonly by?: string | undefined;
}): SaidMeanwhile {
  const isLong = text.length > SAID_CHARACTERS;
  const shown = isLong ? `${clip(text, SAID_CHARACTERS)} (the beginning of ${text.length} characters)` : text;
  return { text: shown, ...defined({ by: by === undefined ? undefined : clip(by, 200) }) };
}

/** Makes a new revision of each request, or withdraws those that would release an action. It does not wait. */
export function hearMessage(run: Hearing, said: SaidMeanwhile): void {
  if (takeIn(run, said)) run.publish();
  for (const workflowId of run.childAgents.ids()) void tellChild(run, workflowId, said);
}

/** Adds the earlier unanswered messages to a new request. */
export function hearUnanswered(run: Hearing, request: string): void {
  for (const said of run.requests.messages.unanswered()) takeIn(run, said, request);
}

/** Whether it changed anything. */
function takeIn(run: Hearing, said: SaidMeanwhile, only?: string): boolean {
  const ended = run.requests.messages.withdraw
    ? run.requests.withdraw(said, new Date().toISOString(), only)
    : [];
  for (const ticket of ended) {
    const path = run.requests.request(ticket.request)?.path ?? run.scopes.path;
    run.record(toDecisionEvent(ticket), path);
  }
  return run.requests.hear(said, only) || ended.length > 0;
}

const TELL_AGAIN_MS = 500;

/** Repeats the signal for a child workflow that is still starting and does not exist yet. */
async function tellChild(run: Hearing, workflowId: string, said: SaidMeanwhile): Promise<void> {
  try {
    for (let tries = 0; run.childAgents.ids().includes(workflowId); tries += 1) {
      try {
        return await getExternalWorkflowHandle(workflowId).signal(HEARD, said);
      } catch (error) {
        if (tries >= 5) throw error;
        await sleep(TELL_AGAIN_MS);
      }
    }
  } catch (error) {
    log.warn(`${workflowId} could not be notified of a message`, { error });
  }
}

/** Anyone can send a signal: one that is not a message is ignored. */
export function readSaidSignal(wire: unknown): SaidMeanwhile | undefined {
  const { text, by } = isJsonObject(wire as Json) ? (wire as Record<string, unknown>) : {};
  if (typeof text !== 'string') return undefined;
  return toSaid({ text, by: typeof by === 'string' ? by : undefined });
}
