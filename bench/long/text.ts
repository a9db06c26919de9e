/** Two kilobytes of words, for answers and for results of tools. */
const WORDS = 'The order was sent on Monday, and the customer has had it since Wednesday. ';

export const TEXT = WORDS.repeat(Math.ceil(2_000 / WORDS.length)).slice(0, 2_000);
