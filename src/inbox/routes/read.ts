/** The pages that only show something. */
import type { Hono } from 'hono';
import { readInbox } from '../../client/requests/inbox.js';
import { readStory } from '../../client/story/story.js';
import { requestPath } from '../../contracts/requests/inbox-address.js';
import { ownerOfRequest } from '../../contracts/requests/request-id.js';
import { BatonError } from '../../contracts/errors.js';
import { frameOf, type AppContext, type Known } from './app-context.js';
import { decidedPage } from '../pages/decided-page.js';
import { requestPage } from '../pages/request-page.js';
import { runPage } from '../pages/run-page.js';
import { settledPage } from '../pages/settled-page.js';
import { waitingPage } from '../pages/waiting-page.js';
import { readRequest, viewOf } from './read-request.js';

export function addReadingRoutes(app: Hono<Known>, desk: AppContext): void {
  const { client, decided } = desk;
  app.get('/', async (context) => {
    const inbox = await readInbox(client);
    return context.html(waitingPage(inbox, frameOf(desk, context)));
  });
  app.get('/decided', async (context) => {
    const mine = await decided.of(context.get('visitor').subject);
    return context.html(decidedPage(mine, frameOf(desk, context)));
  });
  app.get('/run', async (context) => {
    const story = await readStory(client, context.req.query('id') ?? '');
    return context.html(runPage(story, desk.webUi(story), frameOf(desk, context)));
  });
  app.get('/request', async (context) => {
    const id = context.req.query('id') ?? '';
    assertRequestId(id);
    const { facts, waiting } = await readRequest(desk, id);
    const frame = frameOf(desk, context);
    if (waiting === undefined) {
      const owner = ownerOfRequest(id)?.workflowId ?? '';
      const [story, inbox] = await Promise.all([readStory(client, owner), readInbox(client)]);
      const next = inbox.requests.find((request) => request.id !== id);
      const settled = { ...story, workflowId: facts.workflowId };
      return context.html(settledPage(id, settled, next && requestPath(next.id), frame));
    }
    return context.html(requestPage(await viewOf(desk, context.get('visitor'), waiting), frame));
  });
}

function assertRequestId(id: string): void {
  if (ownerOfRequest(id)) return;
  throw new BatonError(
    'UNKNOWN_REQUEST',
    `"${id}" is no request's id. One looks like my-run/0123456789abcdef01234567.`,
    {
      request: id,
    },
  );
}
