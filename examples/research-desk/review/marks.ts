/** The marks in an answer: `[file:start-end]`, `[https://…:line]`, `[count:id]`. Array indexes and links are none. */
import type { CitationRange } from '../shapes.js';

export interface Mark {
  /** As it is written. */
  readonly text: string;
  /** Where it stands, in characters. */
  readonly at: number;
  /** The lines that it names; absent for a count. */
  readonly lines?: CitationRange;
  /** The computation that it names. */
  readonly count?: string;
}

const MARK = /\[(?:count:([\w-]+)|([^[\]\n]+?):(\d+)(?:-(\d+))?)\]/g;
/** With a folder or an ending, or in capitals, as README and NOTICE are. */
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

/** A text in which marks stand in round brackets, and so are none; it stays as long as it was. */
export function marksAsText(text: string, isText: (mark: string) => boolean = () => true): string {
  let plain = text;
  // What one leaves behind may read as another: "[a [b.md:1-2]:3-4]".
  for (;;) {
    const marks = marksIn(plain).filter((mark) => isText(mark.text));
    if (marks.length === 0) return plain;
    for (const { text: mark, at } of marks)
      plain = `${plain.slice(0, at)}(${mark.slice(1, -1)})${plain.slice(at + mark.length)}`;
  }
}
