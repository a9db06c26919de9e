/**
 * The part of a terminal that is redrawn in place. Each frame overwrites the last one line by line, inside a
 * synchronized update, so that nothing flickers. A frame that is too high loses its middle.
 */
import { truncate } from './text-width.js';

export interface TerminalStream {
  write(text: string): unknown;
  readonly columns?: number | undefined;
  readonly rows?: number | undefined;
}

const HIDE_CURSOR = '\u001b[?25l';
const SHOW_CURSOR = '\u001b[?25h';
const BEGIN = '\u001b[?2026h';
const END = '\u001b[?2026l';
const CLEAR_LINE = '\u001b[K';
const CLEAR_BELOW = '\u001b[J';
/** The first lines of a frame that is too high stay, because they identify the run. */
const HEAD = 4;

export class LiveRegion {
  private readonly stream: TerminalStream;
  private height = 0;
  private last = '';

  constructor(stream: TerminalStream) {
    this.stream = stream;
  }

  draw(lines: readonly string[]): void {
    const frame = this.fit(lines);
    const text = frame.join('\n');
    if (text === this.last) return;
    const up = this.height > 0 ? `\u001b[${this.height}A\r` : HIDE_CURSOR;
    this.stream.write(
      `${BEGIN}${up}${frame.map((line) => `${line}${CLEAR_LINE}\n`).join('')}${CLEAR_BELOW}${END}`,
    );
    this.height = frame.length;
    this.last = text;
  }

  /** Removes the drawing, so that something else can be written there. */
  clear(): void {
    if (this.height === 0) return;
    this.stream.write(`\u001b[${this.height}A\r${CLEAR_BELOW}${SHOW_CURSOR}`);
    this.forget();
  }

  /** Leaves the drawing in place for good. */
  done(): void {
    if (this.height === 0) return;
    this.stream.write(SHOW_CURSOR);
    this.forget();
  }

  private forget(): void {
    this.height = 0;
    this.last = '';
  }

  private fit(lines: readonly string[]): string[] {
    const columns = (this.stream.columns ?? 80) - 1;
    const rows = Math.max(HEAD + 3, (this.stream.rows ?? 24) - 1);
    const cut = lines.map((line) => truncate(line, columns));
    if (cut.length <= rows) return cut;
    const hidden = cut.length - rows + 1;
    return [...cut.slice(0, HEAD), `  … ${hidden} more lines`, ...cut.slice(HEAD + hidden)];
  }
}
