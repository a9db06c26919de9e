/** Asking before deciding: the request stays open, who asks for a decision answers, and both stand in the request. */

/** How often one request may be asked back. */
export const ASK_BACK_ROUNDS = 5;

/** What the questions of one round, and its answers, may each have: they stand in the history. In bytes. */
export const ASK_BACK_BYTES = 4_096;
