/** Parses the mail server's URL: `smtp://user:password@host:port`. */
import { type BatonError, createConfigError } from '../../contracts/errors.js';

export interface SmtpServer {
  readonly host: string;
  readonly port: number;
  /** Uses TLS from the start instead of STARTTLS. */
  readonly secure: boolean;
  readonly auth: { readonly user: string; readonly pass: string } | undefined;
  /** The server runs on this machine, where no network can be tapped. */
  readonly isLocal: boolean;
}

/**
 * @throws {BatonError} `BAD_CONFIG`, without the text, because it can contain a password.
 */
export function readSmtpServer(text: string): SmtpServer {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isPlain =
    url !== undefined && ['', '/'].includes(url.pathname) && url.search === '' && url.hash === '';
  if (!isPlain || !['smtp:', 'smtps:'].includes(url.protocol) || url.hostname === '')
    throw createUnreadableError();
  const secure = url.protocol === 'smtps:';
  const host = url.hostname.replace(/^\[|\]$/g, '');
  return {
    host,
    port: url.port === '' ? (secure ? 465 : 587) : Number(url.port),
    secure,
    auth: readAuth(url),
    isLocal: host === 'localhost' || host === '::1' || /^127(?:\.\d{1,3}){3}$/.test(host),
  };
}

function readAuth({ username, password }: URL): SmtpServer['auth'] {
  if (username === '' && password === '') return undefined;
  try {
    return { user: decodeURIComponent(username), pass: decodeURIComponent(password) };
  } catch {
    throw createUnreadableError();
  }
}

function createUnreadableError(): BatonError {
  return createConfigError(
    'email({ smtp }) cannot be read. It is smtp://user:password@host:port, or smtps:// for TLS from the start; user, password and port may be missing. In user and password write % @ : / ? # as %25 %40 %3A %2F %3F %23.',
  );
}
