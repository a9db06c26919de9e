/**
 * The output of a command. Results go to stdout, progress and logs to stderr. With --json, stdout carries
 * exactly one document, or one a line with --watch, and nothing else.
 */
import type { DocumentName, DocumentOf } from '../../schemas/catalog.js';
import { makeVisible } from '../../contracts/data/visible-text.js';
import { escapeLine } from './escape-text.js';
import { LiveRegion, type TerminalStream } from './live-region.js';
import { selectPalette, type LineStyle, type Palette } from './palette.js';

export interface OutputStream extends TerminalStream {
  readonly isTTY?: boolean;
}

const WIDEST = 120;

function toOutput(lines: readonly string[]): string {
  return lines.map((line) => `${escapeLine(line)}\n`).join('');
}

export class Screen {
  readonly json: boolean;
  /** For stdout. */
  readonly palette: Palette;
  /** For stderr. */
  readonly notePalette: Palette;
  /** Whether progress can be redrawn in place. */
  readonly isLive: boolean;
  private readonly stdout: OutputStream;
  private readonly stderr: OutputStream;
  private region: LiveRegion | undefined;
  private frame: readonly string[] = [];

  constructor(json: boolean, stdout: OutputStream = process.stdout, stderr: OutputStream = process.stderr) {
    this.json = json;
    this.stdout = stdout;
    this.stderr = stderr;
    this.palette = selectPalette(stdout);
    this.notePalette = selectPalette(stderr);
    this.isLive = stderr.isTTY === true && process.env['TERM'] !== 'dumb';
  }

  get width(): number {
    return Math.min(WIDEST, this.stdout.columns ?? this.stderr.columns ?? 100);
  }

  /** The style of result lines. */
  get style(): LineStyle {
    return { width: this.width, palette: this.palette };
  }

  /** The style of tables, and of pages that contain tables. */
  get tableStyle(): LineStyle {
    return { width: this.tableWidth, palette: this.palette };
  }

  /** The style of progress lines. */
  get noteStyle(): LineStyle {
    return { width: this.width, palette: this.notePalette };
  }

  /** A piped table keeps its cells whole. */
  get tableWidth(): number {
    return this.printsToTerminal ? (this.stdout.columns ?? WIDEST) : Number.POSITIVE_INFINITY;
  }

  /** A piped line is not cut either. */
  get lineWidth(): number {
    return this.printsToTerminal ? this.width : Number.POSITIVE_INFINITY;
  }

  get printsToTerminal(): boolean {
    return this.stdout.isTTY === true;
  }

  /** Prints result lines; does nothing with --json. */
  print(...lines: readonly string[]): void {
    if (this.json) return;
    this.region?.clear();
    this.stdout.write(toOutput(lines));
  }

  /** Prints the one document of --json; does nothing without --json. The name is that of its published schema. */
  document<Name extends DocumentName>(_name: Name, value: DocumentOf<Name>): void {
    if (this.json) this.stdout.write(`${makeVisible(JSON.stringify(value, null, 2))}\n`);
  }

  /** Prints one of several documents of --json, each on its own line; does nothing without --json. */
  documentLine<Name extends DocumentName>(_name: Name, value: DocumentOf<Name>): void {
    if (this.json) this.stdout.write(`${makeVisible(JSON.stringify(value))}\n`);
  }

  /** Prints progress lines, above the live drawing. */
  note(...lines: readonly string[]): void {
    const { frame } = this;
    this.region?.clear();
    this.stderr.write(toOutput(lines));
    if (this.region && frame.length > 0) this.region.draw(frame);
  }

  /** Draws the live part over the last one. */
  draw(lines: readonly string[]): void {
    this.region ??= new LiveRegion(this.stderr);
    this.frame = lines.map(escapeLine);
    this.region.draw(this.frame);
  }

  /** Ends the live part; its last frame stays or is removed. */
  settle(keep: 'keep' | 'remove'): void {
    if (keep === 'keep') this.region?.done();
    else this.region?.clear();
    this.frame = [];
  }
}
