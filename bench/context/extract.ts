/**
 * The only summarizer of the bench. It copies sentences and records out of a conversation, word for word, and sorts
 * them. It sees only the messages, not the items and not the words that they are made of.
 *
 * A piece is worth more when it looks like one of these:
 * - a decision: somebody decides, agrees or chooses;
 * - an answer: it follows a question;
 * - a finding: a tool returned it, it is about the tool's question, and it is specific (numbers, names, codes).
 *
 * It is worth less when it is hedged, polite, or of the same shape as many others.
 */
import type { Message } from '../../src/contracts/handoff/messages.js';
import { computeOverlap } from '../../src/models/offline/index.js';
import { unitsOf, type Unit } from './units.js';

export type Sort = 'decision' | 'answer' | 'finding' | 'open' | 'other';

export interface Extract {
  readonly text: string;
  readonly sort: Sort;
  readonly worth: number;
  /** The question before an answer. */
  readonly question?: string;
  /** Its place in the conversation. */
  readonly order: number;
}

const DECIDES =
  /\b(?:decid(?:e|ed|ing)|settled? on|agreed?|(?:go|going|went) (?:with|for)|let's|we(?:'ll| will)|i(?:'ll| will)|opt(?:ed)? for|chose|chosen|choose|rather than|instead of|stick(?:ing)? (?:to|with)|it is clear that|from now on|in the end|will be)\b/i;
const ABOUT_TO_LOOK =
  /\b(?:let me|i(?:'ll| will| am going to)?) (?:now |next )?(?:look|check|see|read|ask|open|go(?:ing)? through|be (?:travelling|away|out))\b/i;
const HEDGED =
  /\b(?:could|might|may|maybe|perhaps|possibly|whether|wondered|suggested|some (?:day|point)|not clear|unclear|no conclusion|no answer|nobody (?:has|knew)|if you)\b/i;
const POLITE =
  /\b(?:hi|hello|thanks?|sorry|cheers|regards|have a good|hope you|weekend|let me know|good question|give me a moment|as said)\b/i;
const SPECIFIC = /\p{N}[\p{L}\p{N}.,:-]*|(?<=[\p{Ll},] )\p{Lu}[\p{L}&-]+/gu;

/** Pieces of one shape beyond this number are rows of a list or lines of a log. */
const RARE = 2;

/** The pieces of a conversation, the most worth first; those alike in worth in their order. */
export function extract(messages: readonly Message[]): Extract[] {
  const units = unitsOf(messages);
  const shapes = new Map<string, number>();
  for (const { text } of units) shapes.set(shapeOf(text), (shapes.get(shapeOf(text)) ?? 0) + 1);
  return units
    .map((unit) => judge(unit, (shapes.get(shapeOf(unit.text)) ?? 0) > RARE))
    .toSorted((a, b) => b.worth - a.worth || a.order - b.order);
}

function judge(unit: Unit, common: boolean): Extract {
  const { text, asked, question } = unit;
  const specific = Math.min(3, text.match(SPECIFIC)?.length ?? 0) / 3;
  const near = asked === undefined ? 0 : computeOverlap(asked, text);
  const sort = sortOf(unit, { specific, near, common });
  const base = { decision: 3, answer: 3, finding: 3, open: 0.5, other: 0 }[sort];
  const losses = (HEDGED.test(text) ? 1 : 0) + (POLITE.test(text) ? 1 : 0) + (common && near < 0.8 ? 1 : 0);
  const worth = base + specific + near - losses;
  return { text, sort, worth, order: unit.order, ...(question === undefined ? {} : { question }) };
}

function sortOf(
  unit: Unit,
  { specific, near, common }: { specific: number; near: number; common: boolean },
): Sort {
  const { text } = unit;
  if (text.endsWith('?')) return 'other';
  if (HEDGED.test(text)) return /\b(?:not clear|unclear|whether|no answer)\b/i.test(text) ? 'open' : 'other';
  if (POLITE.test(text) || ABOUT_TO_LOOK.test(text)) return 'other';
  if (unit.question !== undefined && specific > 0) return 'answer';
  if (DECIDES.test(text)) return 'decision';
  if (specific === 0) return 'other';
  // An earlier summary kept this text, so it counts as a finding.
  if (unit.from === 'summary') return 'finding';
  return unit.from === 'tool' && near >= (common ? 0.8 : 0.5) ? 'finding' : 'other';
}

/** Numbers and names masked: what is left when the same thing is said of something else. */
function shapeOf(text: string): string {
  return text
    .replace(/\S*\p{N}\S*/gu, '#')
    .replace(/\p{Lu}\p{L}+/gu, '@')
    .toLowerCase();
}
