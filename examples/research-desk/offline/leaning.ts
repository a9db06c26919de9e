/** How a sentence begins that cannot be read without the one before it. */
export const LEANING =
  /^(?:because of (?:that|this)|to (?:do|accomplish|achieve|avoid|fix) (?:this|that|so)|for this|after that|it|its|this|that|these|those|they|he|she|but|however|also|then|so|such|for example|e\.g\.|in this case|otherwise|additionally|furthermore|thus|therefore|and|as a result|in contrast|instead|note that this)\b/i;

/** How a paragraph begins that goes on about what the one before it named. */
export const LEANS_BACK =
  /^(?:the|this) (?:method|option|function|command|argument|result|same|former|latter)\b/i;
