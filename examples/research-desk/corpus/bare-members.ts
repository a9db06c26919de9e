/**
 * Options and exports that a declaration file lists without a comment. Their names and types are all there is, and
 * readers often look for them. Only members of interfaces and types that consist of options are used, and only
 * exports that a program can call; others would drown the comments.
 */
import { type Passage, passageOf } from './passage.js';

const MADE_OF_OPTIONS = /(?:Options?|Opts|Config|Configuration|Settings)$/;
const MAX_LINES = 14;
/** A file with more exports is generated. */
const MAX_EXPORTS = 300;
/** Without a comment, such a passage ranks below passages with one. */
const WEIGHT = 0.8;

/** Collects members line by line, and returns neighbours together as passages. */
export class BareMembers {
  private readonly lines: readonly string[];
  private readonly members = new Map<number, readonly string[]>();

  private readonly exports: { first: number; last: number; heading: readonly string[] }[] = [];

  constructor(lines: readonly string[]) {
    this.lines = lines;
  }

  /** @param heading the names that contain the member, outermost first. */
  add(line: number, heading: readonly string[]): void {
    const made = MADE_OF_OPTIONS.test(heading.at(-1) ?? '');
    // A member of several lines cannot be recognised by its first line.
    if (made && /[;,]\s*$/.test(this.lines[line] ?? '')) this.members.set(line, heading);
  }

  /** @param heading the names that contain the export, and its own. */
  addExport(first: number, last: number, heading: readonly string[]): void {
    if (this.exports.length < MAX_EXPORTS) this.exports.push({ first, last, heading });
  }

  /** The members and exports outside the given passages. */
  passagesBeside(documented: readonly Passage[]): Passage[] {
    const covered = new Set<number>();
    for (const { startLine, endLine } of documented)
      for (let line = startLine - 1; line < endLine; line++) covered.add(line);
    for (const line of covered) this.members.delete(line);
    return [...this.memberPassages(), ...this.exportPassages(covered)];
  }

  private exportPassages(covered: ReadonlySet<number>): Passage[] {
    return this.exports
      .filter(({ first }) => !covered.has(first))
      .map(({ first, last, heading }) => passageOf(this.lines, first, last, heading, WEIGHT));
  }

  private memberPassages(): Passage[] {
    const runs: { first: number; last: number; heading: readonly string[] }[] = [];
    for (const [line, heading] of this.members) {
      const run = runs.at(-1);
      const continues = run?.last === line - 1 && run.heading.join() === heading.join();
      if (run !== undefined && continues && line - run.first < MAX_LINES) run.last = line;
      else runs.push({ first: line, last: line, heading });
    }
    return runs.map(({ first, last, heading }) => passageOf(this.lines, first, last, heading, WEIGHT));
  }
}
