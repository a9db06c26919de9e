/**
 * A receiver's own conversation, when control returns to it. It resumes unchanged if it fits. Otherwise the agent restarts
 * with the newest messages and a summary of the rest.
 */
import type { Message } from '../../contracts/handoff/messages.js';
import { countMessage, type Tokenizer } from '../../models/model/tokens.js';
import { chooseHistory, type Choice } from './history.js';
import { toUnits } from './quote.js';

export interface OwnConversation {
  readonly head: string;
  readonly messages: readonly Message[];
}

/** How the conversation resumes. */
export type OwnChoice =
  | { readonly kind: 'none' }
  | { readonly kind: 'resumed'; readonly messages: number; readonly tokens: number }
  | ({ readonly kind: 'anew'; readonly head: string } & Omit<Extract<Choice, { kind: 'selected' }>, 'kind'>)
  | Extract<Choice, { kind: 'needs-summary' }>;

export interface OwnInput {
  readonly own: OwnConversation | undefined;
  readonly receiver: string;
  /** How many tokens of it resume unchanged. */
  readonly limit: number;
  /** The tokens that the model's window leaves after the pinned parts; undefined when there is no limit. */
  readonly window: number | undefined;
  /** The tokens that the composed context may have in addition to the pinned parts. */
  readonly room: number | undefined;
  readonly tokenizer: Tokenizer;
  readonly summaryOf: (head: string) => string | undefined;
}

export function chooseOwn(input: OwnInput): OwnChoice {
  const { own, receiver, limit, window = Infinity, room = Infinity, tokenizer, summaryOf } = input;
  if (own === undefined) return { kind: 'none' };
  const { head, messages } = own;
  const tokens = messages.reduce((sum, message) => sum + countMessage(message, tokenizer), 0);
  if (tokens <= Math.min(limit, window)) return { kind: 'resumed', messages: messages.length, tokens };
  const choice = chooseHistory({
    units: toUnits(messages, receiver),
    policy: { history: 'all', whenOver: 'summarize' },
    // The events meanwhile get the same room. Their titles are slightly longer than those of a sender's conversation.
    room: Math.min(limit, Math.floor(room / 2)) - 10,
    head,
    tokenizer,
    summaryOf: () => summaryOf(head),
  });
  return choice.kind === 'needs-summary' ? choice : { ...choice, kind: 'anew', head };
}
