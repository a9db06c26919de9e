/** What is said to a run while people are asked: who decides is to know it, in child agents' workflows too. */
import { getExternalWorkflowHandle, log } from '@temporalio/workflow';
import { isJsonObject, type Json } from '../../contracts/data/json.js';
import type { SaidMeanwhile } from '../../contracts/requests/request-parts.js';
import { toDecisionEvent } from '../../contracts/story/narrator.js';
import { HEARD } from '../../contracts/wire/wire.js';
import type { Run } from './run.js';

/** What a child agent's workflow is told by the run that it is part of. */
export interface Heard {
  readonly said: SaidMeanwhile;
  /** Whether what waits to be let happen is withdrawn by it. */
  readonly withdraws: boolean;
}

type Hearing = Pick<Run, 'childAgents' | 'publish' | 'record' | 'requests' | 'scopes'>;

/** Makes it a new revision of each request, or the end of those that release an action. Waits for nothing. */
export function hearMeanwhile(run: Hearing, heard: Heard): void {
  const { said, withdraws } = heard;
  const ended = withdraws ? run.requests.withdraw(said, new Date().toISOString()) : [];
  for (const ticket of ended) {
    const path = run.requests.request(ticket.request)?.path ?? run.scopes.path;
    run.record(toDecisionEvent(ticket), path);
  }
  const isNews = run.requests.hear(said);
  if (isNews || ended.length > 0) run.publish();
  for (const workflowId of run.childAgents.ids()) {
    // It may have just ended: then nothing waits there.
    getExternalWorkflowHandle(workflowId)
      .signal(HEARD, heard)
      .catch((error: unknown) => log.warn(`${workflowId} could not be told what was said`, { error }));
  }
}

/** Anybody can send a signal: what is none of these says nothing. */
export function readHeard(wire: unknown): Heard | undefined {
  const { said, withdraws } = isJsonObject(wire as Json) ? (wire as Record<string, unknown>) : {};
  const { text, by } = isJsonObject(said as Json) ? (said as Record<string, unknown>) : {};
  if (typeof text !== 'string') return undefined;
  return {
    said: { text: text.slice(0, 500), ...(typeof by === 'string' ? { by: by.slice(0, 200) } : {}) },
    withdraws: withdraws === true,
  };
}
