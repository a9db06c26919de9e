/** Asking before deciding: the request stays open, who asks for a decision answers, and both stand in the request. */

/** One round of questions, and what came of it. */
export interface AskedBack {
  /** From 1. */
  readonly round: number;
  /** Who wants to know. */
  readonly by: string;
  readonly questions: readonly string[];
  /** UTC, ISO 8601. */
  readonly askedAt: string;
  /** In the order of the questions, null for what is not known; absent until there are some. */
  readonly answers?: readonly (string | null)[];
  readonly answeredBy?: string;
  readonly answeredAt?: string;
  /** Why there is no answer; the request stays open. */
  readonly problem?: string;
}

/** How often one request may be asked back. */
export const ASK_BACK_ROUNDS = 5;

/** What the questions of one round, and its answers, may each have: they stand in the history. In bytes. */
export const ASK_BACK_BYTES = 4_096;
