/** The inbox page: a server on this machine by which people decide what runs wait for. */
import type { AddressInfo } from 'node:net';
import { createServer, type Server } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import type { Client } from '@temporalio/client';
import type { RunRef } from '../client/runs/runs.js';
import { createConfigError } from '../contracts/errors.js';
import { createApp } from './app.js';
import { PastDecisions } from './reading/past-decisions.js';
import { SignInLinks } from './access/links.js';
import { ReadingRights, type ReaderSettings } from './access/reading-rights.js';
import { Watch } from './reading/watch.js';
import { createIdTokenReader } from './access/oidc.js';
import type { OidcSettings } from '../contracts/proof/oidc-settings.js';
import { Sessions } from './access/sessions.js';
import type { Signer } from '../client/deciding/deciding-session.js';
import { createSite } from './access/site.js';

export { SignInLinks } from './access/links.js';

/** The port that the page takes when none is given. */
export const INBOX_PORT = 4466;

export interface InboxOptions {
  readonly client: Client;
  /** Where the tokens of links are noted, e.g. `.baton/inbox/links`: a folder of their own. */
  readonly folder: string;
  /** Default `127.0.0.1`: this machine only. */
  readonly host?: string;
  /** Default {@link INBOX_PORT}; 0 takes a free one. */
  readonly port?: number;
  /** Where people reach it, when that is through a proxy that ends TLS. */
  readonly url?: string;
  /** Lets people in by tokens of this issuer, beside links. */
  readonly oidc?: OidcSettings;
  /** Where who decides is known: who may read what. Without, whoever is signed in reads everything. */
  readonly readers?: ReaderSettings;
  /** Signs what is decided here, where runs ask for that: a person's own key, or a gateway's. */
  readonly key?: Signer['key'];
  readonly webUi?: (run: RunRef) => string | undefined;
  /** How `baton` is typed where the page runs, for lines to be copied; default `baton`. */
  readonly command?: string;
  readonly log?: (line: string) => void;
}

export interface InboxServer {
  /** What its addresses begin with. */
  readonly url: string;
  /** A link that lets this person in, once, within ten minutes. */
  link(subject: string): string;
  /** Ends it, open pages' streams included. */
  close(): Promise<void>;
}

/**
 * Serves the page. It listens when this returns; it holds no state but who is signed in.
 *
 * @throws {BatonError} `BAD_CONFIG` when it may not listen so, or the port is taken.
 */
export async function createInbox(options: InboxOptions): Promise<InboxServer> {
  const { client, host = '127.0.0.1', port = INBOX_PORT, url } = options;
  // Whether it may is known before anybody can reach it.
  createSite(host, port, url);
  const server = createServer();
  const site = createSite(host, await listen(server, host, port), url);
  const links = new SignInLinks(options.folder);
  const watch = new Watch();
  const app = createApp({
    client,
    site,
    links,
    watch,
    rights: new ReadingRights(options.readers),
    sessions: new Sessions(),
    decided: new PastDecisions(client),
    ...(options.oidc ? { readIdToken: createIdTokenReader(options.oidc) } : {}),
    ...(options.key ? { key: options.key } : {}),
    webUi: options.webUi ?? (() => undefined),
    command: options.command ?? 'baton',
    log: options.log ?? (() => {}),
  });
  const answer = getRequestListener(app.fetch);
  server.on('request', (request, response) => void answer(request, response));
  return {
    url: site.origin,
    link: (subject) => buildSignInLink(site.origin, links.issue(subject)),
    close: () => {
      watch.close();
      return waitUntilClosed(server);
    },
  };
}

/** The address of a one-time link. */
export function buildSignInLink(origin: string, token: string): string {
  return `${origin}/sign-in?token=${token}`;
}

function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        createConfigError(
          `The inbox page cannot listen on ${host}:${port} (${error.code ?? error.message}). Give another --port; 0 takes a free one.`,
          { host, port },
          error,
        ),
      );
    });
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
  });
}

function waitUntilClosed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
