/** This worker's mail settings, from its environment: SMTP_URL, BATON_MAIL_FROM, BATON_MAIL_TO. */
import { BatonError } from '@batonhq/baton';
import { readMailbox } from './mailbox.js';
import type { Destination } from './shapes.js';

export interface SmtpServer {
  readonly host: string;
  readonly port: number;
  /** Uses TLS from the start instead of STARTTLS. */
  readonly secure: boolean;
  readonly auth: { readonly user: string; readonly pass: string } | undefined;
  /** The server runs on this machine, where no network can be tapped. */
  readonly loopback: boolean;
  /** The address without user and password, safe to show and store. */
  readonly shown: string;
}

export interface MailSettings {
  /** Without a server, reports become files. */
  readonly server: SmtpServer | undefined;
  readonly destination: Destination;
}

const FORM =
  'It reads smtp://user:password@host:port, or smtps:// for TLS from the start; user, password and port may be missing. ' +
  'In user and password write % @ : / ? # as %25 %40 %3A %2F %3F %23.';
const USUAL_FROM = 'Research desk <research-desk@baton.invalid>';
const USUAL_TO = 'reader@research-desk.baton.invalid';

/** @throws {BatonError} `BAD_CONFIG` when a variable is malformed, or a real server has no recipient. */
export function mailSettings(environment: Readonly<Record<string, string | undefined>>): MailSettings {
  const url = environment['SMTP_URL']?.trim() ?? '';
  const server = url === '' ? undefined : readServer(url);
  const from = addressFrom(environment, 'BATON_MAIL_FROM', server) ?? USUAL_FROM;
  const to = addressFrom(environment, 'BATON_MAIL_TO', server) ?? USUAL_TO;
  return { server, destination: { by: server?.shown ?? 'file', from, to } };
}

function readServer(text: string): SmtpServer {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined) throw badUrl('is not an address');
  if (url.protocol !== 'smtp:' && url.protocol !== 'smtps:')
    throw badUrl('begins with neither smtp:// nor smtps://');
  if (url.hostname === '') throw badUrl('names no host');
  if (!/^\/?$/.test(url.pathname) || url.search !== '' || url.hash !== '')
    throw badUrl('has something after host and port');
  const secure = url.protocol === 'smtps:';
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const port = url.port === '' ? (secure ? 465 : 587) : Number(url.port);
  if (port === 0) throw badUrl('names port 0');
  return {
    host,
    port,
    secure,
    auth: credentials(url),
    loopback: host === 'localhost' || host === '::1' || /^127(?:\.\d{1,3}){3}$/.test(host),
    shown: `${url.protocol}//${url.hostname}:${port}`,
  };
}

function credentials(url: URL): SmtpServer['auth'] {
  if (url.username === '' && url.password === '') return undefined;
  try {
    const auth = { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) };
    if (auth.user !== '' && auth.pass !== '') return auth;
  } catch {
    throw badUrl('has a % in user or password that stands for nothing');
  }
  throw badUrl(url.username === '' ? 'has a password and no user' : 'has a user and no password');
}

/** Leaves out the value, because it can contain a password. */
function badUrl(problem: string): BatonError {
  return new BatonError('BAD_CONFIG', `SMTP_URL ${problem}. ${FORM}`, { variable: 'SMTP_URL' });
}

/** The defaults are for a mail catcher on this machine; a real server needs real addresses. */
function addressFrom(
  environment: Readonly<Record<string, string | undefined>>,
  variable: 'BATON_MAIL_FROM' | 'BATON_MAIL_TO',
  server: SmtpServer | undefined,
): string | undefined {
  const text = environment[variable]?.trim() ?? '';
  if (text !== '') {
    if (readMailbox(text)) return text;
    throw new BatonError(
      'BAD_CONFIG',
      `${variable} is ${JSON.stringify(text)}, and must be one mail address: ada@example.org, or Ada <ada@example.org>.`,
      { variable },
    );
  }
  if (server === undefined || server.loopback) return undefined;
  throw new BatonError(
    'BAD_CONFIG',
    `SMTP_URL names the mail server ${server.shown}, so ${variable} must be set: ${variable === 'BATON_MAIL_TO' ? 'who gets the reports' : 'in whose name they are sent'}.`,
    { variable },
  );
}
