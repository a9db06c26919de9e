/**
 * Options that a declaration file lists without a comment. Their names and types are all there is, and
 * readers often look for them. Only members of interfaces and types that consist of options are used; others
 * would drown the comments.
 */
import { type Passage, passageOf } from './passage.js';

const MADE_OF_OPTIONS = /(?:Options?|Opts|Config|Configuration|Settings)$/;
const MAX_LINES = 14;
/** Without a comment, such a passage ranks below passages with one. */
const WEIGHT = 0.8;

/** Collects members line by line, and returns neighbours together as passages. */
export class BareMembers {
  private readonly lines: readonly string[];
  private readonly members = new Map<number, readonly string[]>();

  constructor(lines: readonly string[]) {
    this.lines = lines;
  }

  /** @param heading the names that contain the member, outermost first. */
  add(line: number, heading: readonly string[]): void {
    const made = MADE_OF_OPTIONS.test(heading.at(-1) ?? '');
    // A member of several lines cannot be recognised by its first line.
    if (made && /[;,]\s*$/.test(this.lines[line] ?? '')) this.members.set(line, heading);
  }

  /** The members outside the given passages. */
  passagesBeside(documented: readonly Passage[]): Passage[] {
    for (const { startLine, endLine } of documented)
      for (let line = startLine - 1; line < endLine; line++) this.members.delete(line);
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
