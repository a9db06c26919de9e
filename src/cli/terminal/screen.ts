/**
 * Where a command writes. Results go to stdout, progress and logs to stderr; with --json stdout carries exactly one
 * document, or with --watch one a line, and nothing else.
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
  /** Whether progress may be drawn in place. */
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

  /** Of lines of the result. */
  get style(): LineStyle {
    return { width: this.width, palette: this.palette };
  }

  /** Of tables, and of pages with them. */
  get tableStyle(): LineStyle {
    return { width: this.tableWidth, palette: this.palette };
  }

  /** Of lines of progress. */
  get noteStyle(): LineStyle {
    return { width: this.width, palette: this.notePalette };
  }

  /** A table that is piped somewhere keeps its cells whole. */
  get tableWidth(): number {
    return this.printsToTerminal ? (this.stdout.columns ?? WIDEST) : Number.POSITIVE_INFINITY;
  }

  /** A line that is piped somewhere is not cut either. */
  get lineWidth(): number {
    return this.printsToTerminal ? this.width : Number.POSITIVE_INFINITY;
  }

  get printsToTerminal(): boolean {
    return this.stdout.isTTY === true;
  }

  /** Prints lines of the result; nothing with --json. */
  print(...lines: readonly string[]): void {
    if (this.json) return;
    this.region?.clear();
    this.stdout.write(toOutput(lines));
  }

  /** Prints the one document of --json; nothing without. Its name is that of its published schema. */
  document<Name extends DocumentName>(_name: Name, value: DocumentOf<Name>): void {
    if (this.json) this.stdout.write(`${makeVisible(JSON.stringify(value, null, 2))}\n`);
  }

  /** Prints one of many documents of --json, each on a line of its own; nothing without. */
  documentLine<Name extends DocumentName>(_name: Name, value: DocumentOf<Name>): void {
    if (this.json) this.stdout.write(`${makeVisible(JSON.stringify(value))}\n`);
  }

  /** Writes lines of progress, above what is drawn live. */
  note(...lines: readonly string[]): void {
    const { frame } = this;
    this.region?.clear();
    this.stderr.write(toOutput(lines));
    if (this.region && frame.length > 0) this.region.draw(frame);
  }

  /** Draws the live part, in place of the last one. */
  draw(lines: readonly string[]): void {
    this.region ??= new LiveRegion(this.stderr);
    this.frame = lines.map(escapeLine);
    this.region.draw(this.frame);
  }

  /** Ends the live part; what it showed last stays, or goes. */
  settle(keep: 'keep' | 'remove'): void {
    if (keep === 'keep') this.region?.done();
    else this.region?.clear();
    this.frame = [];
  }
}
