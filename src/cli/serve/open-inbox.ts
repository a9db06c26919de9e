/** Serves the inbox page next to a command, and makes the sign-in links. */
import { DATA_DIR, type Session, buildRunPageUrl } from '../session/session.js';
import { defined } from '../../contracts/data/defined.js';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { readPrivateKey } from '../../client/requests/key-file.js';
import type { OidcSettings } from '../../contracts/proof/oidc-settings.js';
import { BatonError, createUsageError, createConfigError } from '../../contracts/errors.js';
import {
  createInbox,
  INBOX_PORT,
  SignInLinks,
  buildSignInLink,
  type InboxServer,
} from '../../inbox/index.js';
import { readCommandName } from '../terminal/command-name.js';
import { findConfigFile, loadConfig, type LoadedConfig } from '../../worker/load-config.js';
import { watchRegistry } from '../../worker/approver-registry.js';
import type { ReaderSettings } from '../../inbox/access/reading-rights.js';
import type { Client } from '@temporalio/client';
import type { ReadPrompts } from '../../inbox/routes/app-context.js';
import { readPrompts } from './read-prompts.js';
import { runInterruptibly } from '../terminal/interruption.js';

const FOLDER = join(DATA_DIR, 'inbox');
const LINKS = join(FOLDER, 'links');
/** Contains the address of this folder's page, so that a later command can make another link. */
const ADDRESS_FILE = join(FOLDER, 'address.json');

const Address = z.object({ url: z.string() });

/** The address to listen on, and the people who can sign in. */
export interface InboxWish {
  readonly host?: string | undefined;
  readonly port?: number | undefined;
  readonly url?: string | undefined;
  readonly oidc?: OidcSettings | undefined;
  /** The configuration with the approvers and the readers. */
  readonly config?: Pick<LoadedConfig, 'approvals' | 'inbox' | 'store' | 'keepPrompts'> | undefined;
  /** The file of the key that signs decisions. */
  readonly key?: string | undefined;
}

/** Resolves when the page listens. */
export async function openInbox(session: Session, wish: InboxWish): Promise<InboxServer> {
  const [server, client] = [await session.server(), await session.client()];
  const { screen } = session;
  const { host, port, url, key, config, oidc = config?.inbox?.oidc ?? readOidcSettings() } = wish;
  const inbox = await createInbox({
    client,
    folder: LINKS,
    ...defined({ host, port, url, oidc, readers: config && toReaders(config) }),
    ...(config?.keepPrompts === true ? { prompts: toPromptReader(client, config.store) } : {}),
    ...(key === undefined ? {} : { key: readPrivateKey(key).key }),
    webUi: (run) => buildRunPageUrl(server, run),
    command: readCommandName(),
    log: (line) => screen.note(screen.notePalette.quiet(`  inbox: ${line}`)),
  });
  mkdirSync(FOLDER, { recursive: true, mode: 0o700 });
  writeFileSync(ADDRESS_FILE, JSON.stringify({ url: inbox.url }), { mode: 0o600 });
  // The mode of `writeFileSync` does not change an existing file.
  chmodSync(ADDRESS_FILE, 0o600);
  return inbox;
}

function toPromptReader(client: Client, store: string): ReadPrompts {
  return (workflowId, step) => readPrompts(client, { store, workflowId, step });
}

/** The people who can read, where decisions are signed. */
function toReaders({
  approvals,
  inbox,
}: Pick<LoadedConfig, 'approvals' | 'inbox'>): ReaderSettings | undefined {
  if (approvals.mode !== 'signed' || approvals.registry === undefined) return undefined;
  return { registry: watchRegistry(approvals.registry), ...defined({ readers: inbox?.readers }) };
}

/** For a command that mainly serves something else: a port in use must not keep it from starting. */
export async function openInboxAnywhere(session: Session, wish: InboxWish): Promise<InboxServer> {
  if (wish.port !== undefined) return openInbox(session, wish);
  try {
    return await openInbox(session, { ...wish, port: INBOX_PORT });
  } catch (error) {
    if (!(error instanceof BatonError && error.code === 'BAD_CONFIG' && 'port' in error.facts)) throw error;
    return openInbox(session, { ...wish, port: 0 });
  }
}

/**
 * Makes a link into the page that this folder's inbox serves, or into the one at `url` that is served from
 * this folder.
 *
 * @throws {BatonError} `BAD_USAGE` when the page's address is unknown.
 */
export function buildLink(subject: string, url: string | undefined): string {
  const origin = url ?? readLastAddress();
  if (origin === undefined) {
    throw createUsageError(
      `No inbox page has been served from this folder. Start one (\`${readCommandName()} inbox serve\`), or say where it is: --url.`,
    );
  }
  return buildSignInLink(origin.replace(/\/$/, ''), new SignInLinks(LINKS).issue(subject));
}

function readLastAddress(): string | undefined {
  try {
    return Address.parse(JSON.parse(readFileSync(ADDRESS_FILE, 'utf8'))).url;
  } catch {
    return undefined;
  }
}

/**
 * The OIDC issuer in the environment; undefined without one.
 *
 * @throws {BatonError} `BAD_CONFIG` when the settings are incomplete.
 */
function readOidcSettings(): OidcSettings | undefined {
  const of = (name: string): string | undefined => process.env[`BATON_INBOX_OIDC_${name}`];
  const [issuer, audience, jwksUri, subjectClaim] = [
    of('ISSUER'),
    of('AUDIENCE'),
    of('JWKS_URI'),
    of('SUBJECT_CLAIM'),
  ];
  if (issuer === undefined && audience === undefined && jwksUri === undefined) return undefined;
  if (issuer !== undefined && audience !== undefined && jwksUri !== undefined) {
    return { issuer, audience, jwksUri, ...defined({ subjectClaim }) };
  }
  throw createConfigError(
    'An issuer needs BATON_INBOX_OIDC_ISSUER, BATON_INBOX_OIDC_AUDIENCE and BATON_INBOX_OIDC_JWKS_URI together.',
  );
}

/** Serves the page until Ctrl-C, and prints a link that signs in `subject`. */
export async function serveInbox(session: Session, wish: InboxWish, subject: string): Promise<number> {
  const { screen } = session;
  const { notePalette: palette } = screen;
  return runInterruptibly(async (signal) => {
    const file = findConfigFile('.');
    const config = file === undefined ? undefined : await loadConfig(file);
    const inbox = await openInbox(session, { ...wish, config });
    const link = inbox.link(subject);
    screen.note(
      `${palette.good('●')} ${palette.strong('The inbox is open')} at ${inbox.url}`,
      '',
      `  ${palette.quiet(`for ${subject}, once, within ten minutes:`)}`,
      `  ${link}`,
      '',
      palette.quiet(`  Another: ${readCommandName()} inbox link --as NAME. Ctrl-C closes it; runs go on.`),
    );
    screen.document('inbox-page', { url: inbox.url, link, subject });
    await new Promise<void>((resolve) => {
      if (signal.aborted) resolve();
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
    await inbox.close();
    return 0;
  });
}

/** Prints another link. */
export function printLink({ screen }: Session, subject: string, url: string | undefined): number {
  const link = buildLink(subject, url);
  screen.print(link);
  screen.document('inbox-link', { link, subject });
  return 0;
}
