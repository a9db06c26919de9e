/** The event stream that tells open pages about changes. */
import type { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import { findRequest } from '../../client/story/find-request.js';
import { readInbox } from '../../client/requests/inbox.js';
import { observe } from '../../client/runs/observe.js';
import { describe, readStory } from '../../client/story/story.js';
import { digest } from '../../contracts/data/canonical-json.js';
import { parseRequestId } from '../../contracts/requests/request-id.js';
import type { Visitor } from '../access/sessions.js';
import type { AppContext, Known } from './app-context.js';
import { readRequest } from './read-request.js';

/** Shorter than the idle timeout of common proxies. */
const PING_EVERY_MS = 20_000;

/** A person opens a few pages; a program that opens more would exhaust the server's connections. */
const STREAMS_AT_MOST = 20;

export function addLiveRoutes(app: Hono<Known>, desk: AppContext): void {
  const open = new Map<string, number>();
  app.get('/events', async (context) => {
    const visitor = context.get('visitor');
    const { subject } = visitor;
    const { request, run } = context.req.query();
    await assertReadable(desk, visitor, { request, run });
    const mine = open.get(subject) ?? 0;
    if (mine >= STREAMS_AT_MOST) return context.text('Too many open pages.', 429);
    open.set(subject, mine + 1);
    const [name, look] =
      request !== undefined
        ? [`request ${request}`, () => readRequestState(desk, request)]
        : run !== undefined
          ? [`run ${run}`, () => readRunState(desk, run)]
          : [`inbox ${desk.rights.nameOf(subject)}`, () => readInboxState(desk, subject)];
    // A proxy that buffers the stream would delay it.
    context.header('X-Accel-Buffering', 'no');
    return streamSSE(context, async (stream) => {
      const unfollow = desk.watch.follow(name, look, (state) => {
        void stream.writeSSE({ event: 'state', data: state });
      });
      const pings = setInterval(() => void stream.writeSSE({ event: 'ping', data: '' }), PING_EVERY_MS);
      await new Promise<void>((resolve) => stream.onAbort(resolve));
      clearInterval(pings);
      unfollow();
      const left = (open.get(subject) ?? 1) - 1;
      if (left > 0) open.set(subject, left);
      else open.delete(subject);
    });
  });
}

/**
 * Checked once, when the stream opens: a person who cannot see the page must not learn about its changes
 * either.
 *
 * @throws {BatonError} `READING_REFUSED`, or the page's own error.
 */
async function assertReadable(
  desk: AppContext,
  visitor: Visitor,
  { request, run }: { readonly request: string | undefined; readonly run: string | undefined },
): Promise<void> {
  const { client, rights } = desk;
  if (rights.readsEverything(visitor.subject)) return;
  if (request !== undefined && (await readRequest(desk, visitor, request)).waiting !== undefined) return;
  const owner = request === undefined ? run : parseRequestId(request)?.workflowId;
  if (owner !== undefined) rights.assertRun(visitor.subject, await readStory(client, owner));
}

async function readInboxState({ client, rights }: AppContext, subject: string): Promise<string> {
  const { requests, unnamed, unreadable, stuck } = rights.select(subject, await readInbox(client));
  const state = digest({
    requests: requests.map(({ id, revision, worker, voted, claim }) => ({
      id,
      revision,
      worker,
      voted,
      claim,
    })),
    unnamed,
    unreadable,
    stuck: stuck.map(({ workflowId, message }) => ({ workflowId, message })),
  });
  return JSON.stringify({ count: requests.length, state });
}

/** Returns `gone` for a closed request, else its revision and a digest of the facts that can change. */
async function readRequestState({ client }: AppContext, id: string): Promise<string> {
  const request = await findRequest(client, id);
  if (request === undefined) return JSON.stringify({ gone: true });
  const { revision, whole, conversation, needs, askedOf, votes, escalates, reminded, claim } = request;
  const told = digest({ conversation, needs, askedOf, votes, escalates, reminded, claim });
  return JSON.stringify({ revision, whole, told });
}

async function readRunState({ client }: AppContext, workflowId: string): Promise<string> {
  const told = await observe(client, workflowId);
  if (told) return JSON.stringify({ events: told.timeline.length, state: told.view.state });
  const { status, historyLength } = await describe(client, workflowId);
  return JSON.stringify({ events: historyLength, state: status.name });
}
