/** Where the page is reached: what its links begin with, and which hosts and origins may ask for it. */
import { createConfigError } from '../../contracts/errors.js';

export interface Site {
  /** What links begin with, e.g. `http://127.0.0.1:4466`. */
  readonly origin: string;
  readonly secure: boolean;
  /** Values of the header `Host` that are answered: any other is somebody's attempt to rebind a name to this machine. */
  readonly hosts: ReadonlySet<string>;
  readonly origins: ReadonlySet<string>;
  /** Cookies know no ports: two pages on one machine need two names. */
  readonly cookie: string;
}

const LOOPBACK: readonly string[] = ['127.0.0.1', 'localhost', '[::1]'];

export function isLoopback(host: string): boolean {
  return LOOPBACK.includes(host) || host === '::1';
}

/**
 * @param url - where people reach it through a proxy; needed where it does not listen on this machine only.
 * @throws {BatonError} `BAD_CONFIG`.
 */
export function createSite(host: string, port: number, url: string | undefined): Site {
  if (url === undefined && !isLoopback(host)) {
    throw createConfigError(
      `The inbox page is to listen on ${host}, where others reach it. Say by which address: --url https://…, behind a proxy that ends TLS.`,
      { host },
    );
  }
  const own = LOOPBACK.map((name) => `${name}:${port}`);
  const published = url === undefined ? undefined : parsePublished(url);
  const first = `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
  return {
    origin: published?.origin ?? first,
    secure: published?.protocol === 'https:',
    hosts: new Set(published ? [published.host, ...own] : own),
    origins: new Set(published ? [published.origin] : own.map((name) => `http://${name}`)),
    cookie: published?.protocol === 'https:' ? '__Host-baton-inbox' : `baton-inbox-${port}`,
  };
}

function parsePublished(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const plain = url?.pathname === '/' && url.search === '' && url.username === '';
  if (url && plain && (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname))))
    return url;
  throw createConfigError(
    `"${text}" is no address for the inbox page: it is https://host[:port] without a path; http on this machine only.`,
    { url: text },
  );
}
