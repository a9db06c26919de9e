/** Two forms of one extract: a string, as frameworks pass it on, and the parts that Baton asks its senders for. */
import type { SenderSummary } from '../../src/contracts/handoff/envelope.js';
import type { Message } from '../../src/contracts/handoff/messages.js';
import { extract, type Extract } from './extract.js';
import type { CountTokens } from './tokens.js';

/** A sender does not list all that is open: what matters of it is in what comes next. */
const MOST_OPEN = 1;

/** How long the summaries are. */
export interface SummaryBounds {
  /** The one string, which tells of everything so far, in tokens. */
  readonly string: number;
  /** The part that a sender adds to the settled facts, in tokens. */
  readonly added: number;
}

/**
 * A string may have three tenths of the window, and 1,500 tokens at most. A hop may add a fifth of that, because
 * each addition stays.
 */
export function boundsFor(window: number, share = 1): SummaryBounds {
  const string = Math.min(1_500, Math.floor(window * 0.3));
  return { string: Math.floor(string * share), added: Math.floor(string / 5) };
}

/** The conversation as one string: the most worth that fits, in its order. */
export function summarizeAsString(messages: readonly Message[], most: number, count: CountTokens): string {
  return fitting(extract(messages), most, count)
    .toSorted((a, b) => a.order - b.order)
    .map(said)
    .join('\n');
}

/** The conversation in parts: only what is recognised as something, the most worth that fits. */
export function summarizeInParts(
  messages: readonly Message[],
  most: number,
  count: CountTokens,
): SenderSummary {
  const found = extract(messages);
  const open = found.filter(({ sort }) => sort === 'open').slice(0, MOST_OPEN);
  const settled = found.filter(({ sort }) => sort === 'decision' || sort === 'answer' || sort === 'finding');
  const chosen = fitting([...settled, ...open], most, count).toSorted((a, b) => a.order - b.order);
  const of = (sort: Extract['sort']): Extract[] => chosen.filter((each) => each.sort === sort);
  return {
    done: of('finding').map(({ text }) => text),
    decisions: of('decision').map(({ text }) => withReason(text)),
    answered: of('answer').map(({ text, question = '' }) => ({ question, answer: text })),
    open: of('open').map(({ text }) => text),
    needToKnow: [],
  };
}

function said({ text, question }: Extract): string {
  return question === undefined ? text : `${question} ${text}`;
}

function fitting(ranked: readonly Extract[], most: number, count: CountTokens): Extract[] {
  const seen = new Set<string>();
  let left = most;
  return ranked.filter((each) => {
    const tokens = count(said(each)) + 1;
    if (tokens > left || seen.has(each.text)) return false;
    seen.add(each.text);
    left -= tokens;
    return true;
  });
}

/** The reason is the text after a word such as “because”; the decision is the text before it. */
function withReason(text: string): SenderSummary['decisions'][number] {
  const [, decision = text, reason = 'not said'] =
    /^(.{10,}?)(?:,? (?:because|since)|, as|;) (.{8,}?)[.!]?$/i.exec(text) ?? [];
  return { decision, reason };
}
