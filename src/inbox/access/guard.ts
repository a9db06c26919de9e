/** The headers of every response and the checks of every request, before any page runs. */
import type { Context, MiddlewareHandler } from 'hono';
import { BatonError } from '../../contracts/errors.js';
import { isSameSecret, type Visitor } from './sessions.js';
import type { Site } from './site.js';

/**
 * Allows scripts, styles and data of this server only, and nothing inline, so model text that became markup
 * could do nothing.
 */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

export function setSecurityHeaders(site: Site): MiddlewareHandler {
  return async (context, next) => {
    await next();
    const { headers } = context.res;
    headers.set('Content-Security-Policy', POLICY);
    headers.set('X-Content-Type-Options', 'nosniff');
    headers.set('X-Frame-Options', 'DENY');
    // Not "no-referrer": with it, a form would arrive with the origin "null".
    headers.set('Referrer-Policy', 'same-origin');
    headers.set('Cross-Origin-Opener-Policy', 'same-origin');
    headers.set('Cross-Origin-Resource-Policy', 'same-origin');
    headers.set('Permissions-Policy', 'camera=(), geolocation=(), microphone=(), payment=()');
    if (site.secure) headers.set('Strict-Transport-Security', 'max-age=31536000');
    if (!headers.has('Cache-Control')) headers.set('Cache-Control', 'no-store');
  };
}

/** A name that was rebound to this machine's address arrives as the request's host. */
export function requireKnownHost(site: Site): MiddlewareHandler {
  return async (context, next) => {
    const host = (context.req.header('host') ?? '').toLowerCase();
    if (!site.hosts.has(host)) {
      throw new BatonError('FORM_REFUSED', `This page is not served as "${host}". Open ${site.origin}.`, {
        host,
      });
    }
    await next();
  };
}

/** Accepts a form only when a page of this site sent it. */
export function requireOwnOrigin(site: Site): MiddlewareHandler {
  return async (context, next) => {
    const { method } = context.req;
    const origin = context.req.header('origin') ?? '';
    if (method !== 'GET' && method !== 'HEAD' && !site.origins.has(origin)) {
      throw new BatonError(
        'FORM_REFUSED',
        `A form came from "${origin || 'nowhere'}", not from ${site.origin}. Nothing was done.`,
        { origin },
      );
    }
    await next();
  };
}

/** @throws {BatonError} `FORM_REFUSED` */
export function assertOwnForm(form: URLSearchParams, { csrf }: Visitor): void {
  if (isSameSecret(form.get('csrf') ?? '', csrf)) return;
  throw new BatonError(
    'FORM_REFUSED',
    'The form is of another session than yours. Nothing was done: open the page again, and look before you send it.',
  );
}

/** The largest form: all that a decision can carry, escaped. */
const LARGEST_FORM = 512 * 1024;

/** Reads the posted form. */
export async function readForm(context: Context): Promise<URLSearchParams> {
  const type = context.req.header('content-type') ?? '';
  const length = Number(context.req.header('content-length') ?? Number.NaN);
  if (!type.startsWith('application/x-www-form-urlencoded') || !(length <= LARGEST_FORM)) {
    throw new BatonError('FORM_REFUSED', 'This form is not from this page. Nothing was done.', {
      type,
      length,
    });
  }
  return new URLSearchParams(await context.req.text());
}
