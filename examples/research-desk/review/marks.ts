/**
 * The marks in an answer: `[file:start-end]`, `[https://…:line]`, `[count:id]`. Array indexes and links are
 * not marks.
 */
import type { CitationRange } from '../shapes.js';

export interface Mark {
  /** The mark as written. */
  readonly text: string;
  /** Its position, in characters. */
  readonly at: number;
  /** The lines that it cites; absent for a count. */
  readonly lines?: CitationRange;
  /** The computation that it cites. */
  readonly count?: string;
}

const MARK = /\[(?:count:([\w-]+)|([^[\]\n]+?):(\d+)(?:-(\d+))?)\]/g;
/** With a folder or an extension, or in capitals, like README and NOTICE. */
const LOOKS_LIKE_A_FILE = /[./\\]|^[A-Z][A-Z_-]+$/;

export function marksIn(answer: string): Mark[] {
  return [...answer.matchAll(MARK)].flatMap((found): Mark[] => {
    const [text, count, file, start = '', end] = found;
    const at = found.index;
    if (count !== undefined) return [{ text, at, count }];
    if (file === undefined || (end === undefined && !LOOKS_LIKE_A_FILE.test(file))) return [];
    return [{ text, at, lines: { file, startLine: Number(start), endLine: Number(end ?? start) } }];
  });
}

/** Puts the marks of a text into round brackets, so that they are no longer marks. The length stays the same. */
export function marksAsText(text: string, isText: (mark: string) => boolean = () => true): string {
  let plain = text;
  // A replaced mark can leave another one: "[a [b.md:1-2]:3-4]".
  for (;;) {
    const marks = marksIn(plain).filter((mark) => isText(mark.text));
    if (marks.length === 0) return plain;
    for (const { text: mark, at } of marks)
      plain = `${plain.slice(0, at)}(${mark.slice(1, -1)})${plain.slice(at + mark.length)}`;
  }
}
