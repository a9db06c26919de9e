/**
 * Classifies a message by words: its topic and its wishes. It understands nothing: "I do not want my money
 * back" counts as a wish for a refund. A provider's model does better.
 */
import { type Classification, type Topic, TOPICS, type Wish } from '../shapes.js';

/** Words about problems, not about things: a router is also bought, paid and returned. */
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

/** The topic of a message; undefined if no word indicates one. */
export function classify(message: string): Classification | undefined {
  const found = TOPICS.map((topic) => ({ topic, words: distinct(message.match(WORDS[topic]) ?? []) }))
    .filter(({ words }) => words.length > 0)
    // Of equal topics the first in the list: a defect is checked before money is paid.
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
