/** A run under test: its requests, decisions and result. */
import { defined } from '../contracts/data/defined.js';
import type { Story } from '../schemas/documents/story.js';
import type { DecisionTicket } from '../contracts/requests/decision-ticket.js';
import type { Decision, Without } from '../contracts/requests/decision.js';
import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { decideShown } from '../client/deciding/deciding-session.js';
import { observe, pendingRequests } from '../client/runs/observe.js';
import { resultOf } from '../client/runs/runs.js';
import { fromRequest } from '../client/requests/waiting-request.js';
import { findRequest } from '../client/story/find-request.js';
import { readStory } from '../client/story/story.js';
import type { ApprovalRequest } from '../contracts/requests/approval.js';
import { parseRequestId } from '../contracts/requests/request-id.js';

/** A decision on a pending request; the test need not know its id. */
export type TestDecision = Without<'request'> & Partial<Pick<Decision, 'request'>>;

const LOOK_EVERY_MS = 50;

/** A run that {@link withTestEnvironment} has started. */
export class TestRun<Result = unknown> {
  readonly workflowId: string;
  private readonly client: Client;

  constructor(client: Client, workflowId: string) {
    this.client = client;
    this.workflowId = workflowId;
  }

  /**
   * The run's result, after it has ended.
   *
   * @throws {BatonError} with the run's failure code.
   */
  async result(): Promise<Result> {
    return (await resultOf(this.client, this.workflowId)) as Result;
  }

  /**
   * The first request of the run or of its child agents, as soon as there is one. Only the test's own time limit bounds
   * the wait.
   *
   * @throws {Error} if the run ends without a request.
   */
  async request(): Promise<ApprovalRequest> {
    for (;;) {
      const told = await observe(this.client, this.workflowId);
      const id = told?.view.pending[0]?.id;
      const owner = id === undefined ? undefined : parseRequestId(id)?.workflowId;
      const whole = owner === undefined ? [] : await pendingRequests(this.client, owner);
      const request = whole?.find((each) => each.id === id);
      if (request !== undefined) return request;
      const { status } = await this.client.workflow.getHandle(this.workflowId).describe();
      if (status.name !== 'RUNNING') {
        const ended = `Run ${this.workflowId} has ended (${status.name.toLowerCase()}) and has no request.`;
        // A test that waits for a request needs the reason of the failure.
        await this.result().catch((cause: unknown) => {
          const why = cause instanceof Error ? cause.message : String(cause);
          throw new Error(`${ended} It failed: ${why}`, { cause });
        });
        throw new Error(ended);
      }
      await delay(LOOK_EVERY_MS);
    }
  }

  /**
   * Decides a pending request, as soon as there is one. When this returns, the decision counts.
   *
   * @throws {BatonError} if the run refuses the decision: `OPTION_NOT_OFFERED`, `DECISION_MALFORMED`, ….
   */
  async decide(decision: TestDecision): Promise<DecisionTicket> {
    const { by = 'test', request: named, ...said } = decision;
    const shown =
      named === undefined ? fromRequest(await this.request()) : await findRequest(this.client, named);
    const request = named ?? shown?.id ?? '';
    const { digest } = shown ?? {};
    const wish = { ...defined({ digest }), ...said, request };
    const { ticket } = await decideShown(this.client, wish, { shown, by });
    if (ticket === undefined) throw new Error(`The decision on ${request} was not taken.`);
    return ticket;
  }

  /** The whole story of the run: its timeline, its owner and its usage. */
  story(): Promise<Story> {
    return readStory(this.client, this.workflowId);
  }
}
