/** Sends notices by mail, through a mail server. */
import { type MailTo, type Mailbox, assertRecipients, readMailbox, listRecipients } from './recipients.js';
import { defined } from '../../contracts/data/defined.js';
import { createConfigError } from '../../contracts/errors.js';
import type { Notice, NoticeEvent } from '../../contracts/requests/notice.js';
import { clip } from '../../contracts/data/preview.js';
import { NoticeError, type NoticeAnswer, type NoticeContext, type Notifier } from '../notifier.js';
import { abortWith } from '../or-aborted.js';
import { readSmtpServer, type SmtpServer } from './smtp-server.js';
import { describeNotice } from '../notice-text.js';

/** The mail server and the recipients. */
export interface EmailOptions {
  /** `smtp://user:password@host:port`, or `smtps://…`. Only its host is ever shown. */
  readonly smtp: string;
  /** One address, e.g. `Baton <baton@example.com>`. */
  readonly from: string;
  /**
   * Addresses, or the addresses of each role. By role, the eligible approvers get the mail; if anyone can
   * decide, all addresses do.
   */
  readonly to: readonly string[] | Readonly<Record<string, readonly string[]>>;
  /** The events to send; default: all. */
  readonly events?: readonly NoticeEvent[];
  /** Default: `email` and the server's host. */
  readonly name?: string;
}

interface Office {
  readonly server: SmtpServer;
  readonly from: Mailbox;
  readonly to: MailTo;
}

const CONNECT_MS = 8_000;
const SILENCE_MS = 15_000;
/** Shorter than the activity's timeout, so that this error is the one reported. */
const ALL_MS = 25_000;

/**
 * Sends one plain mail to all recipients. The server's 4xx and lost connections are retried, its 5xx are not.
 * A password goes over the network encrypted or not at all. A mail that is sent twice has the same
 * Message-ID.
 *
 * @throws {BatonError} `BAD_CONFIG`
 */
export function email(options: EmailOptions): Notifier {
  const server = readSmtpServer(options.smtp);
  const from = typeof options.from === 'string' ? readMailbox(options.from) : undefined;
  if (from === undefined) {
    throw createConfigError(
      `email({ from }) is ${JSON.stringify(options.from)}, which is not one mail address.`,
    );
  }
  assertRecipients(options.to);
  return {
    name: options.name ?? `email ${server.host}`,
    ...defined({ events: options.events }),
    send: (notice, context) => send({ server, from, to: options.to }, notice, context),
  };
}

async function send(office: Office, notice: Notice, context: NoticeContext): Promise<NoticeAnswer> {
  const { server, from } = office;
  const to = listRecipients(office.to, notice);
  if (to.length === 0) {
    return { outcome: 'nobody', detail: `no address for ${notice.to.join(', ')}` };
  }
  // Most commands and many workers never send a mail, and loading this takes a tenth of a second, so it is
  // loaded here.
  const { createTransport } = await import('nodemailer');
  const transport = createTransport(createConnection(server));
  const thread = `<${context.thread}@${from.domain}>`;
  const sending = transport.sendMail({
    from: { name: from.name, address: from.address },
    to,
    ...renderMail(notice, context),
    messageId: `<${context.key}@${from.domain}>`,
    inReplyTo: thread,
    references: thread,
    textEncoding: 'quoted-printable',
    headers: { 'Auto-Submitted': 'auto-generated' },
    // No content can make the composer read a file or fetch a URL.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  // Sending cannot be undone: after a timeout the outcome is unknown, and another attempt has the same
  // Message-ID.
  const over = AbortSignal.any([context.signal, AbortSignal.timeout(ALL_MS)]);
  try {
    const { response, rejected } = await abortWith(sending, over);
    const missed = rejected.length === 0 ? '' : `; refused for ${rejected.length} of ${to.length} addresses`;
    return { outcome: 'taken', detail: `${clip(response, 150)}${missed}` };
  } catch (error) {
    throw judge(server, over.aborted ? new Error('it took too long, or the worker ends') : error);
  } finally {
    transport.close();
  }
}

function createConnection({ host, port, secure, auth, isLocal }: SmtpServer) {
  return {
    host,
    port,
    secure,
    ...defined({ auth }),
    requireTLS: auth !== undefined && !secure && !isLocal,
    // On this machine a certificate proves nothing.
    tls: { rejectUnauthorized: !isLocal, minVersion: 'TLSv1.2' as const },
    allowInternalNetworkInterfaces: isLocal,
    dnsTimeout: CONNECT_MS,
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: SILENCE_MS,
  };
}

interface SmtpProblem {
  readonly message: string;
  readonly code: string;
  readonly responseCode: number;
}

function judge({ host, auth }: SmtpServer, error: unknown): NoticeError {
  const { message = String(error), code = '', responseCode = 0 } = error as Partial<SmtpProblem>;
  const refused = responseCode >= 500 && responseCode !== 503;
  const hopeless = /^(?:EAUTH|EENVELOPE|EMESSAGE)$/.test(code) && (responseCode === 0 || refused);
  const told = auth === undefined || auth.pass === '' ? message : message.replaceAll(auth.pass, '…');
  return new NoticeError(`The mail was not taken by ${host}: ${clip(told, 300)}`, {
    retryable: !refused && !hopeless,
  });
}

const SUBJECT_LIMIT = 150;

/** A subject, and plain text with the link. No model text can become a header. */
function renderMail(notice: Notice, { link }: NoticeContext): { subject: string; text: string } {
  const { headline, facts } = describeNotice(notice);
  const lines = [
    headline,
    '',
    ...facts.map(([name, value]) => `${name}: ${value}`),
    ...(link === undefined ? [] : ['', 'Open the request:', link]),
    '',
    'An answer to this mail decides nothing.',
    '',
  ];
  return { subject: clip(headline, SUBJECT_LIMIT), text: lines.join('\n') };
}
