/**
 * Delivers a report as a mail message in a file, `outbox/<key>.eml`, which any mail program can open. The
 * file appears whole or not at all, and only once for each key, even with several attempts and workers.
 */
import { randomUUID } from 'node:crypto';
import { link, mkdir, open, stat, unlink } from 'node:fs/promises';
import path from 'node:path';
import { NotDone } from '@batonhq/baton/worker';
import type { Message } from './message.js';
import type { FileReceipt } from './shapes.js';

const KEY = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/;

/**
 * Writes the message, unless the file exists already; the receipt is the same in both cases. After a crash
 * the file is whole or missing, at worst with a hidden temporary file next to it.
 *
 * @param folder the outbox; created if missing.
 * @param key identifies the delivery: the same key is the same delivery.
 * @throws {NotDone} when the file cannot be written. Then it is certain that nothing was sent.
 */
export async function deliver(
  folder: string,
  key: string,
  { messageId, bytes }: Message,
): Promise<FileReceipt> {
  if (!KEY.test(key))
    throw new TypeError(`The delivery key ${JSON.stringify(key)} is not a plain file name.`);
  const file = path.join(path.resolve(folder), `${key}.eml`);
  const earlier = await stat(file).catch(() => undefined);
  // Checked before anything that can fail: a delivery by an earlier, killed attempt must not be reported as
  // not done.
  if (earlier) return receipt(file, messageId, earlier.size);
  await mkdir(path.dirname(file), { recursive: true }).catch(notWritten);
  const temporary = path.join(path.dirname(file), `.${key}.${randomUUID()}.tmp`);
  try {
    await writeDurably(temporary, bytes).catch(notWritten);
    // link(2) fails if the name exists, so exactly one of several writers wins.
    await link(temporary, file).catch((error: unknown) => {
      if (!isTaken(error)) throw error;
    });
  } finally {
    await unlink(temporary).catch(() => undefined);
  }
  await syncFolder(path.dirname(file));
  return receipt(file, messageId, (await stat(file)).size);
}

function receipt(file: string, messageId: string, bytes: number): FileReceipt {
  return { kind: 'file', path: shown(file), messageId, bytes };
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

/** The file appears in the very last step, so nothing was sent before. */
function notWritten(error: unknown): never {
  const { code = '', message = String(error) } = error as Partial<NodeJS.ErrnoException>;
  throw new NotDone(`The outbox cannot be written: ${message}`, {
    cause: error,
    retry: !['EACCES', 'EEXIST', 'ENOTDIR', 'EPERM', 'EROFS'].includes(code),
  });
}
