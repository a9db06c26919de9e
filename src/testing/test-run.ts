/** A run under test: what it asks, what it is told, how it ends. */
import type { Story } from '../schemas/documents/story.js';
import type { DecisionTicket } from '../contracts/requests/decision-ticket.js';
import type { Decision } from '../contracts/requests/decision.js';
import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { decide } from '../client/requests/decide.js';
import { observe, pendingRequests } from '../client/runs/observe.js';
import { resultOf } from '../client/runs/runs.js';
import { readStory } from '../client/story/story.js';
import type { ApprovalRequest } from '../contracts/requests/approval.js';
import { ownerOfRequest } from '../contracts/requests/request-id.js';

/** A decision on what waits; the test need not know its id. */
export type TestDecision = Omit<Decision, 'request'> & Partial<Pick<Decision, 'request'>>;

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
   * The run's result, when it has ended.
   *
   * @throws {BatonError} with the code that the run failed with.
   */
  async result(): Promise<Result> {
    return (await resultOf(this.client, this.workflowId)) as Result;
  }

  /**
   * What the run, or a specialist of it, asks a person, as soon as it asks; bounded by the test's own time limit.
   *
   * @throws {Error} when the run ends without asking.
   */
  async request(): Promise<ApprovalRequest> {
    for (;;) {
      const told = await observe(this.client, this.workflowId);
      const id = told?.view.pending[0]?.id;
      const owner = id === undefined ? undefined : ownerOfRequest(id)?.workflowId;
      const whole = owner === undefined ? [] : await pendingRequests(this.client, owner);
      const request = whole?.find((each) => each.id === id);
      if (request !== undefined) return request;
      const { status } = await this.client.workflow.getHandle(this.workflowId).describe();
      if (status.name !== 'RUNNING')
        throw new Error(`Run ${this.workflowId} has ended (${status.name.toLowerCase()}), and asks nothing.`);
      await delay(LOOK_EVERY_MS);
    }
  }

  /**
   * Decides what waits, as soon as something does. It counts when this returns.
   *
   * @throws {BatonError} when the run refuses the decision: `OPTION_NOT_OFFERED`, `DECISION_MALFORMED`, ….
   */
  async decide(decision: TestDecision): Promise<DecisionTicket> {
    const { id, digest } = await this.request();
    const bound = digest === undefined || decision.option === 'abort' ? {} : { digest };
    return decide(this.client, { request: id, by: 'test', ...bound, ...decision });
  }

  /** Everything that there is to know of the run: its timeline, who has control, what it used. */
  story(): Promise<Story> {
    return readStory(this.client, this.workflowId);
  }
}
