/** Signs people in and out, and identifies the sender of a request. */
import type { Context, Hono, MiddlewareHandler } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { defined } from '../../contracts/data/defined.js';
import { BatonError } from '../../contracts/errors.js';
import type { AppContext, Known } from './app-context.js';
import { assertOwnForm, readForm } from '../access/guard.js';
import { renderSignInPage } from '../pages/sign-in-page.js';
import type { Visitor } from '../access/sessions.js';

/** Passes requests of signed-in people, and sends everyone else to the sign-in page. */
export function requireSignIn(desk: AppContext): MiddlewareHandler<Known> {
  return async (context, next) => {
    const visitor = await readVisitor(desk, context);
    if (visitor === undefined) {
      if (context.req.method !== 'GET')
        throw new BatonError('SIGN_IN_REFUSED', 'You are not signed in, or no longer. Nothing was done.');
      const { pathname, search } = new URL(context.req.url);
      if (pathname === '/events') return context.body(null, 401);
      return context.redirect(`/sign-in?next=${encodeURIComponent(pathname + search)}`, 303);
    }
    desk.rights.assertKnown(visitor.subject);
    context.set('visitor', visitor);
    return next();
  };
}

async function readVisitor(
  { site, sessions, readIdToken }: AppContext,
  context: Context<Known>,
): Promise<Visitor | undefined> {
  const bearer = /^Bearer (?<token>\S+)$/i.exec(context.req.header('authorization') ?? '')?.groups?.['token'];
  if (readIdToken && bearer !== undefined) return sessions.bearer(await readIdToken(bearer));
  const cookie = getCookie(context, site.cookie);
  return cookie === undefined ? undefined : sessions.visitor(cookie);
}

export function addSignInRoutes(app: Hono<Known>, desk: AppContext): void {
  const { links, site, sessions } = desk;
  app.get('/sign-in', (context) => {
    const { token, next } = context.req.query();
    const subject = token === undefined ? undefined : links.subjectOf(token);
    const problem = token !== undefined && subject === undefined ? describeUsedLink(desk.command) : undefined;
    return context.html(
      renderSignInPage({
        ...defined({ token, problem }),
        subject,
        next: toLocalPath(next),
        oidc: desk.readIdToken !== undefined,
        command: desk.command,
      }),
      problem === undefined ? 200 : 401,
    );
  });
  app.post('/sign-in', async (context) => {
    const form = await readForm(context);
    const subject = await readSubject(desk, form);
    setCookie(context, site.cookie, sessions.begin(subject), {
      httpOnly: true,
      sameSite: 'Strict',
      path: '/',
      secure: site.secure,
    });
    return context.redirect(toLocalPath(form.get('next') ?? undefined), 303);
  });
  app.post('/sign-out', async (context) => {
    const visitor = await readVisitor(desk, context);
    if (visitor === undefined) return context.redirect('/sign-in', 303);
    assertOwnForm(await readForm(context), visitor);
    if (visitor.session !== undefined) sessions.end(visitor.session);
    deleteCookie(context, site.cookie, { path: '/', secure: site.secure });
    return context.redirect('/sign-in', 303);
  });
}

/** @throws {BatonError} `SIGN_IN_REFUSED` */
async function readSubject(
  { links, readIdToken, command }: AppContext,
  form: URLSearchParams,
): Promise<string> {
  const idToken = form.get('id_token');
  if (idToken !== null && readIdToken) return readIdToken(idToken.trim());
  const subject = links.spend(form.get('token') ?? '');
  if (subject !== undefined) return subject;
  throw new BatonError('SIGN_IN_REFUSED', describeUsedLink(command));
}

function describeUsedLink(command: string): string {
  return `This link has been used, or is older than ten minutes. Make another where the inbox runs: ${command} inbox link --as you@example.com`;
}

/** Returns a path of this site only, so that a sign-in link cannot redirect elsewhere. */
function toLocalPath(next: string | undefined): string {
  return next !== undefined && /^\/(?![/\\])[^\\\p{Cc}]*$/u.test(next) ? next : '/';
}
