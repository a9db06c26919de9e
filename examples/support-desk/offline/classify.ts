/**
 * What a message is about and what it asks for, by words. It understands nothing: a message that says "I do not want
 * my money back" wants it back. A provider's model does better.
 */
import { type Classification, type Topic, TOPICS, type Wish } from '../shapes.js';

/** Trouble, not things: a router is also bought, paid and sent back. */
const WORDS: Readonly<Record<Topic, RegExp>> = {
  technical:
    /\b(?:broken|dead|defective|down|offline|slow|blinks?|blinking|flashes|flashing|lights?|no internet|no connection|connection|(?:stopped|not|n't) work(?:ing)?|wi-?fi)\b/gi,
  billing:
    /\b(?:refund|invoice|bill|booked|charged?|paid|pay|payment|money back|reimburse|twice|overcharged)\b/gi,
  account: /\b(?:subscription|subscribed|cancel|plan|plus|backup|password|address)\b/gi,
};

const WANTS: Readonly<Record<Exclude<Wish, 'end-subscription' | 'keep-subscription'>, RegExp>> = {
  repair: /\b(?:repair|fix|mend)\b/i,
  replacement: /\b(?:replace(?:ment)?|exchange|send me (?:a new|another))\b/i,
  refund: /\b(?:refund|reimburse|money back|pay (?:\w+ ){0,6}back)\b/i,
};

const SUBSCRIPTION = /\b(?:subscription|plan|plus|backup)\b/i;
const ENDS = /\b(?:cancel|end|terminate|stop)\b/i;
const KEEPS = /\b(?:keep|continue|leave)\b/i;
const DENIES = /\b(?:not|never|don't|do not)\b/i;
const URGENT = /\b(?:urgent|urgently|immediately|work from home|second time|third time|already written)\b/i;

/** What a message is about; undefined when no word of it tells. */
export function classify(message: string): Classification | undefined {
  const found = TOPICS.map((topic) => ({ topic, words: distinct(message.match(WORDS[topic]) ?? []) }))
    .filter(({ words }) => words.length > 0)
    // Of equals the first in the list: what does not work is looked at before money is paid.
    .toSorted((a, b) => b.words.length - a.words.length);
  const [first, ...others] = found;
  if (first === undefined) return undefined;
  const all = found.reduce((sum, { words }) => sum + words.length, 0);
  return {
    topic: first.topic,
    alsoAbout: others.map(({ topic }) => topic),
    wishes: wishesIn(message),
    urgency: URGENT.test(message) ? 'high' : 'normal',
    confidence: Math.round((first.words.length / all) * 100) / 100,
    why: first.words.map((word) => `"${word}"`).join(', '),
  };
}

function wishesIn(message: string): Wish[] {
  const wishes: Wish[] = [];
  if (WANTS.repair.test(message)) wishes.push('repair');
  if (WANTS.replacement.test(message)) wishes.push('replacement');
  if (WANTS.refund.test(message)) wishes.push('refund');
  const clause = message.split(/[.!?;]/).find((part) => SUBSCRIPTION.test(part));
  if (clause === undefined) return wishes;
  if (ENDS.test(clause)) wishes.push(DENIES.test(clause) ? 'keep-subscription' : 'end-subscription');
  else if (KEEPS.test(clause)) wishes.push('keep-subscription');
  return wishes;
}

function distinct(words: readonly string[]): string[] {
  return [...new Set(words.map((word) => word.toLowerCase()))];
}
