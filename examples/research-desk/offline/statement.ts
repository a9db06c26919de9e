/** The input and output of reading: a passage from a search, and a statement that is complete alone. */
import type { SearchResult } from '../team.js';

export type Passage = SearchResult['passages'][number];

export interface Statement {
  readonly text: string;
  /** Lines of the file. */
  readonly startLine: number;
  readonly endLine: number;
  readonly code?: string;
  readonly language?: string;
}
