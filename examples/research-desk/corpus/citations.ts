/**
 * Checks citations against the files. It reads the cited lines again from the disk, so a valid citation
 * exists in that file at those lines. Nothing outside the corpus can be cited.
 */
import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { documentKind, isInside } from './documents.js';
import { readDocument, toLines } from './document-text.js';

export interface Citation {
  readonly file: string;
  /** From 1, both included. */
  readonly startLine: number;
  readonly endLine: number;
}

export type CheckedCitation =
  | { readonly ok: true; readonly citation: Citation & { readonly text: string } }
  | { readonly ok: false; readonly citation: Citation; readonly reason: string };

/** A longer range is a file, not a quotation. */
const MAX_CITED_LINES = 200;

/**
 * Reads the lines of a citation. The text is lines `startLine` to `endLine`, joined by LF, without the CRs of
 * a CRLF file. Never throws for a model's input: the reason says what is wrong with it.
 *
 * @param corpusRoot the corpus, as a real path.
 */
export async function checkCitation(corpusRoot: string, citation: Citation): Promise<CheckedCitation> {
  const refused = (reason: string): CheckedCitation => ({ ok: false, citation, reason });
  const { file, startLine, endLine } = citation;
  if (!Number.isInteger(startLine) || !Number.isInteger(endLine) || startLine < 1 || endLine < startLine) {
    return refused(`lines ${startLine}-${endLine} are not a valid range`);
  }
  if (endLine - startLine >= MAX_CITED_LINES)
    return refused(`${endLine - startLine + 1} lines are too many to cite`);
  if (file.includes('\0')) return refused('the file name is not one');
  const real = await realpath(path.resolve(file)).catch(() => undefined);
  if (real === undefined) return refused('there is no such file');
  if (!isInside(corpusRoot, real)) return refused('the file is outside the corpus');
  if (documentKind(path.basename(real)) === undefined)
    return refused('the file is not a document of the corpus');
  const text = await readDocument(real).catch(() => undefined);
  if (text === undefined) return refused('the file cannot be read as text');
  const lines = toLines(text);
  if (endLine > lines.length) return refused(`the file ends at line ${lines.length}`);
  const cited = lines.slice(startLine - 1, endLine).join('\n');
  if (cited.trim() === '') return refused('the lines are blank');
  return { ok: true, citation: { file, startLine, endLine, text: cited } };
}
