/** Formats who said something and how that is known. Untrusted text can't imitate this: it stands in quotes. */
import { toJsonText } from '../data/untrusted-text.js';
import type { AnsweredQuestion } from './envelope.js';
import type { SaidBy } from './said-by.js';

const KNOWN = {
  signed: 'a person, proven by their signature',
  gateway: 'a person, signed in',
  claimed: 'a person, by their own word',
  agent: 'an agent',
  code: 'code',
} as const;

/** The speaker: `"grace" (a person, proven by their signature)`. */
export function formatSaidBy({ by, identity }: SaidBy): string {
  return `${toJsonText(by)} (${KNOWN[identity]})`;
}

/** A question with its answer, in one line. Without a name it is the sender's account of someone's answer. */
export function formatAnswer({ question, answer, saidBy }: AnsweredQuestion): string {
  const who = saidBy === undefined ? 'as the sender tells' : `answered by ${formatSaidBy(saidBy)}`;
  return `${toJsonText(question)}: ${toJsonText(answer)}, ${who}`;
}
