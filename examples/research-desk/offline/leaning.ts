/** Recognises a sentence that cannot be understood without the one before it. */
export const LEANING =
  /^(?:because of (?:that|this)|to (?:do|accomplish|achieve|avoid|fix) (?:this|that|so)|for this|after that|it|its|this|that|these|those|they|he|she|but|however|also|then|so|such|for example|e\.g\.|in this case|otherwise|additionally|furthermore|thus|therefore|and|as a result|in contrast|instead|note that this)\b/i;

/** The start of a paragraph that continues with the subject of the one before it. */
export const LEANS_BACK =
  /^(?:the|this) (?:method|option|function|command|argument|result|same|former|latter)\b/i;
