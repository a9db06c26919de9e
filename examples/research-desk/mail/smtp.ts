/**
 * Hands one message to a mail server. SMTP has no key by which a server would know a repeat, so what matters is to
 * know when the message was certainly not taken: until its last line has left, and whenever the server says no.
 */
import { Readable } from 'node:stream';
import { NotDone } from '@batonhq/baton/worker';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { Message } from './message.js';
import type { SmtpServer } from './settings.js';

const CONNECT_MS = 10_000;
/** A server may look closely at a message before it takes it; the tool's own time limit is longer. */
const SILENCE_MS = 60_000;

/**
 * @returns what the server answered when it took the message on.
 * @throws {NotDone} when it certainly was not taken; with `retry` where another attempt may fare better.
 * @throws {Error} when the connection was lost after the message had left: nobody knows.
 */
export async function sendBySmtp(server: SmtpServer, message: Message, signal: AbortSignal): Promise<string> {
  const connection = connectionTo(server);
  const bytes = Readable.from([message.bytes], { objectMode: false });
  let allHandedOver = false;
  // Read only once the server has asked for it; the line that ends the message is sent after this.
  bytes.once('end', () => (allHandedOver = true));
  const lost = failure(connection, signal);
  try {
    await Promise.race([lost, step((done) => connection.connect(done))]);
    const { auth } = server;
    if (auth) await Promise.race([lost, step((done) => connection.login(auth, done))]);
    const envelope = { from: message.from.address, to: [message.to.address], size: message.bytes.length };
    const { response } = await Promise.race([
      lost,
      step<{ response: string }>((done) => connection.send(envelope, bytes, done)),
    ]);
    connection.quit();
    return response;
  } catch (error) {
    connection.close();
    const problem = describe(error);
    if (allHandedOver && problem.reply === undefined)
      throw new Error(`The connection to ${server.shown} was lost after the message had left.`, {
        cause: error,
      });
    throw new NotDone(
      `The mail was not sent: ${server.shown} ${problem.text}${problem.retry ? '' : ' Check SMTP_URL, BATON_MAIL_FROM and BATON_MAIL_TO.'}`,
      { retry: problem.retry, cause: error },
    );
  } finally {
    bytes.destroy();
  }
}

function connectionTo({ host, port, secure, auth, loopback }: SmtpServer): SMTPConnection {
  return new SMTPConnection({
    host,
    port,
    secure,
    // A password goes over the network encrypted or not at all. On this machine a certificate proves nothing.
    requireTLS: auth !== undefined && !secure && !loopback,
    tls: { rejectUnauthorized: !loopback, minVersion: 'TLSv1.2' },
    allowInternalNetworkInterfaces: loopback,
    dnsTimeout: CONNECT_MS,
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: SILENCE_MS,
  });
}

/** Rejects when the connection fails or ends between or in the steps, or when it is given up. */
function failure(connection: SMTPConnection, signal: AbortSignal): Promise<never> {
  const failed = new Promise<never>((_resolve, reject) => {
    // An error that comes when nobody waits any more is of no interest, and must not end the process.
    connection.on('error', reject);
    connection.once('end', () => reject(new Error('the connection was closed')));
    const giveUp = (): void => reject(new Error('the call was given up'));
    signal.addEventListener('abort', giveUp, { once: true });
    if (signal.aborted) giveUp();
  });
  failed.catch(() => undefined);
  return failed;
}

function step<T = unknown>(begin: (done: (error?: Error | null, result?: T) => void) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    begin((error, result) => {
      if (error) reject(error);
      else resolve(result as T);
    });
  });
}

interface Problem {
  readonly text: string;
  /** What the server said, where it said no. */
  readonly reply: string | undefined;
  readonly retry: boolean;
}

function describe(error: unknown): Problem {
  const {
    message = String(error),
    code = '',
    responseCode = 0,
    response,
  } = error as Partial<{
    message: string;
    code: string;
    responseCode: number;
    response: string;
  }>;
  if (responseCode >= 400 && responseCode < 600) {
    const reply = response ?? String(responseCode);
    // 503 complains about the conversation, not about the mail.
    return { text: `refused it: ${reply}.`, reply, retry: responseCode < 500 || responseCode === 503 };
  }
  const hopeless = /^(EAUTH|EENVELOPE|EMESSAGE|ETLS)$/.test(code);
  return { text: `could not be used: ${message}.`, reply: undefined, retry: !hopeless };
}
