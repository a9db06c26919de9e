/** The inbox page: a server on this machine where people decide pending requests. */
import type { AddressInfo } from 'node:net';
import { createServer, type Server } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import type { Client } from '@temporalio/client';
import type { RunRef } from '../client/runs/runs.js';
import { createConfigError } from '../contracts/errors.js';
import { createApp } from './app.js';
import type { ReadPrompts } from './routes/app-context.js';
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

/** The default port of the page. */
export const INBOX_PORT = 4466;

export interface InboxOptions {
  readonly client: Client;
  /** The folder for the tokens of links, e.g. `.baton/inbox/links`. Nothing else is stored there. */
  readonly folder: string;
  /** Default `127.0.0.1`: this machine only. */
  readonly host?: string;
  /** Default {@link INBOX_PORT}; 0 picks a free port. */
  readonly port?: number;
  /** The public address, if a proxy that ends TLS is in front of the page. */
  readonly url?: string;
  /** Enables sign-in with tokens of this issuer, in addition to links. */
  readonly oidc?: OidcSettings;
  /** Limits what each person can read. Without it, everyone who is signed in reads everything. */
  readonly readers?: ReaderSettings;
  /** The key that signs the decisions made here, where runs require signatures: a person's own key, or a gateway's. */
  readonly key?: Signer['key'];
  readonly webUi?: (run: RunRef) => string | undefined;
  /** Reads what the models of a run were sent; without it, the page does not show that. */
  readonly prompts?: ReadPrompts;
  /** How to type `baton` where the page runs, for lines to copy; default `baton`. */
  readonly command?: string;
  readonly log?: (line: string) => void;
}

export interface InboxServer {
  /** The start of the page's addresses. */
  readonly url: string;
  /** Makes a link that signs in this person once, within ten minutes. */
  link(subject: string): string;
  /** Closes the server, including the streams of open pages. */
  close(): Promise<void>;
}

/**
 * Serves the page, and resolves when it listens. The only state it keeps is sign-in sessions.
 *
 * @throws {BatonError} `BAD_CONFIG` when the address is not allowed, or the port is in use.
 */
export async function createInbox(options: InboxOptions): Promise<InboxServer> {
  const { client, host = '127.0.0.1', port = INBOX_PORT, url } = options;
  // Checks the address before anyone can reach the server.
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
    ...(options.prompts ? { prompts: options.prompts } : {}),
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
