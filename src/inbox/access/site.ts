/** The address of the page: the start of its links, and the hosts and origins that it accepts. */
import { createConfigError } from '../../contracts/errors.js';

export interface Site {
  /** The start of links, e.g. `http://127.0.0.1:4466`. */
  readonly origin: string;
  readonly secure: boolean;
  /** The accepted values of the header `Host`. Any other value is an attempt at DNS rebinding. */
  readonly hosts: ReadonlySet<string>;
  readonly origins: ReadonlySet<string>;
  /** Cookies ignore ports, so two pages on one machine need two cookie names. */
  readonly cookie: string;
}

const LOOPBACK: readonly string[] = ['127.0.0.1', 'localhost', '[::1]'];

export function isLoopback(host: string): boolean {
  return LOOPBACK.includes(host) || host === '::1';
}

/**
 * @param url - the public address behind a proxy; required unless the page listens on this machine only.
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
    `"${text}" is not an address for the inbox page: it is https://host[:port] without a path; http on this machine only.`,
    { url: text },
  );
}
