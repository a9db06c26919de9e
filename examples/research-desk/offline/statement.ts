/** What is read, and what is made of it: a passage as a search gives it, a statement that can stand alone. */
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
