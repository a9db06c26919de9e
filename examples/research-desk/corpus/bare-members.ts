/**
 * Options that a declaration file names without a comment: their names and types are all there is, and often what a
 * reader looks for. Only those of interfaces and types that are made of options; the rest would drown the comments.
 */
import { type Passage, passageOf } from './passage.js';

const MADE_OF_OPTIONS = /(?:Options?|Opts|Config|Configuration|Settings)$/;
const MAX_LINES = 14;
/** Without words of its own, such a passage comes after those that have some. */
const WEIGHT = 0.8;

/** Collects members line by line, and gives neighbours together as passages. */
export class BareMembers {
  private readonly lines: readonly string[];
  private readonly members = new Map<number, readonly string[]>();

  constructor(lines: readonly string[]) {
    this.lines = lines;
  }

  /** @param heading the names that hold the member, outermost first. */
  add(line: number, heading: readonly string[]): void {
    const made = MADE_OF_OPTIONS.test(heading.at(-1) ?? '');
    // One that goes on over several lines cannot be told by its first.
    if (made && /[;,]\s*$/.test(this.lines[line] ?? '')) this.members.set(line, heading);
  }

  /** The members that stand in none of the passages given. */
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
