/**
 * A receiver's own conversation, where control comes back to it: it goes on as it is, or, where it no longer fits, the
 * agent begins anew with the newest of it and a summary of the rest.
 */
import type { Message } from '../../contracts/handoff/messages.js';
import { countMessage, type Tokenizer } from '../../models/model/tokens.js';
import { chooseHistory, type Choice } from './history.js';
import { toUnits } from './quote.js';

export interface OwnConversation {
  readonly head: string;
  readonly messages: readonly Message[];
}

/** How it goes on. */
export type OwnChoice =
  | { readonly kind: 'none' }
  | { readonly kind: 'resumed'; readonly messages: number; readonly tokens: number }
  | ({ readonly kind: 'anew'; readonly head: string } & Omit<Extract<Choice, { kind: 'selected' }>, 'kind'>)
  | Extract<Choice, { kind: 'needs-summary' }>;

export interface OwnInput {
  readonly own: OwnConversation | undefined;
  readonly receiver: string;
  /** How many tokens of it go on as they are. */
  readonly limit: number;
  /** What the model's window leaves beside what is pinned; undefined where nothing bounds it. */
  readonly window: number | undefined;
  /** What the composed context may have beside what is pinned. */
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
    // What happened meanwhile has as much; the titles take a little more than those of a sender's.
    room: Math.min(limit, Math.floor(room / 2)) - 10,
    head,
    tokenizer,
    summaryOf: () => summaryOf(head),
  });
  return choice.kind === 'needs-summary' ? choice : { ...choice, kind: 'anew', head };
}
