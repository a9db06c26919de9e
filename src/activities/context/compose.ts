/**
 * Composes what a receiver gets when a task changes hands: its first messages within its token limit, and the manifest of
 * what was kept, summarized and dropped. Pinned parts are included completely, or the receiver is not asked.
 */
import { defined } from '../../contracts/data/defined.js';
import type { ContextManifest, ManifestPart } from '../../contracts/handoff/context-manifest.js';
import type { Envelope } from '../../contracts/handoff/envelope.js';
import { isJsonObject, type Json } from '../../contracts/data/json.js';
import type { Message, UserMessage } from '../../contracts/handoff/messages.js';
import { countMessage, type Tokenizer } from '../../models/model/tokens.js';
import { chooseHistory, HISTORY_TITLE, SUMMARY_TITLE, type Selection } from './history.js';
import { chooseOwn, type OwnChoice, type OwnConversation } from './own-conversation.js';
import { quote, toUnits, type Unit } from './quote.js';
import { buildTaskSections, type Section } from './task-sections.js';

export interface ComposeInput {
  readonly envelope: Envelope;
  /** The sender's conversation at the envelope's head; empty when the sender has no conversation. */
  readonly history: readonly Message[];
  /** How many tokens the context may have; undefined when there is no limit. */
  readonly budget: number | undefined;
  /** The tokens that the model's window alone would leave; undefined when the window size is unknown. */
  readonly window?: number | undefined;
  /** A description of what fills the model's window before anything is composed. */
  readonly explainWindow?: () => string;
  readonly tokenizer: Tokenizer;
  /** The receiver's own conversation, when control returns to it. */
  readonly own?: OwnConversation;
  /** The stored summaries, by the head of their conversation. */
  readonly summaryOf?: (head: string) => string | undefined;
}

export type Composed =
  | {
      readonly kind: 'composed';
      /** The quoted conversation first, the task last. */
      readonly messages: readonly UserMessage[];
      readonly manifest: ContextManifest;
      /** Whether the messages contain the receiver's own conversation because it could not resume unchanged. */
      readonly isAnew: boolean;
    }
  /** A conversation does not fit, and no summary of this size is stored yet. */
  | { readonly kind: 'needs-summary'; readonly of: string; readonly maxTokens: number }
  /** The pinned parts do not fit, so the receiver must not be asked. */
  | {
      readonly kind: 'does-not-fit';
      readonly tokens: number;
      readonly maxTokens: number;
      /** In words that a sender can use. */
      readonly problem: string;
    };

export function composeContext(input: ComposeInput): Composed {
  const { envelope, budget, window, tokenizer, summaryOf = () => undefined } = input;
  const sections = buildTaskSections(envelope);
  const task = buildTaskMessage(envelope);
  const pinned = countMessage(task, tokenizer);
  if (budget !== undefined && pinned > budget) return doesNotFit(input, sections, pinned, budget);
  const beside = (limit: number | undefined) => (limit === undefined ? undefined : limit - pinned);
  const own = chooseOwn({
    own: input.own,
    receiver: envelope.to,
    limit: envelope.context?.own ?? Infinity,
    window: beside(window),
    room: beside(budget),
    tokenizer,
    summaryOf,
  });
  if (own.kind === 'needs-summary') return own;
  const before = own.kind === 'anew' ? buildContextMessages(own, own.head, OWN_TITLES) : [];
  const used = sumMessages(before, tokenizer) + (own.kind === 'resumed' ? own.tokens : 0);
  // Only the window limits a resumed conversation. The contract limits what is composed.
  const most = own.kind === 'resumed' ? findLeast(add(budget, own.tokens), window) : budget;
  const head = envelope.context?.head ?? '';
  const choice = chooseHistory({
    units: toUnits(input.history, envelope.to),
    policy: envelope.context ?? {},
    room: beside(add(most, -used)),
    head,
    tokenizer,
    summaryOf: () => summaryOf(head),
  });
  if (choice.kind === 'needs-summary') return choice;
  const messages = [...before, ...buildContextMessages(choice, head, TITLES), task];
  const manifest: ContextManifest = {
    v: 1,
    id: envelope.id,
    ...defined({ maxTokens: most }),
    tokens: sumMessages(messages, tokenizer) + (own.kind === 'resumed' ? own.tokens : 0),
    countedBy: tokenizer.name,
    parts: [
      ...sections.map((section) => toPinnedPart(section, tokenizer)),
      ...listWithheldParts(envelope),
      ...listOwnParts(own, tokenizer),
      ...listHistoryParts(choice, tokenizer),
    ],
  };
  return { kind: 'composed', messages, manifest, isAnew: own.kind === 'anew' };
}

function add(limit: number | undefined, more: number): number | undefined {
  return limit === undefined ? undefined : limit + more;
}

function findLeast(...limits: readonly (number | undefined)[]): number | undefined {
  const known = limits.filter((limit) => limit !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
}

function sumMessages(messages: readonly Message[], tokenizer: Tokenizer): number {
  return messages.reduce((sum, message) => sum + countMessage(message, tokenizer), 0);
}

/** The message that gives an agent its task; `data` is the task as input for an algorithm. */
export function buildTaskMessage(envelope: Envelope): UserMessage {
  const content = buildTaskSections(envelope)
    .map(({ text }) => text)
    .join('\n\n');
  const { input: data, terms } = envelope;
  return { role: 'user', source: 'task', content, data, ...defined({ terms }) };
}

const TITLES = { summary: SUMMARY_TITLE, history: HISTORY_TITLE } as const;
const OWN_TITLES = {
  summary: 'A summary of your own conversation before',
  history: 'Your own conversation before',
} as const;

function buildContextMessages(
  { kept, summary }: Selection,
  head: string,
  titles: { readonly summary: string; readonly history: string },
): UserMessage[] {
  const message = (units: readonly Pick<Unit, 'text'>[], title: string): UserMessage => ({
    role: 'user',
    source: 'context',
    content: quote(units, { head, title }),
  });
  return [
    ...(summary === undefined ? [] : [message([{ text: summary }], titles.summary)]),
    ...(kept.length === 0 ? [] : [message(kept, titles.history)]),
  ];
}

function listOwnParts(own: OwnChoice, tokenizer: Tokenizer): ManifestPart[] {
  if (own.kind === 'resumed')
    return [{ part: renderHistoryPart([own], OWN_PART), fate: 'kept', tokens: own.tokens }];
  return own.kind === 'anew' ? listHistoryParts(own, tokenizer, OWN_PART) : [];
}

function listHistoryParts(
  { kept, summarized, summary = '', dropped: left, withheld }: Selection,
  tokenizer: Tokenizer,
  part = 'history',
): ManifestPart[] {
  const parts: ManifestPart[] = [];
  if (kept.length > 0)
    parts.push({ part: renderHistoryPart(kept, part), fate: 'kept', tokens: sumTokens(kept) });
  if (summarized.length > 0)
    parts.push({
      part: renderHistoryPart(summarized, part),
      fate: 'summarized',
      tokens: tokenizer.count(summary),
    });
  if (left.length > 0)
    parts.push({ part: renderHistoryPart(left, part), fate: 'dropped', tokens: sumTokens(left) });
  if (withheld.length > 0)
    parts.push({ part: renderHistoryPart(withheld, part), fate: 'withheld', tokens: sumTokens(withheld) });
  return parts;
}

/** The withheld part of the conversation. It never arrived here, so only its count is known. */
function listWithheldParts({ context }: Envelope): ManifestPart[] {
  const { withheld = 0 } = context ?? {};
  return withheld === 0 ? [] : [{ part: `settled earlier: ${withheld}`, fate: 'withheld', tokens: 0 }];
}

const OWN_PART = 'own conversation';

function renderHistoryPart(units: readonly Pick<Unit, 'messages'>[], part: string): string {
  const messages = units.reduce((sum, unit) => sum + unit.messages, 0);
  return `${part}: ${messages} ${messages === 1 ? 'message' : 'messages'}`;
}

function sumTokens(units: Selection['kept']): number {
  return units.reduce((sum, { tokens }) => sum + tokens, 0);
}

function toPinnedPart({ part, text, fate }: Section, { count }: Tokenizer): ManifestPart {
  return { part, fate: fate ?? 'kept', tokens: count(text), pinned: true };
}

/** Splits the input by its keys, if it has any, because one of them is usually the large part. */
function nameParts({ part, text }: Section, input: Json): Pick<Section, 'part' | 'text'>[] {
  if (part !== 'payload' || !isJsonObject(input)) return [{ part, text }];
  return Object.entries(input).map(([key, value]) => ({
    part: `payload.${key}`,
    text: JSON.stringify({ [key]: value }),
  }));
}

function doesNotFit(
  { envelope, tokenizer, window, explainWindow = () => '' }: ComposeInput,
  sections: readonly Section[],
  tokens: number,
  maxTokens: number,
): Composed {
  const largest = sections
    .flatMap((section) => nameParts(section, envelope.input))
    .map(({ part, text }) => ({ part, tokens: tokenizer.count(text) }))
    .toSorted((a, b) => b.tokens - a.tokens)
    .slice(0, 4)
    .map((part) => `${part.part} ${part.tokens}`);
  // A smaller limit comes from the contract.
  const why = window !== undefined && window <= maxTokens ? explainWindow() : '';
  const problem =
    `The required context of ${envelope.to} has ${tokens} tokens, and ${maxTokens} fit (${largest.join(', ')}). ` +
    why +
    'Nothing of it may be left out: shorten it, or pass what is large by reference.';
  return { kind: 'does-not-fit', tokens, maxTokens, problem };
}
