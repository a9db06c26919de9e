/** Reads a document as text and as lines, in the same way for the index and for citation checks. */
import { constants } from 'node:fs';
import { lstat, open, realpath } from 'node:fs/promises';

/** Larger files are data or bundles, not documents. */
export const MAX_DOCUMENT_BYTES = 2 * 1024 * 1024;

/**
 * Reads a document's text, or returns `undefined` if it is not a document: binary, minified, or not a regular
 * file. Bytes that are not UTF-8 are read as Windows-1252, so that old texts keep their letters.
 */
export async function readDocument(file: string): Promise<string | undefined> {
  const bytes = await readRegularFile(file);
  if (bytes === undefined || bytes.subarray(0, 8_192).includes(0)) return undefined;
  const text = decode(bytes);
  return isMinified(text) ? undefined : text;
}

async function readRegularFile(file: string): Promise<Buffer | undefined> {
  const real = await realpath(file).catch(() => undefined);
  if (real === undefined || !(await lstat(real)).isFile()) return undefined;
  const handle = await open(real, constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    const { size } = await handle.stat();
    return size > MAX_DOCUMENT_BYTES ? undefined : await handle.readFile();
  } finally {
    await handle.close();
  }
}

function decode(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

function isMinified(text: string): boolean {
  const lines = text.split('\n');
  const long = lines.filter(
    (line) => line.length > 3_000 && (line.match(/\s/g)?.length ?? 0) < line.length / 25,
  );
  return long.length > 0 && long.reduce((sum, line) => sum + line.length, 0) > text.length / 2;
}

/**
 * The lines of a text, without their terminators. A line ends only at LF or CRLF, as in editors and `sed`; a
 * terminator at the very end starts no further line.
 */
export function toLines(text: string): string[] {
  const lines = text.split('\n').map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line));
  if (lines.at(-1) === '') lines.pop();
  return lines;
}
