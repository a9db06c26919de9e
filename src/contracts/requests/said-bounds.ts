/** How much of what is said to a run stands on a request: what is left out is told there. */
export const SAID_AT_MOST = 20;
export const SAID_CHARACTERS = 2_000;
