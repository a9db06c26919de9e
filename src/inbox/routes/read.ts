/** The read-only pages. */
import type { Hono } from 'hono';
import { readInbox } from '../../client/requests/inbox.js';
import { readStory } from '../../client/story/story.js';
import { buildRequestPath, parseRequestId } from '../../contracts/requests/request-id.js';
import { createUnknownRequestError } from '../../contracts/errors.js';
import { toFrame, type AppContext, type Known } from './app-context.js';
import { renderDecidedPage } from '../pages/decided-page.js';
import { buildPromptsPath, renderPromptsPage } from '../pages/prompts-page.js';
import { renderRequestPage } from '../pages/request-page.js';
import { renderRunPage } from '../pages/run-page.js';
import { renderSettledPage } from '../pages/settled-page.js';
import { renderWaitingPage } from '../pages/waiting-page.js';
import { readFilter } from '../reading/waiting-filter.js';
import { readRequest, readView } from './read-request.js';

export function addReadingRoutes(app: Hono<Known>, desk: AppContext): void {
  const { client, decided, rights } = desk;
  app.get('/', async (context) => {
    const inbox = rights.select(context.get('visitor').subject, await readInbox(client));
    return context.html(renderWaitingPage(inbox, readFilter(context.req.query()), toFrame(desk, context)));
  });
  app.get('/decided', async (context) => {
    const mine = await decided.of(context.get('visitor').subject);
    return context.html(renderDecidedPage(mine, desk.command, toFrame(desk, context)));
  });
  app.get('/run', async (context) => {
    const story = await readStory(client, context.req.query('id') ?? '');
    rights.assertRun(context.get('visitor').subject, story);
    const prompts = desk.prompts && buildPromptsPath(story.workflowId);
    return context.html(renderRunPage(story, { webUi: desk.webUi(story), prompts }, toFrame(desk, context)));
  });
  app.get('/prompts', async (context) => {
    const workflowId = context.req.query('run') ?? '';
    // A prompt is a text of the run: the same people can read it.
    rights.assertRun(context.get('visitor').subject, await readStory(client, workflowId));
    if (desk.prompts === undefined) return context.notFound();
    const told = await desk.prompts(workflowId, context.req.query('step'));
    return context.html(renderPromptsPage(told, toFrame(desk, context)));
  });
  app.get('/request', async (context) => {
    const id = context.req.query('id') ?? '';
    assertRequestId(id);
    const { facts, waiting } = await readRequest(desk, context.get('visitor'), id);
    const frame = toFrame(desk, context);
    if (waiting === undefined) {
      const owner = parseRequestId(id)?.workflowId ?? '';
      const [story, inbox] = await Promise.all([readStory(client, owner), readInbox(client)]);
      rights.assertRun(context.get('visitor').subject, story);
      const readable = rights.select(context.get('visitor').subject, inbox);
      const next = readable.requests.find((request) => request.id !== id);
      const settled = { ...story, workflowId: facts.workflowId };
      return context.html(renderSettledPage(id, settled, next && buildRequestPath(next.id), frame));
    }
    return context.html(renderRequestPage(await readView(desk, context.get('visitor'), waiting), frame));
  });
}

function assertRequestId(id: string): void {
  if (parseRequestId(id)) return;
  throw createUnknownRequestError(
    `"${id}" is not a request ID. A request ID looks like my-run/0123456789abcdef01234567.`,
    {
      request: id,
    },
  );
}
