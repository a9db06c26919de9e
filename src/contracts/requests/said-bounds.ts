/** How many messages a request shows; it says how many it omits. The second limit is the length of each. */
export const SAID_AT_MOST = 20;
export const SAID_CHARACTERS = 2_000;
