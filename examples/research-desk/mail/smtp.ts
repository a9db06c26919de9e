/**
 * Sends one message to a mail server. SMTP has no idempotency key, so the code must know when a message was
 * certainly not accepted: until its last line was sent, and whenever the server refuses it.
 */
import { Readable } from 'node:stream';
import { NotDone } from '@batonhq/baton/worker';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { Message } from './message.js';
import type { SmtpServer } from './settings.js';

const CONNECT_MS = 10_000;
/** A server may check a message for a while before it accepts it; the tool's own timeout is longer. */
const SILENCE_MS = 60_000;

/**
 * @returns the server's answer when it accepted the message.
 * @throws {NotDone} when the message was certainly not accepted; with `retry` if another attempt may succeed.
 * @throws {Error} when the connection was lost after the message was sent: the outcome is unknown.
 */
export async function sendBySmtp(server: SmtpServer, message: Message, signal: AbortSignal): Promise<string> {
  const connection = connectionTo(server);
  const bytes = Readable.from([message.bytes], { objectMode: false });
  let allHandedOver = false;
  // The stream is read only after the server asks for it, and the line that ends the message follows it.
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

/** Rejects when the connection fails or ends during the steps, or when the signal aborts. */
function failure(connection: SMTPConnection, signal: AbortSignal): Promise<never> {
  const failed = new Promise<never>((_resolve, reject) => {
    // A late error has no effect, and must not end the process.
    connection.on('error', reject);
    connection.once('end', () => reject(new Error('the connection was closed')));
    const giveUp = (): void => reject(new Error('the call was aborted'));
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
  /** The server's reply, if it refused. */
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
    // 503 is about the conversation, not about the mail.
    return { text: `refused it: ${reply}.`, reply, retry: responseCode < 500 || responseCode === 503 };
  }
  const hopeless = /^(EAUTH|EENVELOPE|EMESSAGE|ETLS)$/.test(code);
  return { text: `could not be used: ${message}.`, reply: undefined, retry: !hopeless };
}
