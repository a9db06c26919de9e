/** The whole page: the middleware that every request passes, in this order, and the handling of failures. */
import { Hono, type Context, type Next } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { makeVisible } from '../contracts/data/visible-text.js';
import { BatonError, ERRORS, type ErrorCode } from '../contracts/errors.js';
import type { AppContext, Known } from './routes/app-context.js';
import { requireKnownHost, requireOwnOrigin, setSecurityHeaders } from './access/guard.js';
import { renderErrorPage } from './pages/layout.js';
import { addAssets } from './routes/assets.js';
import { addDecidingRoutes } from './routes/decide.js';
import { addHealthRoute } from './routes/health.js';
import { addLiveRoutes } from './routes/live.js';
import { addReadingRoutes } from './routes/read.js';
import { addSignInRoutes, requireSignIn } from './routes/sign-in.js';

export function createApp(desk: AppContext): Hono<Known> {
  const app = new Hono<Known>();
  app.use(setSecurityHeaders(desk.site));
  app.use(showEveryCharacter);
  app.use(requireKnownHost(desk.site));
  app.use(requireOwnOrigin(desk.site));
  addAssets(app);
  addHealthRoute(app, desk);
  addSignInRoutes(app, desk);
  app.use(requireSignIn(desk));
  addReadingRoutes(app, desk);
  addDecidingRoutes(app, desk);
  addLiveRoutes(app, desk);
  app.notFound((context) => {
    const message = `There is no page ${new URL(context.req.url).pathname}.`;
    return context.html(renderErrorPage({ code: 'NOT_FOUND', message }, context.get('visitor')), 404);
  });
  app.onError((error, context) => {
    const visitor = context.get('visitor');
    if (error instanceof BatonError)
      return context.html(renderErrorPage(error, visitor), toStatus(error.code));
    // The details go to the log only: they may reveal internals of the server.
    const message = 'The inbox page failed at this. Try again; if it stays, look at the log of the inbox.';
    desk.log(`${context.req.method} ${context.req.path}: ${error.stack ?? error.message}`);
    return context.html(renderErrorPage({ code: 'UNEXPECTED', message }, visitor), 500);
  });
  return app;
}

/** Makes every character from runs visible, so that no text is hidden or reverses its surroundings. */
async function showEveryCharacter(context: Context, next: Next): Promise<void> {
  await next();
  const { res } = context;
  if (!res.headers.get('Content-Type')?.startsWith('text/html')) return;
  const { status, headers } = res;
  context.res = new Response(makeVisible(await res.text()), { status, headers });
}

const STATUS: Partial<Readonly<Record<ErrorCode, ContentfulStatusCode>>> = {
  SIGN_IN_REFUSED: 401,
  FORM_REFUSED: 403,
  READING_REFUSED: 403,
  BAD_INPUT: 404,
  UNKNOWN_RUN: 404,
  UNKNOWN_REQUEST: 404,
  ENGINE_UNREACHABLE: 503,
  NO_WORKER: 503,
};

function toStatus(code: ErrorCode): ContentfulStatusCode {
  return STATUS[code] ?? (ERRORS[code].exitCode === 4 ? 409 : 500);
}
