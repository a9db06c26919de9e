/** A passage: a range of whole lines of a document, with the titles above it. */

export interface Passage {
  /** From 1, both included. */
  readonly startLine: number;
  readonly endLine: number;
  /** The titles above the passage, outermost first. */
  readonly heading: readonly string[];
  readonly text: string;
  /** Below 1 for passages that only point elsewhere, such as tables of contents. */
  readonly weight: number;
}

/** Makes a passage from a range that counts from 0. */
export function passageOf(
  lines: readonly string[],
  first: number,
  last: number,
  heading: readonly string[],
  weight = 1,
): Passage {
  return {
    startLine: first + 1,
    endLine: last + 1,
    heading,
    text: lines.slice(first, last + 1).join('\n'),
    weight,
  };
}
