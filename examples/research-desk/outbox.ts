/**
 * Delivers a report: a mail message as a file, `outbox/<key>.eml`, which any mail program opens. The file appears
 * whole or not at all, and only once for a key, however often and by how many workers it is delivered.
 */
import { randomUUID } from 'node:crypto';
import { link, mkdir, open, stat, unlink } from 'node:fs/promises';
import path from 'node:path';
import MailComposer from 'nodemailer/lib/mail-composer';

export interface OutgoingReport {
  readonly to: string;
  readonly subject: string;
  /** Markdown. */
  readonly body: string;
  /** UTC, ISO 8601: the time that the message bears, the same in every repeat. */
  readonly composedAt: string;
}

export interface Receipt {
  readonly kind: 'file';
  /** Relative to the working directory when below it, else absolute. */
  readonly path: string;
  readonly messageId: string;
  readonly bytes: number;
}

const SENDER = 'Research desk <research-desk@baton.invalid>';
const KEY = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/;

/**
 * Writes the message unless it was written before; the receipt is the same either way. A crash leaves either the
 * whole file or none, at worst with a hidden temporary file beside it.
 *
 * @param folder the outbox; made when it is missing.
 * @param key names the delivery: the same key is the same delivery.
 * @throws when the key is no plain file name, or the folder cannot be written.
 */
export async function deliver(folder: string, key: string, report: OutgoingReport): Promise<Receipt> {
  if (!KEY.test(key))
    throw new TypeError(`The delivery key ${JSON.stringify(key)} is not a plain file name.`);
  const messageId = `<${key}@research-desk.baton.invalid>`;
  const message = await compose(report, messageId);
  const file = path.join(path.resolve(folder), `${key}.eml`);
  await mkdir(path.dirname(file), { recursive: true });
  const temporary = path.join(path.dirname(file), `.${key}.${randomUUID()}.tmp`);
  try {
    await writeDurably(temporary, message);
    // link(2) fails when the name is taken: exactly one of several writers wins.
    await link(temporary, file).catch((error: unknown) => {
      if (!isTaken(error)) throw error;
    });
  } finally {
    await unlink(temporary).catch(() => undefined);
  }
  await syncFolder(path.dirname(file));
  return { kind: 'file', path: shown(file), messageId, bytes: (await stat(file)).size };
}

/** An RFC 5322 message of one text part. The same values always give the same bytes. */
export async function compose(report: OutgoingReport, messageId: string): Promise<Buffer> {
  const composer = new MailComposer({
    from: SENDER,
    to: report.to,
    subject: report.subject,
    messageId,
    date: new Date(report.composedAt),
    text: report.body,
    textEncoding: 'quoted-printable',
    newline: 'windows',
    headers: { 'Auto-Submitted': 'auto-generated' },
    // A report may quote anything; nothing in it may make the composer read a file or fetch an address.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return composer.compile().build();
}

async function writeDurably(file: string, content: Buffer): Promise<void> {
  const handle = await open(file, 'wx', 0o600);
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined);
  try {
    await handle?.sync();
  } catch {
    // Some file systems cannot sync a folder; the file itself is safe.
  } finally {
    await handle?.close();
  }
}

function isTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EEXIST';
}

function shown(file: string): string {
  const relative = path.relative(process.cwd(), file);
  return relative.startsWith('..') || path.isAbsolute(relative) ? file : relative;
}
