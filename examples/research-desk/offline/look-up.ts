/** A part of a question to look up, as the offline algorithms see it. */
import type { Assignment } from '../shapes.js';

export interface LookUp {
  /** The reader's question. */
  readonly question: string;
  readonly subtask: {
    readonly id: string;
    readonly question: string;
    readonly keywords: readonly string[];
  };
}

export function lookUpOf({ goal, subtask: { id, task, keywords = [] } }: Assignment): LookUp {
  return { question: goal, subtask: { id, question: task, keywords } };
}
