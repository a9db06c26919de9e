/** Reads a request and the facts that it is bound to, for the page. */
import type { WaitingRequest } from '../../schemas/documents/story.js';
import { findRequest } from '../../client/story/find-request.js';
import { readStory } from '../../client/story/story.js';
import { toBinding, type Binding } from '../../client/deciding/binding.js';
import type { AppContext } from './app-context.js';
import type { RequestView } from '../pages/request-view.js';
import { readRunFacts, type RunFacts } from '../../client/deciding/run-facts.js';
import type { Visitor } from '../access/sessions.js';

export interface ReadRequest {
  readonly request: WaitingRequest;
  readonly facts: RunFacts;
  readonly binding: Binding;
}

/**
 * The pending request; undefined when it is closed.
 *
 * @throws {BatonError} `UNKNOWN_RUN`, or `READING_REFUSED` when the visitor cannot read the request.
 */
export async function readRequest(
  { client, rights }: AppContext,
  { subject }: Visitor,
  id: string,
  /** The time that a polling worker has to answer. */
  timeoutMs?: number,
): Promise<{ readonly facts: RunFacts; readonly waiting: ReadRequest | undefined }> {
  const [facts, request] = await Promise.all([readRunFacts(client, id), findRequest(client, id, timeoutMs)]);
  if (request === undefined || !facts.open) return { facts, waiting: undefined };
  rights.assertRequest(subject, request);
  return { facts, waiting: { request, facts, binding: toBinding(request, facts.run) } };
}

/** The request as its page shows it to this visitor. */
export async function readView(
  { client, key, command }: AppContext,
  { csrf, subject: visitor }: Visitor,
  waiting: ReadRequest,
): Promise<RequestView> {
  // The story is optional: deciding does not depend on it.
  const story = await readStory(client, waiting.facts.workflowId).catch(() => undefined);
  return { ...waiting, story, csrf, visitor, signs: key !== undefined, command };
}
